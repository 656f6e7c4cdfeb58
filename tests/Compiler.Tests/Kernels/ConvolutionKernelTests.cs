using System;
using System.Linq;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>The convolution loop against the definition of a convolution, on random shapes and at the bounds of its lanes; the copied text, compiled <c>checked</c>.</summary>
public sealed class ConvolutionKernelTests
{
    private const int Channel = 1, Weight = 2, Shared = 3, Own = 1, Output = 2, Start = 4;

    private static readonly KernelClass Kernels = KernelClass.Checked();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Codes_are_those_of_the_definition(int group)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            bool isGlobal = seed % 3 == 0;
            int summed = isGlobal ? random.Next(1, 9) : 2 * random.Next(1, 6), columns = isGlobal ? random.Next(1, 9) : 2 * random.Next(1, 6);
            int poolRows = isGlobal ? summed : 2, poolColumns = isGlobal ? columns : 2, tile = isGlobal ? random.Next(1, summed + 1) : Math.Min(summed, 2 * random.Next(1, 4));
            // Without padding in time a row may be left over.
            int margin = seed % 2, rows = summed + (2 * margin) + (isGlobal ? 0 : margin * random.Next(2));
            int shared = random.Next(1, 4), own = random.Next(3), channels = random.Next(1, 10), inputs = shared + own, max = random.Next(2) == 0 ? 127 : 255;
            // As the proof has it: 15 bits and a sign with four channels, 20 with three.
            long half = group == 2 ? int.MaxValue : 1L << ((64 / group) - 1);
            int most = (int)Math.Min(127, (half - 400) / (inputs * 9L * max));
            byte[] sharedCodes = Codes(random, Shared + (shared * rows * columns), max), ownCodes = Codes(random, Own + (own * rows * columns), max);
            sbyte[] weights = [.. Enumerable.Range(0, Weight + (channels * inputs * 9)).Select(_ => (sbyte)(random.Next(4) == 0 ? most * random.Next(-1, 2) : random.Next(-most, most + 1)))];
            int[] biases = [.. Enumerable.Range(0, Channel + channels).Select(_ => random.Next(-300, 300))];
            byte[] shifts = [.. Enumerable.Range(0, Channel + channels).Select(_ => (byte)random.Next(12))];
            int pools = summed * columns / (poolRows * poolColumns);
            byte[] found = [.. Enumerable.Repeat((byte)0xA5, Output + (channels * pools) + 1)], expected = [.. found];
            for (int o = 0; o < channels; o++)
            {
                for (int pool = 0; pool < pools; pool++)
                {
                    int top = margin + (pool / (columns / poolColumns) * poolRows), left = pool % (columns / poolColumns) * poolColumns;
                    int best = (from y in Enumerable.Range(top, poolRows) from x in Enumerable.Range(left, poolColumns) select Sum(o, y, x)).Max();
                    expected[Output + (o * pools) + pool] = (byte)Math.Min(max, Math.Max(0, best) >> shifts[Channel + o]);
                }
            }

            long[] lanes = [.. Enumerable.Range(0, Start + 10 + (tile * (columns + 1)) + 1).Select(_ => random.NextInt64())];
            (long before, long after) = (lanes[Start - 1], lanes[^1]);
            Kernels.Run(
                "Convolve", sharedCodes, Shared, shared, ownCodes, Own, own, rows, margin, margin + summed, columns, poolRows, poolColumns, weights, Weight, biases, shifts, Channel, channels, max,
                found, Output, lanes, Start, tile, group);
            Assert.Equal(expected, found);
            Assert.Equal((before, after), (lanes[Start - 1], lanes[^1]));

            int Sum(int o, int y, int x)
            {
                int sum = biases[Channel + o];
                for (int input = 0; input < inputs; input++)
                {
                    for (int tap = 0; tap < 9; tap++)
                    {
                        int row = y + (tap / 3) - 1, column = x + (tap % 3) - 1;
                        if (row < 0 || row >= rows || column < 0 || column >= columns)
                            continue;
                        int code = input < shared
                            ? sharedCodes[Shared + (((input * rows) + row) * columns) + column]
                            : ownCodes[Own + ((((input - shared) * rows) + row) * columns) + column];
                        sum += code * weights[Weight + (((o * inputs) + input) * 9) + tap];
                    }
                }

                return sum;
            }
        }
    }

    // One position: the sum is the bias. Every lane at either end of what the proof allows, neighbours at the other end.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Lanes_hold_the_least_and_the_greatest_sum(int group)
    {
        long half = 1L << ((64 / group) - 1);
        for (int pattern = 0; pattern < 1 << group; pattern++)
        {
            // The top lane one short of its least: together with a borrow from below it would be less than a long can be.
            int[] biases = [.. Enumerable.Range(0, group).Select(lane => (int)((pattern >> lane & 1) != 0 ? half - 1 : lane == group - 1 ? 1 - half : -half))];
            byte[] codes = new byte[group], shifts = [.. Enumerable.Repeat((byte)((64 / group) - 8), group)];
            Kernels.Run(
                "Convolve", new byte[1], 0, 1, Array.Empty<byte>(), 0, 0, 1, 0, 1, 1, 1, 1, new sbyte[9 * group], 0, biases, shifts, 0, group, 255, codes, 0, new long[12], 0, 1, group);
            Assert.Equal(biases.Select(bias => (byte)(bias > 0 ? 127 : 0)), codes);
        }
    }

    private static byte[] Codes(Random random, int count, int max) =>
        [.. Enumerable.Range(0, count).Select(_ => (byte)(random.Next(3) switch { 0 => 0, 1 => max, _ => random.Next(max + 1) }))];
}
