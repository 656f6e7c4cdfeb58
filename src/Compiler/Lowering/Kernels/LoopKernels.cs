using static AdapterCompiler.Arithmetic.FixedPointPrimitives;

namespace AdapterCompiler.Lowering.Kernels;

/// <summary>
/// The compact kernels: loops over arrays, weights and biases in tables. The marked methods are compiled here, where tests call them,
/// and copied verbatim into generated code, so they keep to the device's subset of C#: int and arrays, no unsigned types, no allocation.
/// Images are [channel][row][column], a byte a code; tables run channel by channel, inputs in order, taps row-major.
/// </summary>
public static class LoopKernels
{
    // <copied Convolve>
    /// <summary>3x3 convolution padded with code 0, maximum of each pool of poolRows x poolColumns, ReLU, shift to codes.</summary>
    public static void Convolve(
        byte[] shared, int sharedStart, int sharedChannels, byte[] own, int ownStart, int ownChannels, int rows, int columns,
        int poolRows, int poolColumns, sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
        byte[] output, int next)
    {
        for (int end = channel + channels; channel < end; channel++)
        {
            for (int top = 0; top < rows; top += poolRows)
            {
                for (int left = 0; left < columns; left += poolColumns)
                {
                    int best = int.MinValue;
                    for (int row = top; row < top + poolRows; row++)
                    {
                        for (int column = left; column < left + poolColumns; column++)
                        {
                            int sum = biases[channel]
                                + Patch(shared, sharedStart, sharedChannels, rows, columns, row, column, weights, weight)
                                + Patch(own, ownStart, ownChannels, rows, columns, row, column, weights, weight + (sharedChannels * 9));
                            if (sum > best)
                                best = sum;
                        }
                    }

                    output[next++] = (byte)Requantise(best, shifts[channel], max);
                }
            }

            weight += (sharedChannels + ownChannels) * 9;
        }
    }

    /// <summary>Sum of weight times code over the 3x3 neighbourhood in every channel; outside the image a code is 0.</summary>
    public static int Patch(byte[] codes, int start, int channels, int rows, int columns, int row, int column, sbyte[] weights, int weight)
    {
        int firstRow = row == 0 ? 0 : -1;
        int lastRow = row == rows - 1 ? 0 : 1;
        int firstColumn = column == 0 ? 0 : -1;
        int lastColumn = column == columns - 1 ? 0 : 1;
        int centre = start + (row * columns) + column;
        int sum = 0;
        for (int input = 0; input < channels; input++)
        {
            for (int y = firstRow; y <= lastRow; y++)
            {
                int code = centre + (y * columns) + firstColumn;
                int tap = weight + 4 + (y * 3) + firstColumn;
                for (int x = firstColumn; x <= lastColumn; x++)
                    sum += codes[code++] * weights[tap++];
            }

            centre += rows * columns;
            weight += 9;
        }

        return sum;
    }
    // </copied>

    // <copied Connect>
    /// <summary>Fully connected layer, ReLU, shift to codes.</summary>
    public static void Connect(
        byte[] codes, int sharedStart, int sharedChannels, int ownStart, int ownChannels,
        sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max, int next)
    {
        for (int end = channel + channels; channel < end; channel++)
        {
            int sum = biases[channel]
                + Product(codes, sharedStart, sharedChannels, weights, weight)
                + Product(codes, ownStart, ownChannels, weights, weight + sharedChannels);
            codes[next++] = (byte)Requantise(sum, shifts[channel], max);
            weight += sharedChannels + ownChannels;
        }
    }
    // </copied>

    // <copied Classify>
    /// <summary>Raw logits: a fully connected layer without ReLU and shift.</summary>
    public static void Classify(
        byte[] codes, int sharedStart, int sharedChannels, int ownStart, int ownChannels,
        sbyte[] weights, int weight, int[] biases, int channel, int classes, int[] logits, int next)
    {
        for (int end = channel + classes; channel < end; channel++)
        {
            logits[next++] = biases[channel]
                + Product(codes, sharedStart, sharedChannels, weights, weight)
                + Product(codes, ownStart, ownChannels, weights, weight + sharedChannels);
            weight += sharedChannels + ownChannels;
        }
    }
    // </copied>

    // <copied Greatest>
    /// <summary>Index of the greatest logit, the first of equals.</summary>
    public static int Greatest(int[] logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        return best;
    }
    // </copied>

    // <copied Product>
    /// <summary>Sum of weight times code.</summary>
    public static int Product(byte[] codes, int start, int count, sbyte[] weights, int weight)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += codes[start + i] * weights[weight + i];
        return sum;
    }
    // </copied>
}
