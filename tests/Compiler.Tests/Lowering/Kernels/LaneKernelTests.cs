using System;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;
using Xunit;

namespace AdapterCompiler.Tests.Lowering.Kernels;

/// <summary>The lane kernels against their definitions, on random shapes; the copied text, compiled <c>checked</c>.</summary>
public sealed class LaneKernelTests
{
    private const int Shapes = 60;

    private static readonly KernelClass Kernels = KernelClass.Checked();

    /// <summary>Lanes and axis of every format.</summary>
    public static TheoryData<int, LaneAxis> Formats
    {
        get
        {
            var data = new TheoryData<int, LaneAxis>();
            foreach (LaneFormat format in LaneFormat.All)
                data.Add(format.Lanes, format.Axis);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Packed_codes_lie_where_the_definition_says_and_unpack_to_themselves(int lanes, LaneAxis axis)
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            PackedShape shape = PackedShape.Random(new LaneFormat(lanes, axis), seed);
            byte[] codes = shape.Codes();
            long[] packed = shape.Arena(), expected = [.. packed];
            foreach ((int channel, int line, int place) in shape.Places())
                expected[shape.At(line, place) + channel] = Enumerable.Range(0, lanes).Sum(lane => (long)codes[shape.CodeOf(channel, line, place, lane)] << (lane * shape.Format.Bits));
            Kernels.Run("Pack", codes, shape.From, shape.Channels, packed, shape.Start, shape.Stride, shape.Step, shape.Lines, shape.Along, shape.LineStep, shape.PlaceStep, lanes, shape.Format.Bits);
            Assert.Equal(expected, packed);

            byte[] back = Enumerable.Repeat((byte)0xA5, codes.Length).ToArray(), image = [.. back];
            Array.Copy(codes, shape.From, image, shape.From, shape.CodeCount);
            Kernels.Run("Unpack", packed, shape.Start, shape.Stride, shape.Step, shape.Channels, back, shape.From, shape.Lines, shape.Along, shape.LineStep, shape.PlaceStep, lanes, shape.Format.Bits);
            Assert.Equal(image, back);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Clear_touches_the_channels_of_every_place_and_nothing_else(int lanes, LaneAxis axis)
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            PackedShape shape = PackedShape.Random(new LaneFormat(lanes, axis), seed);
            long[] packed = shape.Arena(), expected = [.. packed];
            foreach ((int channel, int line, int place) in shape.Places())
                expected[shape.At(line, place) + channel] = 0;
            Kernels.Run("Clear", packed, shape.Start, shape.Stride, shape.Step, shape.Channels, shape.Lines, shape.Along);
            Assert.Equal(expected, packed);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Halo_is_the_first_place_one_lane_down(int lanes, LaneAxis axis)
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            PackedShape shape = PackedShape.Random(new LaneFormat(lanes, axis), seed);
            LaneFormat format = shape.Format;
            var random = new Random(seed);
            long[] packed = shape.Arena();
            var expected = (long[])packed.Clone();
            foreach ((int channel, int line, _) in shape.Places().Where(each => each.Place == 0))
            {
                long[] strips = [.. Enumerable.Range(0, lanes).Select(_ => Extreme(random, format))];
                packed[shape.At(line, 0) + channel] = expected[shape.At(line, 0) + channel] = Packed(strips, format);
                expected[shape.At(line, shape.Along) + channel] = Packed([.. strips.Skip(1)], format);
            }

            Kernels.Run("Halo", packed, shape.Start, shape.Stride, shape.Step, shape.Channels, shape.Lines, shape.Along, format.Bits);
            Assert.Equal(expected, packed);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Pooled_lanes_are_their_maximum_shifted_and_clamped(int lanes, LaneAxis axis)
    {
        var format = new LaneFormat(lanes, axis);
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            int channels = random.Next(1, 9), start = random.Next(4), to = random.Next(4), shift = random.Next(4), max = random.Next(2) == 0 ? 127 : random.Next(256);
            long[][] values = [.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, lanes).Select(_ => Extreme(random, format)).ToArray())];
            byte[] shifts = [.. Enumerable.Range(0, shift + channels).Select(_ => (byte)random.Next(random.Next(2) == 0 ? format.Bits - 7 : 32))];
            long[] packed = [.. Enumerable.Repeat(-1L, start), .. values.Select(each => Packed(each, format)), -1];
            byte[] codes = [.. Enumerable.Repeat((byte)0xA5, to + channels + 1)];
            byte[] expected = [.. codes];
            for (int channel = 0; channel < channels; channel++)
                expected[to + channel] = (byte)Math.Min(max, values[channel].Max() >> shifts[shift + channel]);
            Kernels.Run("PoolLanes", packed, start, channels, codes, to, shifts, shift, max, lanes, format.Bits);
            Assert.Equal(expected, codes);
        }
    }

    // 0, the greatest that a lane holds, or anything between.
    private static long Extreme(Random random, LaneFormat format) => random.Next(4) switch
    {
        0 => 0,
        1 => format.GuardValue - 1,
        2 => random.Next(256),
        _ => random.NextInt64(format.GuardValue),
    };

    private static long Packed(long[] strips, LaneFormat format) => strips.Select((value, lane) => value << (lane * format.Bits)).Sum();
}
