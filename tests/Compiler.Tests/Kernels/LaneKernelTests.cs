using System;
using System.Linq;
using AdapterCompiler.Programs;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

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
            object[] last = lanes == 6 ? [] : [lanes, shape.Format.Bits];
            Kernels.Run(lanes == 6 ? "PackSix" : "Pack", [codes, shape.From, shape.Channels, packed, shape.Start, shape.Stride, shape.Step, shape.Lines, shape.Along, shape.LineStep, shape.PlaceStep, .. last]);
            Assert.Equal(expected, packed);

            byte[] back = Enumerable.Repeat((byte)0xA5, codes.Length).ToArray(), image = [.. back];
            Array.Copy(codes, shape.From, image, shape.From, shape.CodeCount);
            Kernels.Run(lanes == 6 ? "UnpackSix" : "Unpack", [packed, shape.Start, shape.Stride, shape.Step, shape.Channels, back, shape.From, shape.Lines, shape.Along, shape.LineStep, shape.PlaceStep, .. last]);
            Assert.Equal(image, back);
        }
    }

    [Fact]
    public void Packing_by_fours_is_packing()
    {
        var format = new LaneFormat(4, LaneAxis.Frequency);
        for (int seed = 0; seed < Shapes; seed++)
        {
            PackedShape shape = PackedShape.Random(format, seed, places: 4 * (1 + (seed % 5)));
            byte[] codes = shape.Codes();
            long[] expected = shape.Arena(), packed = [.. expected];
            Kernels.Run("Pack", codes, shape.From, shape.Channels, expected, shape.Start, shape.Stride, shape.Step, shape.Lines, shape.Along, shape.LineStep, shape.PlaceStep, 4, format.Bits);
            Kernels.Run("PackFour", codes, shape.From, shape.Channels, packed, shape.Start, shape.Stride, shape.Step, shape.Lines, shape.Along);
            Assert.Equal(expected, packed);
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

    [Theory]
    [MemberData(nameof(Formats))]
    public void Pooled_sums_are_their_maximum_above_0_shifted_and_clamped(int lanes, LaneAxis axis)
    {
        var format = new LaneFormat(lanes, axis);
        // Where the top lane's guard is the sign bit wrapping is meant.
        KernelClass kernels = lanes == 3 ? Kernels : KernelClass.Wrapping();
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            int poolLines = random.Next(1, 4), poolPlaces = random.Next(1, 3), lines = random.Next(1, 7), places = poolPlaces * random.Next(1, 4), spacing = random.Next(1, 5);
            int max = (1 << random.Next(1, 9)) - 1, shift = random.Next(40), space = (lines + 1) * spacing, output = (places * space) + 1, bands = (lines + poolLines - 1) / poolLines;
            // Where a sum may pass max, the proof has it that max + 1 shifted is no more than the guard.
            long least = -format.GuardValue, most = format.GuardValue - 1;
            long[][] sums = [.. Enumerable.Range(0, lines * places).Select(_ => Enumerable.Range(0, lanes).Select(_ => random.Next(5) switch
            {
                0 => least,
                1 => most,
                2 => random.Next(-2, 3),
                3 => Math.Clamp((((long)max + 1) << shift) + random.Next(-2, 3), least, most),
                _ => random.NextInt64(least, most + 1),
            }).ToArray())];
            long[] arena = [.. Enumerable.Repeat(-1L, output), .. Enumerable.Repeat(0L, bands * (places / poolPlaces)), -1];
            for (int place = 0; place < places; place++)
            {
                for (int line = 0; line < lines; line++)
                    arena[(place * space) + (line * spacing)] = Wrapped([.. sums[(place * lines) + line].Select(sum => sum + format.GuardValue)], format);
            }

            var expected = (long[])arena.Clone();
            for (int band = 0; band < bands; band++)
            {
                for (int pool = 0; pool < places / poolPlaces; pool++)
                {
                    expected[output + (band * (places / poolPlaces)) + pool] = Wrapped(
                        [.. Enumerable.Range(0, lanes).Select(lane => Math.Min(max, Pool(band, pool).Select(sum => sum[lane]).Append(0).Max() >> shift))], format);
                }
            }

            kernels.Run("PoolSums", arena, 0, spacing, lines, space, places, poolLines, poolPlaces, output, places / poolPlaces, 1, shift, max, format.Repeat(1), format.Bits);
            Assert.Equal(expected, arena);

            long[][] Pool(int band, int pool) =>
                [.. from place in Enumerable.Range(pool * poolPlaces, poolPlaces)
                    from line in Enumerable.Range(band * poolLines, Math.Min(poolLines, lines - (band * poolLines)))
                    select sums[(place * lines) + line]];
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

    private static long Wrapped(long[] strips, LaneFormat format) => strips.Select((value, lane) => unchecked(value << (lane * format.Bits))).Aggregate(0L, (sum, value) => unchecked(sum + value));

    private static long Packed(long[] strips, LaneFormat format) => strips.Select((value, lane) => value << (lane * format.Bits)).Sum();
}
