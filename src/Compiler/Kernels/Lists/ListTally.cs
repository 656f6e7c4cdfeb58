using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Kernels.Loops;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lists;

/// <summary>How often each block of the list kernels runs.</summary>
internal static class ListTally
{
    /// <summary>One call of ListFour, or of a global convolution ListOne.</summary>
    /// <param name="lanes">The layer.</param>
    /// <param name="block">The channels.</param>
    public static KernelTally Convolve(LaneLayer lanes, Block block)
    {
        var shape = new ListShape(lanes.Format.Lanes, lanes.SummedLines, lanes.Input.Places, ListRow.Lists(block), block.Channels.Count, ListRow.Entries(block.Channels));
        return lanes.IsGlobal ? One(shape) : Four(shape);
    }

    /// <summary>One call of ListFour.</summary>
    public static KernelTally Four(ListShape shape)
    {
        var tally = new KernelTally();
        // Pairs of lines, and of places in them, of every channel; columns of taps, taps, and lists of each.
        long channels = shape.Channels, bands = channels * (shape.Lines / 2), cells = bands * (shape.Places / 2), columns = 3 * cells, taps = 9 * cells, lists = taps * shape.Lists;
        long entries = shape.Entries * (shape.Lines / 2) * (shape.Places / 2);
        tally.Add(
            "ListFour",
            [
                .. Head(shape), channels, bands, cells, columns, bands, columns, bands, columns, taps, lists, entries, entries + lists, lists, lists + taps, taps, taps + columns,
                columns, bands, columns, bands, columns, columns + cells, cells, cells + bands, bands, bands + channels, channels, channels + 1, 1,
            ]);
        LaneLoopTally.PoolSums(tally, bands, 2, shape.Places, 2, 2);
        return tally;
    }

    /// <summary>One call of ListOne.</summary>
    public static KernelTally One(ListShape shape)
    {
        var tally = new KernelTally();
        long channels = shape.Channels, rows = channels * shape.Lines, places = channels * shape.Places, positions = rows * shape.Places, columns = 3 * positions, taps = 9 * positions, lists = taps * shape.Lists;
        long entries = shape.Entries * shape.Lines * shape.Places;
        tally.Add(
            "ListOne",
            [
                .. Head(shape), channels, places, positions, columns, rows, columns, rows, columns, taps, lists, entries, entries + lists, lists, lists + taps, taps, taps + columns,
                columns, rows, columns, rows, columns, columns + positions, positions, positions + places, places, places + channels, channels, channels + 1, 1,
            ]);
        LaneLoopTally.PoolSums(tally, channels, shape.Lines, shape.Places, shape.Lines, shape.Places);
        return tally;
    }

    /// <summary>One call of ConnectLists.</summary>
    public static KernelTally FullyConnected(Block block)
    {
        KernelTally tally = Outputs(ListLayerCode.Connect, block.Channels.Count, block.Channels.Sum(channel => ListRow.Pairs(channel.Weights, block.SharedInputs)));
        LoopTally.Requantise(tally, block.Channels.Count);
        return tally;
    }

    /// <summary>One call of ClassifyLists.</summary>
    public static KernelTally Head(HeadStep head, NetworkTask task) =>
        Outputs(ListLayerCode.Classify, head.Classes, task.Classes.Skip(head.FirstClass).Take(head.Classes).Sum(output => ListRow.Pairs(output.Weights, task.SharedInputs)));

    private static KernelTally Outputs(string section, long outputs, long pairs)
    {
        long lists = 2 * outputs;
        return KernelTally.One(section, 1, outputs, lists, pairs, pairs + lists, lists, lists + outputs, outputs, outputs + 1, 1);
    }

    // Constants of the format.
    private static long[] Head(ListShape shape) => [1, shape.Lanes - 1, shape.Lanes, 1];
}

/// <summary>What the list kernels of convolutions are called with, as far as it decides how often something runs.</summary>
/// <param name="Lanes">Lanes of a long.</param>
/// <param name="Lines">Lines whose sums are taken.</param>
/// <param name="Places">Places of a line.</param>
/// <param name="Lists">Of a tap.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="Entries">Of all their lists.</param>
internal sealed record ListShape(int Lanes, int Lines, int Places, int Lists, int Channels, long Entries);
