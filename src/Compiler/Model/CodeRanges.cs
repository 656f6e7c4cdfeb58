using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Operators;

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
        RangeImage[] shared = [new RangeImage(1, 1, [new CodeRange(0, network.Input.CodeMax)])];
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
        var read = new ImageShape(Math.Min(grid, layer.InputRows), Math.Min(grid, layer.InputColumns));
        ImageShape written = layer.Operator.Summed(read);
        (int Weight, CodeRange Range)[][] patches =
            [.. Enumerable.Range(0, written.Positions).Select(position => Patch(layer.Operator, inputs, position / written.Columns, position % written.Columns, read).ToArray())];
        ImageShape pool = layer.Operator.Pool(read);
        return [.. block.Channels.Select(channel => new RangeImage(
            written.Rows / pool.Rows, written.Columns / pool.Columns,
            [.. Pool([.. patches.Select(patch => Sum(channel, patch))], written, pool).Select(best => Requantise(best, channel, block))]))];
    }

    // Weight's index and range of every tap inside the image; outside is code 0.
    private static IEnumerable<(int Weight, CodeRange Range)> Patch(LayerOperator reader, RangeImage[] inputs, int row, int column, ImageShape image)
    {
        foreach ((int tap, int y, int x) in reader.Reads(row, column, image))
        {
            for (int input = 0; input < inputs.Length; input++)
                yield return (reader.Weights(input) + tap, inputs[input].At(y, x, image.Rows, image.Columns));
        }
    }

    private static IEnumerable<AccumulatorRange> Pool(AccumulatorRange[] sums, ImageShape image, ImageShape pool)
    {
        for (int row = 0; row + pool.Rows <= image.Rows; row += pool.Rows)
        {
            for (int column = 0; column < image.Columns; column += pool.Columns)
            {
                AccumulatorRange[] pooled = [.. Enumerable.Range(0, pool.Positions).Select(place => sums[((row + (place / pool.Columns)) * image.Columns) + column + (place % pool.Columns)])];
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
