using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Costs;

/// <summary>
/// How often each basic block of the copied kernels runs in one step, in closed form. Trip counts follow from shapes, borders included.
/// Branches depend on the data in fully connected loops alone, and there it is assumed that half of all accumulators are above 0 and none of those is
/// clamped: a small part of a step, as tests show that compare with counted runs.
/// </summary>
internal sealed class KernelTally
{
    private readonly Dictionary<string, long[]> counts = new(StringComparer.Ordinal);

    private KernelTally()
    {
    }

    /// <summary>Kernels that run.</summary>
    public IEnumerable<string> Kernels => counts.Keys;

    /// <summary>Weighted instructions of all blocks.</summary>
    public long Cost => counts.Sum(pair => pair.Value.Select((count, block) => count * KernelIl.Costs(pair.Key)[block]).Sum());

    /// <summary>IL instructions of all blocks.</summary>
    public long Instructions => counts.Sum(pair => pair.Value.Select((count, block) => count * KernelIl.Lengths(pair.Key)[block]).Sum());

    /// <summary>Runs of each block of a kernel.</summary>
    public IReadOnlyList<long> Of(string kernel) => counts[kernel];

    /// <summary>One call of Convolve.</summary>
    public static KernelTally Convolve(ConvolutionShape shape)
    {
        var tally = new KernelTally();
        long channels = shape.Channels, rows = shape.Rows, columns = shape.Columns, inputs = shape.Shared + shape.Own;
        // Passes over groups of channels, over tiles, over inputs; rows and positions of a pass over the image.
        long groups = shape.Groups, tiles = shape.Tiles.Count(), cuts = groups * tiles, whole = groups * (rows / shape.TileRows), passes = cuts * inputs, taps = passes * 9;
        long packed = taps / Math.Max(1, groups) * channels, lines = groups * rows, positions = lines * columns, sums = lines * (columns + 1);
        tally.Add(
            "Convolve",
            1, groups, channels % shape.Group == 0 ? 0 : 1, groups, cuts, whole, cuts - whole, cuts, channels * tiles, (channels * tiles) + cuts, cuts, sums, sums + cuts, cuts,
            passes, taps, packed, packed + taps, taps, taps + passes, passes, cuts * shape.Shared, cuts * shape.Own, passes, passes + cuts,
            cuts, cuts + groups, groups, groups + 1, 1);
        tally.Add("AddInput", passes, lines * inputs, positions * inputs, (positions + lines) * inputs, lines * inputs, (lines * inputs) + passes, passes);
        long along = columns / shape.PoolColumns, bands = shape.Tiles.Sum(tile => (tile + shape.PoolRows - 1) / shape.PoolRows), pools = groups * bands * along;
        long single = shape.IsOnePool ? pools : 0, cut = groups * along * shape.Tiles.Count(tile => tile % shape.PoolRows != 0), codes = channels * bands * along;
        lines *= along;
        tally.Add(
            "PoolGroup",
            cuts, channels * tiles, (channels * tiles) + cuts, cuts, groups * bands, pools, pools - single, single, pools, lines, positions, positions + lines, lines, lines + pools, lines + cut,
            pools, codes, codes + pools, pools, pools + (groups * bands), groups * bands, (groups * bands) + cuts, cuts);
        return tally;
    }

    /// <summary>One call of Connect.</summary>
    public static KernelTally Connect(Block block)
    {
        var tally = new KernelTally();
        tally.Dense("Connect", block.Channels.Count, block.SharedInputs, block.OwnInputs);
        tally.Requantise(block.Channels.Count);
        return tally;
    }

    /// <summary>One call of Classify.</summary>
    public static KernelTally Classify(HeadStep head, NetworkTask task)
    {
        var tally = new KernelTally();
        tally.Dense("Classify", head.Classes, task.SharedInputs, task.OwnInputs);
        return tally;
    }

    /// <summary>One call of Pack.</summary>
    public static KernelTally Pack(int lines, int places, int channels, int laneCount)
    {
        long rows = (long)channels * lines, all = rows * places;
        long four = laneCount == 4 ? all : 0, three = laneCount == 3 ? all : 0;
        return One("Pack", 1, channels, rows, all, four, all - four, three, all - four - three, all, all + rows, rows, rows + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of Unpack.</summary>
    public static KernelTally Unpack(int lines, int places, int channels, int laneCount)
    {
        long rows = (long)channels * lines, all = rows * places;
        long third = laneCount > 2 ? all : 0, fourth = laneCount > 3 ? all : 0;
        return One("Unpack", 1, channels, rows, all, third, all, fourth, all, all + rows, rows, rows + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of Clear.</summary>
    public static KernelTally Clear(int lines, int places, int channels)
    {
        long all = (long)lines * places, longs = all * channels;
        return One("Clear", 1, lines, all, longs, longs + all, all, all + lines, lines, lines + 1, 1);
    }

    /// <summary>One call of Halo.</summary>
    public static KernelTally Halo(int lines, int channels)
    {
        long longs = (long)lines * channels;
        return One("Halo", 1, lines, longs, longs + lines, lines, lines + 1, 1);
    }

    /// <summary>One call of Pair.</summary>
    public static KernelTally Pair(int lines, int places, int channels)
    {
        long rows = lines, spots = rows * places, pairs = spots * (channels / 2);
        return One("Pair", 1, rows, spots, pairs, pairs + spots, spots, spots + rows, rows, rows + 1, 1);
    }

    /// <summary>One call of PoolLanes.</summary>
    public static KernelTally PoolLanes(int channels, int laneCount)
    {
        long compared = (long)channels * (laneCount - 1);
        return One("PoolLanes", 1, channels, compared, compared + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of ConvolveFour or ConvolveOne.</summary>
    /// <param name="shape">Image, block and pools.</param>
    /// <param name="group">Output channels at a time.</param>
    public static KernelTally ConvolveLanes(LaneLoopShape shape, int group)
    {
        var tally = new KernelTally();
        long[] tiles = [.. shape.Tiles];
        long three = shape.Lanes == 3 ? 1 : 0, single = shape.Places == 1 ? 1 : 0;
        long inputs = shape.Shared + shape.Own, firsts = (inputs + 1) / 2, seconds = inputs / 2;
        // Passes over groups of channels, over tiles, over pairs of inputs, over places, over pairs of lines.
        long groups = shape.Channels / group, cuts = groups * tiles.Length, passes = cuts * firsts, columns = passes * shape.Places;
        long pairs = tiles.Sum(lines => (lines + 1) / 2), starts = 2 * groups * shape.Places * pairs, steps = groups * firsts * shape.Places * pairs;
        long whole = groups * tiles.Count(lines => lines == shape.TileLines), bottoms = groups * firsts * shape.Places;
        long odd = shape.Lines % 2 == 1 ? bottoms : 0;
        IEnumerable<long> pools = group == 1 ? [cuts] : [cuts, cuts * group, cuts * (group + 1), cuts];
        tally.Add(
            NarrowWeights.Kernel(group == 1 ? "ConvolveOne" : "ConvolveFour", shape.Width),
            [
                1, shape.Lanes - 1, shape.Lanes, 1, 1 - three, three, 1, 1 - single, single, 1, 1 - single, single, 1,
                groups, cuts, whole, cuts - whole, cuts, starts, starts + cuts, cuts,
                passes, cuts * (firsts - ((shape.Shared + 1) / 2)), cuts * ((shape.Shared + 1) / 2), passes, cuts * (firsts - seconds),
                cuts * seconds, cuts * (seconds - (shape.Shared / 2)), cuts * (shape.Shared / 2), cuts * seconds, passes,
                columns, columns - bottoms, bottoms, columns, steps, odd, steps, bottoms, steps, steps + columns,
                columns, columns + passes, passes, passes + cuts, .. pools, cuts + groups, groups, groups + 1, 1,
            ]);
        foreach (long lines in tiles)
            tally.PoolSums(shape.Channels, lines, shape.Places, shape.PoolLines, shape.PoolPlaces);
        return tally;
    }

    private static KernelTally One(string kernel, params long[] runs)
    {
        var tally = new KernelTally();
        tally.Add(kernel, runs);
        return tally;
    }

    private void Dense(string kernel, long outputs, long shared, long own)
    {
        Add(kernel, 1, outputs, outputs + 1, 1);
        Add("Product", 2 * outputs, outputs * (shared + own), (outputs * (shared + own)) + (2 * outputs), 2 * outputs);
    }

    private void Requantise(long calls)
    {
        long positive = calls - (calls / 2);
        Add("Requantise", calls, calls - positive, positive, positive, 0);
    }

    private void PoolSums(long calls, long lines, long places, long poolLines, long poolPlaces)
    {
        long bands = calls * ((lines + poolLines - 1) / poolLines), pools = bands * (places / poolPlaces), columns = bands * places, sums = calls * lines * places;
        long cut = lines % poolLines == 0 ? 0 : calls * places;
        Add("PoolSums", calls, bands, pools, columns, sums, sums + columns, sums + cut, columns, columns + pools, pools, pools + bands, bands, bands + calls, calls);
    }

    private void Add(string kernel, params long[] runs)
    {
        counts[kernel] = counts.TryGetValue(kernel, out long[] before) ? [.. before.Zip(runs, (a, b) => a + b)] : runs;
    }
}

/// <summary>What the lane loops are called with, as far as it decides how often something runs.</summary>
/// <param name="Lanes">Lanes of a long.</param>
/// <param name="Lines">Lines of the image.</param>
/// <param name="Places">Places of a line.</param>
/// <param name="Shared">Input channels of the shared encoder.</param>
/// <param name="Own">Input channels of the adapter itself.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="TileLines">Lines of a tile.</param>
/// <param name="PoolLines">Lines of a pool.</param>
/// <param name="PoolPlaces">Places of a pool.</param>
/// <param name="Width">Bits of a weight in the table; 0 for a byte.</param>
internal sealed record LaneLoopShape(int Lanes, int Lines, int Places, int Shared, int Own, int Channels, int TileLines, int PoolLines, int PoolPlaces, int Width = 0)
{
    /// <summary>Lines of each tile.</summary>
    public IEnumerable<long> Tiles => Enumerable.Range(0, (Lines + TileLines - 1) / TileLines).Select(tile => (long)Math.Min(TileLines, Lines - (tile * TileLines)));
}
