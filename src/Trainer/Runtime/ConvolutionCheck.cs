using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>A convolution to be checked: 3 x 3, one position of padding.</summary>
/// <param name="inputs">[images, inputs, rows, columns].</param>
/// <param name="weight">[outputs, inputs, 3, 3].</param>
/// <param name="bias">[outputs].</param>
internal delegate Tensor Convolution(Tensor inputs, Tensor weight, Tensor bias);

/// <summary>
/// Compares Torch's convolutions, output and gradients, with <see cref="ConvolutionProbe"/>'s loops. On some processors oneDNN 3.7.1, which libtorch 2.10 brings, computes them wrong: its
/// gradient of the input wherever channels are no multiple of 16, for some channel counts the output itself.
/// </summary>
internal static class ConvolutionCheck
{
    /// <summary>Errors up to this share of the greatest right value are rounding: integers as small as the probe's come out exact but for transformed algorithms. Wrong ones were off by 0.4 and more.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Torch's own.</summary>
    public static Tensor Torch(Tensor inputs, Tensor weight, Tensor bias) => F.conv2d(inputs, weight, bias, padding: [1, 1]);

    /// <summary>What is wrong with a convolution of these sizes, or null.</summary>
    public static ConvolutionError? Find(ConvolutionCase shape, Convolution convolution)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        var probe = new ConvolutionProbe(shape);
        using Tensor inputs = Images(shape, shape.Inputs, ConvolutionProbe.FillInput).requires_grad_(shape.Trained && shape.Inputs > 1);
        float[] weights = [.. Enumerable.Range(0, shape.Outputs * shape.Inputs * 9).Select(i => probe.Weight(i / 9 / shape.Inputs, i / 9 % shape.Inputs, i % 9))];
        Tensor weight = tensor(weights, [shape.Outputs, shape.Inputs, 3, 3], requires_grad: shape.Trained);
        Tensor bias = tensor([.. Enumerable.Range(0, shape.Outputs).Select(ConvolutionProbe.Bias)], requires_grad: shape.Trained);
        Tensor output = convolution(inputs, weight, bias);

        ConvolutionError? error = Compare(shape, "output", Outputs(probe, output.detach()), output.detach().sum().item<float>());
        if (error is not null || !shape.Trained)
            return error;
        (output * Images(shape, shape.Outputs, target => FillGradient(probe, shape, target))).sum().backward();
        error = Compare(shape, "gradient of the weights", probe.WeightGradient().Zip(weight.grad!.contiguous().data<float>(), (right, found) => (right, (double)found)), 0)
            ?? Compare(shape, "gradient of the bias", probe.BiasGradient().Zip(bias.grad!.data<float>(), (right, found) => (right, (double)found)), 0);
        return error is not null || inputs.grad is not { } gradient ? error : CompareInputGradient(probe, shape, gradient);
    }

    private static IEnumerable<(double Right, double Found)> Outputs(ConvolutionProbe probe, Tensor output)
    {
        for (int s = 0; s < probe.Samples.Count; s++)
        {
            (int image, int y, int x) = probe.Samples[s];
            float[] found = output.select(0, image).select(1, y).select(1, x).contiguous().data<float>().ToArray();
            double[] right = probe.Output(s);
            for (int o = 0; o < right.Length; o++)
                yield return (right[o], found[o]);
        }
    }

    private static ConvolutionError? CompareInputGradient(ConvolutionProbe probe, ConvolutionCase shape, Tensor gradient)
    {
        IReadOnlyDictionary<int, double> right = probe.InputGradient();
        using Tensor ordered = (shape.ChannelsLast ? gradient.permute(0, 2, 3, 1) : gradient).contiguous();
        ReadOnlySpan<float> found = MemoryMarshal.Cast<byte, float>(ordered.bytes);
        var pairs = new List<(double, double)>(right.Count);
        double elsewhere = 0;
        for (int i = 0; i < found.Length; i++)
        {
            // 0 almost everywhere: the dictionary is asked only where it must be.
            if (found[i] != 0 && !right.ContainsKey(i))
                elsewhere = double.IsNaN(found[i]) ? double.NaN : Math.Max(elsewhere, Math.Abs(found[i]));
        }

        foreach ((int index, double value) in right)
            pairs.Add((value, found[index]));
        pairs.Add((0, elsewhere));
        return Compare(shape, "gradient of the input", pairs, elsewhere);
    }

    /// <summary>The greatest error, if it is more than rounding.</summary>
    /// <param name="shape">Case.</param>
    /// <param name="quantity">What is compared.</param>
    /// <param name="pairs">Right and found.</param>
    /// <param name="rest">A number that is not finite where something not compared is not.</param>
    private static ConvolutionError? Compare(ConvolutionCase shape, string quantity, IEnumerable<(double Right, double Found)> pairs, double rest)
    {
        double greatest = 0, worst = double.IsFinite(rest) ? 0 : double.NaN;
        foreach ((double right, double found) in pairs)
        {
            greatest = Math.Max(greatest, Math.Abs(right));
            worst = Math.Max(worst, Math.Abs(right - found)); // NaN stays
        }

        return worst <= Tolerance * greatest ? null : new ConvolutionError(shape, quantity, worst / greatest);
    }

    private delegate void Fill(Span<float> target);

    private static Tensor Images(ConvolutionCase shape, int channels, Fill fill)
    {
        Tensor memory = zeros(shape.ChannelsLast ? [shape.Images, shape.Height, shape.Width, channels] : [shape.Images, channels, shape.Height, shape.Width], ScalarType.Float32);
        fill(MemoryMarshal.Cast<byte, float>(memory.bytes));
        return shape.ChannelsLast ? memory.permute(0, 3, 1, 2) : memory;
    }

    private static void FillGradient(ConvolutionProbe probe, ConvolutionCase shape, Span<float> target)
    {
        for (int s = 0; s < probe.Samples.Count; s++)
        {
            (int image, int y, int x) = probe.Samples[s];
            for (int o = 0; o < shape.Outputs; o++)
                target[shape.Index(shape.Outputs, image, o, y, x)] = ConvolutionProbe.Gradient(s, o);
        }
    }
}
