using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>
/// What stands between a layer's ReLU outputs and the layer above, per channel: norm, then gate, x -> scale * x + shift. It is never applied to
/// activations. The layer above takes it into its weights: scale into the weight, shift through all taps into the bias. That equals
/// padding with the norm's image of a zero activation (design note "numerics"), borders included, and is what the quantiser exports.
/// </summary>
/// <param name="Scale">gate * norm scale, [channels].</param>
/// <param name="Shift">gate * norm shift, [channels].</param>
internal sealed record AffineMap(Tensor Scale, Tensor Shift)
{
    /// <summary>Input codes as numbers around 0: (code - mean) / deviation. Folded like a norm, so the padding is the image of code 0.</summary>
    /// <param name="mean">Of the codes.</param>
    /// <param name="deviation">Above 0, in codes.</param>
    public static AffineMap OfInput(double mean, double deviation) => new(full(1, (float)(1 / deviation)), full(1, (float)(-mean / deviation)));

    /// <summary>Channels one after the other, as concatenated activations.</summary>
    public static AffineMap Concat(IEnumerable<AffineMap> maps)
    {
        AffineMap[] parts = maps.ToArray();
        return parts.Length == 1 ? parts[0] : new AffineMap(cat(parts.Select(p => p.Scale).ToArray()), cat(parts.Select(p => p.Shift).ToArray()));
    }

    /// <summary>Weights for unnormalised inputs.</summary>
    /// <param name="weight">[outputs, inputs, 3, 3] or [outputs, inputs].</param>
    public Tensor FoldWeight(Tensor weight) => weight * Scale.reshape(weight.dim() == 2 ? [1, -1] : [1, -1, 1, 1]);

    /// <summary>The bias that goes with them.</summary>
    public Tensor FoldBias(Tensor weight, Tensor bias) =>
        bias + (weight.dim() == 2 ? weight : weight.sum([2, 3])).matmul(Shift);
}
