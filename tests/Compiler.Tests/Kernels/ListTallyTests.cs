using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Lists;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing.Counting;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>The list kernels on random rows: results against plain sums, at values that fill a lane, and how often each block runs against counted runs.</summary>
public sealed class ListTallyTests
{
    private const int Shapes = 60;

    private readonly CountedAssembly counter = new([KernelClass.File]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Convolutions_give_plain_sums_and_every_block_runs_as_often_as_predicted(bool isGlobal)
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            int count = random.Next(2, 5), lines = isGlobal ? random.Next(1, 4) : 2 * random.Next(1, 3), places = isGlobal ? random.Next(1, 4) : 2 * random.Next(1, 3);
            int shared = random.Next(1, 5), own = random.Next(3), outputs = random.Next(1, 4), columns = count * places;
            var format = new LaneFormat(count, LaneAxis.Frequency);
            Channel[] channels = [.. Enumerable.Range(0, outputs).Select(o => new Channel(o + 1, random.Next(-9, 10), isGlobal ? 0 : random.Next(3), Weights(random, (shared + own) * 9)))];
            // As large as the greatest sum lets them be: that of a lane's half.
            int most = (int)Math.Min(127, (format.GuardValue - 10) / channels.Max(channel => Math.Max(1, Math.Max(channel.Weights.Sum(w => Math.Max(0, (int)w)), channel.Weights.Sum(w => Math.Max(0, -w))))));
            int[][] image = [.. Enumerable.Range(0, shared + own).Select(_ => Enumerable.Range(0, (lines + 2) * columns).Select(_ => random.Next(2) == 0 ? most : random.Next(most + 1)).ToArray())];
            Compare(format, channels, image, shared, lines, places, isGlobal);
        }
    }

    private void Compare(LaneFormat format, Channel[] channels, int[][] image, int shared, int lines, int places, bool isGlobal)
    {
        int inputs = image.Length, gap = 2, step = inputs + gap, stride = (places + 1) * step, columns = format.Lanes * places, max = isGlobal ? (int)(format.GuardValue - 1) : 127;
        int output = (lines + 2) * stride, pools = isGlobal ? 1 : lines / 2 * (places / 2), sums = output + (pools * channels.Length);
        long[] lanes = new long[sums + (lines * places)];
        for (int line = 0; line < lines + 2; line++)
        {
            for (int column = 0; column < columns; column++)
            {
                // Own inputs lie behind a gap, as those of another encoder's do.
                for (int input = 0; input < inputs; input++)
                    lanes[(line * stride) + (column % places * step) + (input < shared ? input : input + gap)] += (long)image[input][(line * columns) + column] << (column / places * format.Bits);
            }
        }

        sbyte[] weights = [.. channels.SelectMany(channel => ListRow.Convolution(channel, shared))];
        int[] biases = [.. channels.Select(channel => (int)channel.Bias)];
        byte[] shifts = [.. channels.Select(channel => (byte)channel.Shift)];
        int lists = inputs > shared ? 2 : 1;
        object[] begin = [lanes, 0, stride, step, lines, places, lists, shared + gap, weights, 0, biases, shifts, 0, channels.Length, max, output];
        object[] strides = isGlobal ? [] : [places / 2 * channels.Length, channels.Length];
        string name = isGlobal ? "ListOne" : "ListFour";
        IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(name, [.. begin, .. strides, sums, format.Lanes, format.Bits]));

        LayerOperator plain = LayerOperators.Of(isGlobal ? LayerKind.ValidGlobalConvolution : LayerKind.ValidConvolution);
        for (int o = 0; o < channels.Length; o++)
        {
            int[] expected = plain.Accumulate(new ImageShape(lines + 2, columns), channels[o].Bias, channels[o].Weights, image);
            IEnumerable<int> found = isGlobal ? [Enumerable.Range(0, format.Lanes).Max(lane => Lane(output + o, lane))]
                : Enumerable.Range(0, expected.Length).Select(i => Lane(output + (((i / (columns / 2) * (places / 2)) + (i % (columns / 2) % (places / 2))) * channels.Length) + o, i % (columns / 2) / (places / 2)));
            Assert.Equal(expected.Select(sum => isGlobal ? Math.Max(0, sum) : Math.Min(max, Math.Max(0, sum) >> channels[o].Shift)), found);
        }

        var shape = new ListShape(format.Lanes, lines, places, lists, channels.Length, ListRow.Entries(channels));
        AssertSame(isGlobal ? ListTally.One(shape) : ListTally.Four(shape), counted, name, "PoolSums");

        int Lane(int at, int lane) => (int)((lanes[at] >> (lane * format.Bits)) & ((format.GuardValue * 2) - 1));
    }

    [Fact]
    public void Fully_connected_layers_give_plain_sums_and_every_block_runs_as_often_as_predicted()
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            int shared = seed % 7 == 0 ? ListRow.MostInputs : random.Next(1, 12), own = random.Next(4), outputs = random.Next(1, 5), gap = 3;
            Channel[] channels = [.. Enumerable.Range(0, outputs).Select(o => new Channel(o + 1, random.Next(-500, 500), random.Next(6), Weights(random, shared + own)))];
            byte[] codes = [.. Enumerable.Range(0, shared + gap + own + outputs).Select(_ => (byte)random.Next(256))], before = [.. codes];
            sbyte[] weights = [.. channels.SelectMany(channel => ListRow.FullyConnected(channel.Weights, shared))];
            int next = shared + gap + own;
            IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(
                "ConnectLists", codes, 0, shared + gap, weights, 0, channels.Select(channel => (int)channel.Bias).ToArray(), channels.Select(channel => (byte)channel.Shift).ToArray(), 0, outputs, 127, next));
            int[][] inputs = [.. before.Take(shared).Concat(before.Skip(shared + gap).Take(own)).Select(code => new[] { (int)code })];
            Assert.Equal(
                channels.Select(channel => (byte)Math.Min(127, Math.Max(0, LayerOperators.Dense.Accumulate(new ImageShape(1, 1), channel.Bias, channel.Weights, inputs)[0]) >> channel.Shift)), codes.Skip(next));
            // Which of the sums are above 0 is data; the lists are not.
            var block = new Block(shared, own, 8, 127, outputs, channels.ToValueArray());
            Assert.Equal([.. counted.Where(each => each.Method == "ConnectLists").Select(each => each.Hits)], ListTally.FullyConnected(block).Of("ConnectLists"));
        }
    }

    [Fact]
    public void Heads_give_plain_sums_and_every_block_runs_as_often_as_predicted()
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            int shared = seed % 7 == 0 ? ListRow.MostInputs : random.Next(1, 12), own = random.Next(4), classes = random.Next(2, 6), gap = 3, first = random.Next(2), taken = random.Next(1, classes - first + 1);
            HeadClass[] outputs = [.. Enumerable.Range(0, classes).Select(_ => new HeadClass(random.Next(-500, 500), Weights(random, shared + own)))];
            byte[] codes = [.. Enumerable.Range(0, shared + gap + own).Select(_ => (byte)random.Next(256))];
            int[] logits = [.. Enumerable.Repeat(int.MinValue, classes)], expected = [.. logits];
            for (int o = first; o < first + taken; o++)
                expected[o] = (int)outputs[o].Bias + outputs[o].Weights.Select((weight, w) => weight * codes[w < shared ? w : w + gap]).Sum();

            // Classes from the first on, as where a head is cut between two assemblies.
            HeadClass[] ownClasses = [.. outputs.Skip(first).Take(taken)];
            sbyte[] weights = [.. ownClasses.SelectMany(output => ListRow.FullyConnected(output.Weights, shared))];
            IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(
                "ClassifyLists", codes, 0, shared + gap, weights, 0, ownClasses.Select(output => (int)output.Bias).ToArray(), 0, taken, logits, first));
            Assert.Equal(expected, logits);
            var task = new NetworkTask("task", ValueArray<string>.Empty, null, shared, own, "1", outputs.ToValueArray());
            AssertSame(ListTally.Head(new HeadStep(0, first, taken), task), counted, "ClassifyLists");
        }
    }

    private static void AssertSame(KernelTally predicted, IReadOnlyList<CountedBlock> counted, params string[] methods)
    {
        foreach (string method in methods)
            Assert.Equal([.. counted.Where(block => block.Method == method).Select(block => block.Hits)], predicted.Of(method));
        Assert.Equal(counted.Sum(block => block.Hits * block.Cost), predicted.Cost);
        Assert.Equal(counted.Sum(block => block.Hits * block.Instructions), predicted.Instructions);
    }

    // Some of them 0, some rows all of one sign, so that what moves down a lane is at either end of its half.
    private static ValueArray<sbyte> Weights(Random random, int count)
    {
        int sign = random.Next(3) - 1, zeros = random.Next(5);
        return Enumerable.Range(0, count).Select(_ => random.Next(5) < zeros ? (sbyte)0 : (sbyte)(sign == 0 ? random.Next(-128, 128) : sign * random.Next(128))).ToValueArray();
    }
}
