using System;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>Which bound of a channel an image attains.</summary>
public enum Bound
{
    /// <summary>The greatest sum.</summary>
    High,

    /// <summary>The least.</summary>
    Low,

    /// <summary>The greatest in the first three lines and the least behind them: the greatest difference that a global maximum meets.</summary>
    Both,

    /// <summary>None in particular.</summary>
    Noise,
}

/// <summary>
/// Input images of a lane layer, made for one output channel: a code is its maximum where the weight that meets it is positive, else 0,
/// or the other way round. Taps repeat every three places, so every third position of every third row attains the bound exactly.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="maxima">Largest code of each channel of its input image.</param>
/// <param name="random">Fills channels that the output channel does not read, and chooses the phase.</param>
internal sealed class BoundImages(LaneLayer layer, int[] maxima, Random random)
{
    /// <summary>Lines that an image needs for <see cref="Bound.Both"/>.</summary>
    public const int BothLines = 6;

    private readonly int rows = layer.Layer.InputRows;
    private readonly int columns = layer.Layer.InputColumns;

    private bool IsByRow => layer.Format.Axis == LaneAxis.Frequency;

    /// <summary>Channels of the input image that a block reads, in the order of its weights.</summary>
    public static int[] Read(LaneBlock block) => [.. Enumerable.Range(0, block.Block.SharedInputs), .. Enumerable.Range(block.OwnInput, block.Block.OwnInputs)];

    /// <summary>All channels of the input image.</summary>
    public int[][] Create(LaneBlock block, Channel channel, Bound bound)
    {
        int[][] image = [.. maxima.Select(max => Enumerable.Range(0, rows * columns).Select(_ => random.Next(max + 1)).ToArray())];
        if (bound == Bound.Noise)
            return image;
        int down = Phase(rows, bound == Bound.Both && IsByRow), right = Phase(columns, bound == Bound.Both && !IsByRow);
        int[] read = Read(block);
        for (int input = 0; input < read.Length; input++)
        {
            for (int position = 0; position < rows * columns; position++)
            {
                int row = position / columns, column = position % columns;
                int weight = channel.Weights[(input * 9) + ((row + 3 - down) % 3 * 3) + ((column + 3 - right) % 3)];
                image[read[input]][position] = weight > 0 == IsHigh(bound, row, column) ? maxima[read[input]] : 0;
            }
        }

        return image;
    }

    private bool IsHigh(Bound bound, int row, int column) => bound switch
    {
        Bound.Both => (IsByRow ? row : column) < BothLines / 2,
        _ => bound == Bound.High,
    };

    // The first position that attains the bound is one further.
    private int Phase(int side, bool isFirst) => isFirst ? 0 : random.Next(Math.Min(3, side - 2));
}
