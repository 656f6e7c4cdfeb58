using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks.Kernels;
using AdapterCompiler.Trainer.Runtime;
using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>What a layer computes on its folded weights: ReLU outputs, pooled, before norm and gate.</summary>
internal static class LayerActivation
{
    /// <summary>Computes one layer.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="inputs">The layer below's ReLU outputs: [n, channels, rows, columns], laid out as <see cref="ChannelsLast"/>, or [n, channels].</param>
    /// <param name="weight">[outputs, channels, 3, 3] or [outputs, channels].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="convolve">Convolves where no kernel of a whole layer does.</param>
    public static LayerOutput Of(LayerKind kind, Tensor inputs, Tensor weight, Tensor bias, Convolution convolve) => kind switch
    {
        LayerKind.Convolution when inputs.shape[1] == 1 && !inputs.requires_grad => FirstLayer.Of(inputs, weight, bias),
        LayerKind.Convolution => PooledActivation.Of(convolve(inputs, weight, bias)),
        LayerKind.GlobalConvolution => LayerOutput.Of(convolve(inputs, weight, bias).amax(2, 3).relu()),
        LayerKind.ValidConvolution => PooledActivation.Of(Inner(convolve(inputs, weight, bias))),
        LayerKind.ValidGlobalConvolution => LayerOutput.Of(Inner(convolve(inputs, weight, bias)).amax(2, 3).relu()),
        _ => LayerOutput.Of(F.linear(inputs, weight, bias).relu_()),
    };

    // The rows that no padding reaches.
    private static Tensor Inner(Tensor images) => images.narrow(2, 1, images.shape[2] - 2);

    /// <summary>
    /// The same images with a position's channels side by side in memory. Every layer above keeps that layout, in which convolutions of a few channels are
    /// fastest, and right on processors where oneDNN 3.7.1's other layout is not.
    /// </summary>
    /// <param name="images">[n, 1, rows, columns], contiguous: with one channel nothing moves, the strides alone say it.</param>
    public static Tensor ChannelsLast(Tensor images) => images.squeeze(1).unsqueeze(3).permute(0, 3, 1, 2);
}
