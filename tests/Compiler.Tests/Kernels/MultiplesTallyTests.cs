using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Multiples;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing.Counting;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>The kernels of multiples on random rows: results against plain sums, and how often each block runs against counted runs.</summary>
public sealed class MultiplesTallyTests
{
    private const int Shapes = 60, Gap = 3;

    private readonly CountedAssembly counter = new([KernelClass.File]);

    [Fact]
    public void Fully_connected_layers_give_plain_sums_and_every_block_runs_as_often_as_predicted()
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            LayerKernel kernel = Kernel(2 + (seed % 3));
            int shared = seed % 7 == 0 ? 200 : random.Next(1, 12), own = random.Next(4), outputs = random.Next(1, 5);
            Channel[] channels = [.. Enumerable.Range(0, outputs).Select(o => new Channel(o + 1, random.Next(-500, 500), random.Next(6), Weights(random, kernel, shared + own)))];
            byte[] codes = [.. Enumerable.Range(0, shared + Gap + own + outputs).Select(_ => (byte)random.Next(256))], before = [.. codes];
            int[] multiples = Multiples(kernel, codes, shared, own);
            short[] terms = Terms(kernel, channels.Select(channel => channel.Weights));
            int next = shared + Gap + own;
            IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(
                "ConnectMultiples", multiples, terms, 0, channels.Select(channel => (int)channel.Bias).ToArray(), channels.Select(channel => (byte)channel.Shift).ToArray(), 0, outputs, 127, codes, next));
            int[][] inputs = [.. before.Take(shared).Concat(before.Skip(shared + Gap).Take(own)).Select(code => new[] { (int)code })];
            Assert.Equal(
                channels.Select(channel => (byte)Math.Min(127, Math.Max(0, LayerOperators.Dense.Accumulate(new ImageShape(1, 1), channel.Bias, channel.Weights, inputs)[0]) >> channel.Shift)), codes.Skip(next));
            // Which of the sums are above 0 is data; the rows are not.
            var block = new Block(shared, own, kernel.Width, 127, outputs, channels.ToValueArray());
            Assert.Equal([.. counted.Where(each => each.Method == "ConnectMultiples").Select(each => each.Hits)], MultiplesTally.FullyConnected(block).Of("ConnectMultiples"));
        }
    }

    [Fact]
    public void Heads_give_plain_sums_and_every_block_runs_as_often_as_predicted()
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            var random = new Random(seed);
            LayerKernel kernel = Kernel(2 + (seed % 3));
            int shared = random.Next(1, 40), own = random.Next(4), classes = random.Next(2, 6), first = random.Next(2), taken = random.Next(1, classes - first + 1);
            HeadClass[] outputs = [.. Enumerable.Range(0, classes).Select(_ => new HeadClass(random.Next(-500, 500), Weights(random, kernel, shared + own)))];
            byte[] codes = [.. Enumerable.Range(0, shared + Gap + own).Select(_ => (byte)random.Next(256))];
            int[] logits = [.. Enumerable.Repeat(int.MinValue, classes)], expected = [.. logits];
            for (int o = first; o < first + taken; o++)
                expected[o] = (int)outputs[o].Bias + outputs[o].Weights.Select((weight, w) => weight * codes[w < shared ? w : w + Gap]).Sum();

            // Classes from the first on, as where a head is cut between two assemblies.
            HeadClass[] ownClasses = [.. outputs.Skip(first).Take(taken)];
            int[] multiples = Multiples(kernel, codes, shared, own);
            short[] terms = Terms(kernel, ownClasses.Select(output => output.Weights));
            IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(
                "ClassifyMultiples", multiples, terms, 0, ownClasses.Select(output => (int)output.Bias).ToArray(), 0, taken, logits, first));
            Assert.Equal(expected, logits);
            var task = new NetworkTask("task", ValueArray<string>.Empty, null, shared, own, "1", outputs.ToValueArray());
            AssertSame(MultiplesTally.Head(new HeadStep(0, first, taken), task), counted, "ClassifyMultiples");
        }
    }

    /// <summary>A width holds weights to its largest on either side, and none beyond.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 7)]
    public void Rows_hold_weights_of_their_width(int width, int largest)
    {
        LayerKernel kernel = Kernel(width);
        Assert.Equal(FormattableString.Invariant($"multiples of {largest}"), kernel.ToText(isDense: true));
        Assert.True(MultiplesRow.Holds(kernel, [ValueArray.Of((sbyte)largest, (sbyte)-largest, (sbyte)0)]));
        Assert.False(MultiplesRow.Holds(kernel, [ValueArray.Of((sbyte)(largest + 1))]));
        Assert.False(MultiplesRow.Holds(kernel, [ValueArray.Of((sbyte)0), ValueArray.Of((sbyte)(-largest - 1))]));
    }

    // As the layer's code calls it: shared inputs, then own ones behind them. Every place but the first is written, by nobody else.
    private int[] Multiples(LayerKernel kernel, byte[] codes, int shared, int own)
    {
        int largest = MultiplesRow.Largest(kernel);
        int[] multiples = new int[MultiplesRow.Length(kernel, shared + own)];
        foreach ((int from, int inputs, int before) in new[] { (0, shared, 0), (shared + Gap, own, shared) })
        {
            IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run("Multiply", codes, from, inputs, multiples, MultiplesRow.Start(kernel, before), largest));
            AssertSame(MultiplesTally.Multiply(inputs, largest), counted, "Multiply");
        }

        int[] read = [.. codes.Take(shared).Concat(codes.Skip(shared + Gap).Take(own)).Select(code => (int)code)];
        Assert.Equal([0, .. read.SelectMany(code => Enumerable.Range(1, largest).SelectMany(m => new[] { m * code, -m * code }))], multiples);
        return multiples;
    }

    private static LayerKernel Kernel(int width) => LayerKernels.Forms[FormattableString.Invariant($"multiples of {(1 << (width - 1)) - 1}")](1);

    private static short[] Terms(LayerKernel kernel, IEnumerable<ValueArray<sbyte>> rows) =>
        [.. rows.SelectMany(row => new TableRow("", 1, 0, null, MultiplesRow.Of(kernel, row), IsWide: true).Terms).Select(term => checked((short)term))];

    private static void AssertSame(KernelTally predicted, IReadOnlyList<CountedBlock> counted, string method)
    {
        Assert.Equal([.. counted.Where(block => block.Method == method).Select(block => block.Hits)], predicted.Of(method));
        Assert.Equal(counted.Sum(block => block.Hits * block.Cost), predicted.Cost);
        Assert.Equal(counted.Sum(block => block.Hits * block.Instructions), predicted.Instructions);
    }

    private static ValueArray<sbyte> Weights(Random random, LayerKernel kernel, int count)
    {
        int zeros = random.Next(5), largest = MultiplesRow.Largest(kernel);
        return Enumerable.Range(0, count).Select(_ => random.Next(5) < zeros ? (sbyte)0 : (sbyte)random.Next(-largest, largest + 1)).ToValueArray();
    }
}
