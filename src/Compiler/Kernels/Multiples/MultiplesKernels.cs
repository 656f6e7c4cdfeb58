using static AdapterCompiler.Arithmetic.FixedPointPrimitives;

namespace AdapterCompiler.Kernels.Multiples;

/// <summary>Fully connected layers and heads of weights of few bits: every input is multiplied once by each integer that a weight can be, and a weight is the place of such a multiple. The marked methods are compiled here and copied verbatim into generated code.</summary>
/// <remarks>
/// The multiples of an input, 1, -1, 2, -2 and so on, stand one after the other; behind those of the shared inputs come those of a task's own ones. In front of all is a 0 that is never written, which fills rows up.
/// An output's row is how many times four places it has, then these. No branch depends on the data, but for clamp and ReLU.
/// </remarks>
public static class MultiplesKernels
{
    // <copied Multiply>
    /// <summary>Inputs times 1, -1, 2, -2 and so on to the largest weight.</summary>
    public static void Multiply(byte[] codes, int from, int inputs, int[] multiples, int at, int largest)
    {
        // The locals that the inner loop uses most come first.
        int next = at;
        int multiple;
        int code;
        int past = from + inputs;
        for (; from < past; from++)
        {
            code = codes[from];
            multiple = code;
            for (int end = next + largest + largest; next < end; next += 2)
            {
                multiples[next] = multiple;
                multiples[next + 1] = -multiple;
                multiple += code;
            }
        }
    }
    // </copied>

    // <copied ConnectMultiples>
    /// <summary>Fully connected layer, ReLU, shift to codes; of weights that are not 0 the places of their multiples.</summary>
    public static void ConnectMultiples(
        int[] multiples, short[] terms, int term, int[] biases, byte[] shifts, int channel, int channels, int max, byte[] codes, int next)
    {
        // The locals that the inner loop uses most come first.
        int t = term;
        int sum;
        int past;
        for (int end = channel + channels; channel < end; channel++)
        {
            sum = biases[channel];
            past = t + 1 + (terms[t] * 4);
            for (t++; t < past; t += 4)
                sum = sum + multiples[terms[t]] + multiples[terms[t + 1]] + multiples[terms[t + 2]] + multiples[terms[t + 3]];
            codes[next++] = (byte)Requantise(sum, shifts[channel], max);
        }
    }
    // </copied>

    // <copied ClassifyMultiples>
    /// <summary>Raw logits: a fully connected layer without ReLU and shift; of weights that are not 0 the places of their multiples.</summary>
    public static void ClassifyMultiples(int[] multiples, short[] terms, int term, int[] biases, int channel, int classes, int[] logits, int next)
    {
        // The locals that the inner loop uses most come first.
        int t = term;
        int sum;
        int past;
        for (int end = channel + classes; channel < end; channel++)
        {
            sum = biases[channel];
            past = t + 1 + (terms[t] * 4);
            for (t++; t < past; t += 4)
                sum = sum + multiples[terms[t]] + multiples[terms[t + 1]] + multiples[terms[t + 2]] + multiples[terms[t + 3]];
            logits[next++] = sum;
        }
    }
    // </copied>
}
