using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Model;

/// <summary>
/// Which codes every channel can have, from the actual weights, biases, shifts and the ranges below, through padding, pooling and clamp. A
/// bound holds for every input; it is attained where a channel's inputs can be at their bounds together.
/// </summary>
internal static class CodeRanges
{
    /// <summary>Rows and columns that a convolution writes: two at each border and two of the middle, so that pooling leaves one of each.</summary>
    private const int Grid = 6;

    /// <summary>Ranges of every layer: the shared block's channels, then each adapter's.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="grid">Most rows and columns of an image that are followed, an even number; only a test asks for more than are needed.</param>
    public static RangeImage[][][] Of(Network network, int grid = Grid)
    {
        RangeImage[] shared = [new RangeImage(1, 1, [new CodeRange(0, (1 << network.Input.Bits) - 1)])];
        RangeImage[][] adapters = [.. network.Tasks.Select(_ => Array.Empty<RangeImage>())];
        var layers = new List<RangeImage[][]>();
        foreach (Layer layer in network.Layers)
        {
            adapters = [.. adapters.Select((own, k) => Run(layer, layer.Adapters[k], [.. shared, .. own], grid))];
            shared = Run(layer, layer.Shared, shared, grid);
            layers.Add([shared, .. adapters]);
        }

        return [.. layers];
    }

    private static RangeImage[] Run(Layer layer, Block block, RangeImage[] inputs, int grid)
    {
        if (block.Channels.Count == 0)
            return [];
        bool isDense = layer.Kind == LayerKind.Dense;
        int rows = isDense ? 1 : Math.Min(grid, layer.InputRows), columns = isDense ? 1 : Math.Min(grid, layer.InputColumns);
        (int Weight, CodeRange Range)[][] patches = isDense
            ? [[.. inputs.Select((input, i) => (i, input.Cells[0]))]]
            : [.. Enumerable.Range(0, rows * columns).Select(position => Patch(inputs, position / columns, position % columns, rows, columns).ToArray())];
        (int height, int width) = layer.Kind == LayerKind.Convolution ? (2, 2) : (rows, columns);
        return [.. block.Channels.Select(channel => new RangeImage(
            rows / height, columns / width,
            [.. Pool([.. patches.Select(patch => Sum(channel, patch))], rows, columns, height, width).Select(best => Requantise(best, channel, block))]))];
    }

    // Weight's index and range of every tap inside the image; outside is code 0.
    private static IEnumerable<(int Weight, CodeRange Range)> Patch(RangeImage[] inputs, int row, int column, int rows, int columns)
    {
        for (int tap = 0; tap < 9; tap++)
        {
            int y = row + (tap / 3) - 1, x = column + (tap % 3) - 1;
            if (y < 0 || y >= rows || x < 0 || x >= columns)
                continue;
            for (int input = 0; input < inputs.Length; input++)
                yield return ((input * 9) + tap, inputs[input].At(y, x, rows, columns));
        }
    }

    private static IEnumerable<AccumulatorRange> Pool(AccumulatorRange[] sums, int rows, int columns, int height, int width)
    {
        for (int row = 0; row < rows; row += height)
        {
            for (int column = 0; column < columns; column += width)
            {
                AccumulatorRange[] pooled = [.. Enumerable.Range(0, height * width).Select(place => sums[((row + (place / width)) * columns) + column + (place % width)])];
                yield return new AccumulatorRange(pooled.Max(sum => sum.Low), pooled.Max(sum => sum.High));
            }
        }
    }

    private static AccumulatorRange Sum(Channel channel, (int Weight, CodeRange Range)[] terms)
    {
        sbyte[] weights = channel.Weights.ToArray();
        long low = channel.Bias, high = channel.Bias;
        foreach ((int index, CodeRange range) in terms)
        {
            int weight = weights[index];
            low += weight * (weight < 0 ? range.Most : range.Least);
            high += weight * (weight < 0 ? range.Least : range.Most);
        }

        return new AccumulatorRange(low, high);
    }

    // Shift and clamp never fall as the sum rises, so the bounds' codes are the codes' bounds.
    private static CodeRange Requantise(AccumulatorRange sum, Channel channel, Block block) => new(
        FixedPointPrimitives.Requantise(checked((int)sum.Low), channel.Shift, block.ActivationMax),
        FixedPointPrimitives.Requantise(checked((int)sum.High), channel.Shift, block.ActivationMax));
}
