using System;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Loops;

/// <summary>How often each block of the loops runs.</summary>
internal static class LoopTally
{
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
    public static KernelTally FullyConnected(Block block)
    {
        var tally = new KernelTally();
        Dense(tally, "Connect", block.Channels.Count, block.SharedInputs, block.OwnInputs);
        Requantise(tally, block.Channels.Count);
        return tally;
    }

    /// <summary>One call of Classify.</summary>
    public static KernelTally Classify(HeadStep head, NetworkTask task)
    {
        var tally = new KernelTally();
        Dense(tally, "Classify", head.Classes, task.SharedInputs, task.OwnInputs);
        return tally;
    }

    private static void Dense(KernelTally tally, string kernel, long outputs, long shared, long own)
    {
        tally.Add(kernel, 1, outputs, outputs + 1, 1);
        tally.Add("Product", 2 * outputs, outputs * (shared + own), (outputs * (shared + own)) + (2 * outputs), 2 * outputs);
    }

    /// <summary>Calls of Requantise.</summary>
    public static void Requantise(KernelTally tally, long calls)
    {
        long positive = calls - (calls / 2);
        tally.Add("Requantise", calls, calls - positive, positive, positive, 0);
    }
}
