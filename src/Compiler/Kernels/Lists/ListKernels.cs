using static AdapterCompiler.Arithmetic.FixedPointPrimitives;

namespace AdapterCompiler.Kernels.Lists;

/// <summary>Fully connected layers and heads whose weights are lists of those that are not 0; the marked methods are compiled here and copied verbatim into generated code.</summary>
/// <remarks>
/// An output's row is two lists, of shared inputs and of own ones. A list is the number of its entries, in pairs, then an input and its weight for each; an odd one is filled up with a weight of 0.
/// Numbers of inputs stand less 128 in the table, so that a byte with a sign holds 256 of them.
/// </remarks>
public static class ListKernels
{
    // <copied ConnectLists>
    /// <summary>Fully connected layer, ReLU, shift to codes; of weights the inputs and values of those that are not 0.</summary>
    public static void ConnectLists(
        byte[] codes, int sharedStart, int ownStart, sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max, int next)
    {
        // The locals that the inner loop uses most come first.
        int w = weight;
        int sum;
        int from;
        int past;
        for (int end = channel + channels; channel < end; channel++)
        {
            sum = biases[channel];
            from = sharedStart + 128;
            for (int list = 0; list < 2; list++)
            {
                past = w + 1 + (weights[w] * 4);
                for (w++; w < past; w += 4)
                    sum = sum + (codes[from + weights[w]] * weights[w + 1]) + (codes[from + weights[w + 2]] * weights[w + 3]);
                from = ownStart + 128;
            }

            codes[next++] = (byte)Requantise(sum, shifts[channel], max);
        }
    }
    // </copied>

    // <copied ClassifyLists>
    /// <summary>Raw logits: a fully connected layer without ReLU and shift; of weights the inputs and values of those that are not 0.</summary>
    public static void ClassifyLists(byte[] codes, int sharedStart, int ownStart, sbyte[] weights, int weight, int[] biases, int channel, int classes, int[] logits, int next)
    {
        // The locals that the inner loop uses most come first.
        int w = weight;
        int sum;
        int from;
        int past;
        for (int end = channel + classes; channel < end; channel++)
        {
            sum = biases[channel];
            from = sharedStart + 128;
            for (int list = 0; list < 2; list++)
            {
                past = w + 1 + (weights[w] * 4);
                for (w++; w < past; w += 4)
                    sum = sum + (codes[from + weights[w]] * weights[w + 1]) + (codes[from + weights[w + 2]] * weights[w + 3]);
                from = ownStart + 128;
            }

            logits[next++] = sum;
        }
    }
    // </copied>
}
