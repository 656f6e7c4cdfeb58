using System.Linq;
using AdapterCompiler.Trainer.Quantisation;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>Integers of one layer of the shared encoder or of one adapter, open channels only, as float32 numbers that pass gradients on.</summary>
/// <param name="Weights">[open outputs, shared and open own inputs, …].</param>
/// <param name="Bias">With the open inputs' offsets and half a step for rounding, [open outputs].</param>
/// <param name="Divisor">2^shift, [open outputs].</param>
internal sealed record RoundedLayer(Tensor Weights, Tensor Bias, Tensor Divisor)
{
    /// <summary>Rounds folded weights exactly as <see cref="WeightRounding"/> does when it exports them.</summary>
    /// <param name="folded">Weights, biases and offsets of all channels.</param>
    /// <param name="scale">Real value of one accumulator unit, per output or one for all.</param>
    /// <param name="divisor">2^shift per output.</param>
    /// <param name="bits">Width of a weight.</param>
    /// <param name="inputs">Shared inputs, then open own ones.</param>
    /// <param name="outputs">Open outputs; null for all.</param>
    public static RoundedLayer Of(FoldedWeights folded, Tensor scale, Tensor divisor, int bits, Tensor inputs, Tensor? outputs)
    {
        long own = folded.Offsets.shape[1], shared = folded.Weights.shape[1] - own;
        Tensor weights = StraightThrough.Round(WeightRounding.Clipped(folded.Weights, scale, bits)).index_select(1, inputs);
        Tensor bias = StraightThrough.Round(folded.Bias / scale) + IntegerBlock.Rounding(divisor);
        Tensor open = inputs.narrow(0, shared, inputs.numel() - shared) - shared;
        if (open.numel() > 0)
            bias += StraightThrough.Round(folded.Offsets / scale.reshape(-1, 1)).index_select(1, open).sum(1);
        return outputs is null
            ? new RoundedLayer(weights.to_type(ScalarType.Float32), bias.to_type(ScalarType.Float32), divisor.to_type(ScalarType.Float32))
            : new RoundedLayer(
                weights.index_select(0, outputs).to_type(ScalarType.Float32), bias.index_select(0, outputs).to_type(ScalarType.Float32), divisor.index_select(0, outputs).to_type(ScalarType.Float32));
    }

    /// <summary>Least and largest accumulator that any codes up to a maximum can give, [open outputs] each.</summary>
    /// <param name="max">Largest code of every input.</param>
    public (Tensor Low, Tensor High) Range(int max)
    {
        long[] all = [.. Enumerable.Range(1, (int)Weights.dim() - 1)];
        return (Bias + (Weights.clamp_max(0).sum(all) * max), Bias + (Weights.clamp_min(0).sum(all) * max));
    }
}
