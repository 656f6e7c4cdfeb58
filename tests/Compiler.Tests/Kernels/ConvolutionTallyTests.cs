using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Loops;
using AdapterCompiler.Testing.Counting;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>The tally of the convolution loop against counted runs, and that no layer is worse off than with loops written by hand.</summary>
public sealed class ConvolutionTallyTests(ITestOutputHelper output)
{
    /// <summary>Weighted instructions a multiply-accumulate of benchmarks/Baselines/Loops/FlatInt8.cs on the paper's encoder (docs/results/kernels.md).</summary>
    private const int ByHand = 721;

    private readonly CountedAssembly counter = new([KernelClass.File]);

    [Fact]
    public void Every_block_runs_as_often_as_predicted()
    {
        for (int seed = 0; seed < 90; seed++)
        {
            var random = new Random(seed);
            bool isGlobal = seed % 3 == 0;
            int rows = isGlobal ? random.Next(1, 9) : 2 * random.Next(1, 6), columns = isGlobal ? random.Next(1, 6) : 2 * random.Next(1, 4);
            AssertSame(new ConvolutionShape(
                rows, columns, isGlobal ? rows : 2, isGlobal ? columns : 2, random.Next(1, 4), random.Next(3), random.Next(1, 10),
                isGlobal ? random.Next(1, rows + 1) : Math.Min(rows, 2 * random.Next(1, 4)), random.Next(2, 5)));
        }
    }

    // Two output channels at a time are always possible; one alone is the worst that an adapter may have.
    [Theory]
    [InlineData("layer 1", 96, 64, 1, 6)]
    [InlineData("layer 2", 48, 32, 6, 12)]
    [InlineData("layer 3", 24, 16, 12, 24)]
    [InlineData("layer 4", 12, 8, 24, 48)]
    [InlineData("layer 5", 6, 4, 48, 96)]
    [InlineData("adapter, layer 2", 48, 32, 7, 2)]
    [InlineData("adapter of one channel, layer 3", 24, 16, 13, 1)]
    [InlineData("adapter of one channel, layer 5", 6, 4, 57, 1)]
    public void Every_layer_of_the_paper_costs_less_than_by_hand(string layer, int rows, int columns, int inputs, int channels)
    {
        bool isGlobal = rows == 6;
        long macs = (long)rows * columns * inputs * channels * 9;
        foreach (int group in new[] { 2, 3, 4 })
        {
            int tile = Math.Min(rows, isGlobal ? rows : 256 / (columns + 1) / 2 * 2);
            var shape = new ConvolutionShape(rows, columns, isGlobal ? rows : 2, isGlobal ? columns : 2, inputs, 0, channels, tile, group);
            double each = (double)(CopiedSections.Section("Convolve").CallCost + LoopTally.Convolve(shape).Cost) / macs;
            output.WriteLine(FormattableString.Invariant($"{layer}, {group} at a time: {each:0}"));
            Assert.InRange(each, 0, ByHand);
        }
    }

    private void AssertSame(ConvolutionShape shape)
    {
        int margin = shape.Channels % 2, rows = shape.Rows + (2 * margin), plane = rows * shape.Columns, pools = shape.Rows * shape.Columns / (shape.PoolRows * shape.PoolColumns), taps = (shape.Shared + shape.Own) * 9;
        IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(
            "Convolve", new byte[shape.Shared * plane], 0, shape.Shared, new byte[shape.Own * plane], 0, shape.Own, rows, margin, margin + shape.Rows, shape.Columns, shape.PoolRows, shape.PoolColumns,
            new sbyte[shape.Channels * taps], 0, new int[shape.Channels], new byte[shape.Channels], 0, shape.Channels, 127,
            new byte[shape.Channels * pools], 0, new long[10 + (shape.TileRows * (shape.Columns + 1))], 0, shape.TileRows, shape.Group));
        KernelTally predicted = LoopTally.Convolve(shape);
        foreach (string method in new[] { "Convolve", "AddInput", "PoolGroup" })
            Assert.Equal([.. counted.Where(block => block.Method == method).Select(block => block.Hits)], predicted.Of(method));
        Assert.Equal(counted.Sum(block => block.Hits * block.Cost), predicted.Cost);
        Assert.Equal(counted.Sum(block => block.Hits * block.Instructions), predicted.Instructions);
    }
}
