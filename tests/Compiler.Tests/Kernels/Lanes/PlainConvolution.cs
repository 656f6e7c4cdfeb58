using System;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>A convolution as the paper has it, one number at a time in an Int64: what lanes are compared with.</summary>
internal sealed class PlainConvolution
{
    /// <summary>Computes one channel.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="channel">Its weights, bias and shift.</param>
    /// <param name="max">Largest code.</param>
    /// <param name="inputs">The images that it reads, row by row.</param>
    public PlainConvolution(Layer layer, Channel channel, int max, int[][] inputs)
    {
        int rows = layer.InputRows, columns = layer.InputColumns;
        sbyte[] weights = [.. channel.Weights];
        Sums = [.. Enumerable.Repeat(channel.Bias, rows * columns)];
        for (int w = 0; w < weights.Length; w++)
        {
            int down = (w % 9 / 3) - 1, right = (w % 3) - 1;
            for (int row = Math.Max(0, -down); weights[w] != 0 && row < rows - Math.Max(0, down); row++)
            {
                for (int column = Math.Max(0, -right); column < columns - Math.Max(0, right); column++)
                    Sums[(row * columns) + column] += (long)weights[w] * inputs[w / 9][((row + down) * columns) + column + right];
            }
        }

        int height = layer.Kind == LayerKind.GlobalConvolution ? rows : 2, width = layer.Kind == LayerKind.GlobalConvolution ? columns : 2;
        Pooled = [.. Enumerable.Repeat(0L, rows / height * (columns / width))];
        for (int position = 0; position < Sums.Length; position++)
        {
            int pool = (position / columns / height * (columns / width)) + (position % columns / width);
            Pooled[pool] = Math.Max(Pooled[pool], Sums[position]);
        }

        Codes = [.. Pooled.Select(best => (int)Math.Min(max, best >> channel.Shift))];
    }

    /// <summary>Every sum, before pooling.</summary>
    public long[] Sums { get; }

    /// <summary>After pooling and ReLU.</summary>
    public long[] Pooled { get; }

    /// <summary>What the next layer reads.</summary>
    public int[] Codes { get; }
}
