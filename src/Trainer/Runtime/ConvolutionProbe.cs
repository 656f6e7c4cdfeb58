using System;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>
/// Numbers to try a convolution on, and what must come out, by loops in double that know nothing of Torch. All are small integers, so that float sums are exact in whatever order they are taken.
/// Every input position has a value; the output's gradient is 0 except at a few positions, corners, edges and first and last image among them, so that both gradients are known in full at
/// little cost.
/// </summary>
internal sealed class ConvolutionProbe
{
    /// <summary>Length of the repeated sequence of values: a prime, so that it falls in step with no image size or channel count.</summary>
    private const int Period = 1021;

    private const int LargestValue = 4, Positions = 48, Taps = 9;

    private static readonly float[] Sequence = MakeSequence();

    private readonly ConvolutionCase shape;

    public ConvolutionProbe(ConvolutionCase shape)
    {
        this.shape = shape;
        Samples = MakeSamples(shape);
    }

    /// <summary>Positions (image, row, column) with an output gradient; the output is compared there.</summary>
    public IReadOnlyList<(int Image, int Y, int X)> Samples { get; }

    /// <summary>Writes the input batch in memory order.</summary>
    public static void FillInput(Span<float> target)
    {
        for (int start = 0; start < target.Length; start += Period)
            Sequence.AsSpan(0, Math.Min(Period, target.Length - start)).CopyTo(target[start..]);
    }

    /// <summary>Weight of an output and an input channel at tap 0 … 8.</summary>
    public float Weight(int output, int input, int tap) => Sequence[(((((output * shape.Inputs) + input) * Taps) + tap) * 7) % Period];

    /// <summary>Bias of an output.</summary>
    public static float Bias(int output) => Sequence[(output * 13) % Period];

    /// <summary>The output's gradient at a sample.</summary>
    public static float Gradient(int sample, int output) => Sequence[((sample * 101) + (output * 3)) % Period];

    /// <summary>The right output at a sample, one value per channel.</summary>
    public double[] Output(int sample)
    {
        var result = new double[shape.Outputs];
        for (int o = 0; o < result.Length; o++)
            result[o] = Bias(o);
        Visit(sample, (input, tap, index) =>
        {
            double value = Sequence[index % Period];
            for (int o = 0; o < result.Length; o++)
                result[o] += value * Weight(o, input, tap);
        });
        return result;
    }

    /// <summary>The right gradient of the weights: [output, input, tap].</summary>
    public double[] WeightGradient()
    {
        var result = new double[shape.Outputs * shape.Inputs * Taps];
        for (int s = 0; s < Samples.Count; s++)
        {
            int sample = s;
            Visit(s, (input, tap, index) =>
            {
                double value = Sequence[index % Period];
                for (int o = 0; o < shape.Outputs; o++)
                    result[(((o * shape.Inputs) + input) * Taps) + tap] += value * Gradient(sample, o);
            });
        }

        return result;
    }

    /// <summary>The right gradient of the bias.</summary>
    public double[] BiasGradient()
    {
        var result = new double[shape.Outputs];
        for (int s = 0; s < Samples.Count; s++)
        {
            for (int o = 0; o < result.Length; o++)
                result[o] += Gradient(s, o);
        }

        return result;
    }

    /// <summary>The right gradient of the input, by place in memory; 0 at all others.</summary>
    public IReadOnlyDictionary<int, double> InputGradient()
    {
        var result = new Dictionary<int, double>();
        for (int s = 0; s < Samples.Count; s++)
        {
            int sample = s;
            Visit(s, (input, tap, index) =>
            {
                double sum = 0;
                for (int o = 0; o < shape.Outputs; o++)
                    sum += Weight(o, input, tap) * Gradient(sample, o);
                result[index] = result.GetValueOrDefault(index) + sum;
            });
        }

        return result;
    }

    /// <summary>Every input that a sample's output reads: channel, tap, place in memory. Outside of the image there is nothing.</summary>
    private void Visit(int sample, Action<int, int, int> visit)
    {
        (int image, int y, int x) = Samples[sample];
        for (int tap = 0; tap < Taps; tap++)
        {
            int row = y + (tap / 3) - 1, column = x + (tap % 3) - 1;
            if (row < 0 || row >= shape.Height || column < 0 || column >= shape.Width)
                continue;
            for (int input = 0; input < shape.Inputs; input++)
                visit(input, tap, shape.Index(shape.Inputs, image, input, row, column));
        }
    }

    private static (int, int, int)[] MakeSamples(ConvolutionCase shape)
    {
        int bottom = shape.Height - 1, right = shape.Width - 1, last = shape.Images - 1;
        var samples = new HashSet<(int, int, int)>();
        foreach (int image in new[] { 0, last / 2, last })
        {
            foreach ((int y, int x) in new[] { (0, 0), (0, right), (bottom, 0), (bottom, right), (0, right / 2), (bottom / 2, 0), (bottom, right / 3), (bottom / 3, right) })
                samples.Add((image, y, x));
        }

        for (int i = 0; samples.Count < Positions && i < 4 * Positions; i++)
            samples.Add((i * 37 % shape.Images, i * 11 % shape.Height, i * 7 % shape.Width));
        return [.. samples];
    }

    private static float[] MakeSequence()
    {
        var sequence = new float[Period];
        var random = new Training.SeededRandom(1, 7);
        for (int i = 0; i < Period; i++)
        {
            int value = random.NextSigned(LargestValue);
            sequence[i] = value == 0 ? 1 : value;
        }

        return sequence;
    }
}
