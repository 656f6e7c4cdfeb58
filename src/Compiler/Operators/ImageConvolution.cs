using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Operators;

/// <summary>3x3 convolution, stride 1, padding code 0, then a maximum over pools: what all kinds of convolution have in common.</summary>
public abstract class ImageConvolution : LayerOperator
{
    private const int Side = 3;

    /// <inheritdoc/>
    public sealed override int Taps => Side * Side;

    /// <inheritdoc/>
    public sealed override bool ReadsImage => true;

    /// <summary>For the description of a layer.</summary>
    private protected string Border => Margin == 0 ? "" : ", no padding in time";

    /// <inheritdoc/>
    public sealed override ImageShape Summed(ImageShape input) => input with { Rows = Math.Max(1, input.Rows - (2 * Margin)) };

    /// <inheritdoc/>
    public sealed override IEnumerable<(int Tap, int Row, int Column)> Reads(int row, int column, ImageShape input)
    {
        for (int tap = 0; tap < Side * Side; tap++)
        {
            int y = row + (tap / Side) - 1 + Margin, x = column + (tap % Side) - 1;
            if (y >= 0 && y < input.Rows && x >= 0 && x < input.Columns)
                yield return (tap, y, x);
        }
    }

    /// <inheritdoc/>
    public sealed override TapReach[] Reach(ImageShape input)
    {
        return [.. Enumerable.Range(0, Side * Side).Select(tap => Both(Margin > 0 ? TapReach.Always : Along((tap / Side) - 1, input.Rows), Along((tap % Side) - 1, input.Columns)))];

        static TapReach Along(int offset, int length) => offset == 0 ? TapReach.Always : length == 1 ? TapReach.Never : TapReach.Sometimes;

        static TapReach Both(TapReach row, TapReach column) => row > column ? row : column;
    }

    /// <inheritdoc/>
    public sealed override int[] Accumulate(ImageShape input, long bias, ValueArray<sbyte> weights, int[][] inputs) =>
        MaxPool(Convolve(input, bias, weights.ToArray(), inputs), Summed(input), Pool(input));

    private int[] Convolve(ImageShape shape, long bias, sbyte[] weights, int[][] inputs)
    {
        (int rows, int columns) = Summed(shape);
        var accumulators = new int[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                long sum = bias;
                for (int input = 0; input < inputs.Length; input++)
                {
                    for (int tap = 0; tap < Side * Side; tap++)
                    {
                        int y = row + (tap / Side) - 1 + Margin, x = column + (tap % Side) - 1;
                        if (y >= 0 && y < shape.Rows && x >= 0 && x < columns)
                            sum += weights[(input * Side * Side) + tap] * inputs[input][(y * columns) + x];
                    }
                }

                accumulators[(row * columns) + column] = checked((int)sum);
            }
        }

        return accumulators;
    }

    private static int[] MaxPool(int[] image, ImageShape shape, ImageShape pool)
    {
        int rows = shape.Rows / pool.Rows, columns = shape.Columns / pool.Columns;
        var pooled = new int[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int best = int.MinValue;
                for (int y = 0; y < pool.Rows; y++)
                {
                    for (int x = 0; x < pool.Columns; x++)
                        best = Math.Max(best, image[(((row * pool.Rows) + y) * shape.Columns) + (column * pool.Columns) + x]);
                }

                pooled[(row * columns) + column] = best;
            }
        }

        return pooled;
    }
}
