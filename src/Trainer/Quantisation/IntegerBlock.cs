using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;
using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// The integer arithmetic of one layer, on float64 tensors. Every value is an integer below 2^53, so sums are exact in whatever order Torch takes
/// them, and the result is the compiler's, bit for bit.
/// </summary>
internal static class IntegerBlock
{
    /// <summary>Accumulators before ReLU and shift, pooled: [n, channels, rows, columns], or [n, channels] from the last convolution on.</summary>
    public static Tensor Accumulate(LayerKind kind, Tensor inputs, Tensor weights, Tensor? bias) => kind switch
    {
        LayerKind.Convolution => F.max_pool2d(F.conv2d(inputs, weights, bias, padding: [1, 1]), [2, 2]),
        LayerKind.GlobalConvolution => F.conv2d(inputs, weights, bias, padding: [1, 1]).amax(2, 3),
        LayerKind.ValidConvolution => F.max_pool2d(F.conv2d(inputs, weights, bias, padding: [0, 1]), [2, 2]),
        LayerKind.ValidGlobalConvolution => F.conv2d(inputs, weights, bias, padding: [0, 1]).amax(2, 3),
        _ => F.linear(inputs, weights, bias),
    };

    /// <summary>What each accumulator sums up, before any pooling: a row per slice and position, a column per input and tap.</summary>
    public static Tensor Patches(LayerKind kind, Tensor inputs) => kind switch
    {
        LayerKind.Convolution or LayerKind.GlobalConvolution => Unfold(inputs, padding: 1),
        LayerKind.ValidConvolution or LayerKind.ValidGlobalConvolution => Unfold(inputs, padding: 0),
        _ => inputs,
    };

    private static Tensor Unfold(Tensor inputs, long padding) => F.unfold(inputs, (3, 3), padding: (padding, 1L)).transpose(1, 2).flatten(0, 1);

    /// <summary>code = min(A, max(0, acc) >> shift).</summary>
    /// <param name="accumulators">From <see cref="Accumulate"/>, the bias in it.</param>
    /// <param name="divisor">2^shift per channel.</param>
    /// <param name="max">A.</param>
    public static Tensor Requantise(Tensor accumulators, Tensor divisor, int max) =>
        (accumulators.clamp_min(0) / PerChannel(divisor, accumulators)).floor().clamp_max(max);

    /// <summary>Half a step of the requantisation, to be added to the bias so that codes are rounded: 2^(shift - 1), and 0 without a shift.</summary>
    /// <param name="divisor">2^shift per channel.</param>
    public static Tensor Rounding(Tensor divisor) => where(divisor > 1, divisor / 2, zeros_like(divisor));

    /// <summary>A value per channel, shaped so that it spreads over a batch of images or of vectors.</summary>
    public static Tensor PerChannel(Tensor values, Tensor like) => like.dim() == 4 ? values.reshape(1, -1, 1, 1) : values.reshape(1, -1);

    /// <summary>Weights of a layer: [outputs, inputs, 3, 3] or [outputs, inputs].</summary>
    public static Tensor Weights(LayerArtifact layer)
    {
        int inputs = layer.SharedInputs + layer.OwnInputs, outputs = layer.Channels.Count;
        Tensor flat = tensor(layer.Channels.SelectMany(c => c.Weights).Select(w => (double)w).ToArray());
        return layer.Operator.ReadsImage ? flat.reshape(outputs, inputs, 3, 3) : flat.reshape(outputs, inputs);
    }
}
