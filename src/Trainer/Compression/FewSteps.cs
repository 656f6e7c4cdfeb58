using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// The bound of lanes that hold but few steps of a weight, sixteen of them where six lanes read codes of 5 bits. To scale a channel down until a weight rounds to one step less would change all of
/// it; so the weights nearest to the next smaller integer take it, as many as there are steps too many on either side: of all changes of single steps those that move weights least. A channel whose
/// integers are large on average gets steps twice as coarse first, and its shift is one less, so that a code is worth the same: the steps that a lane holds go further.
/// </summary>
internal static class FewSteps
{
    /// <summary>Steps of a weight in a lane below which they are few.</summary>
    private const int Few = 64;

    /// <summary>Mean size of a channel's integers that are not 0 from which its step is too fine.</summary>
    private const double Large = 1.5;

    /// <summary>How far below the boundary a weight is put that gives way, in steps.</summary>
    private const double Below = 1e-3;

    /// <summary>True where a lane holds few steps.</summary>
    /// <param name="lane">What it holds.</param>
    /// <param name="largest">Largest code that a weight reads.</param>
    public static bool Are(int lane, int largest) => lane / largest < Few;

    /// <summary>Holds a layer's sums; where steps become coarser, or a bias alone passes a lane, it takes more than one call.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">Task, or <see cref="LayerExport.SharedEncoder"/>.</param>
    /// <param name="layer">Layer.</param>
    /// <param name="block">Its weights.</param>
    /// <param name="lane">What a lane holds.</param>
    /// <param name="largest">Largest code that it reads.</param>
    public static void Hold(QuantisedNetwork network, int task, int layer, EncoderBlock block, int lane, int largest)
    {
        LearnedScale scale = network.Scale(task, layer);
        int bits = network.Options.BitsOf(layer);
        Tensor folded = network.Folded(task, layer).Weights, unit = scale.Weight;
        Tensor read = zeros(folded.shape[1], ScalarType.Float64).index_fill_(0, network.Inputs(task, layer), 1.0).reshape(1, -1, 1, 1);
        Tensor real = folded / unit.reshape(-1, 1, 1, 1), integers = WeightRounding.Weights(folded, unit, bits) * read;
        (Tensor low, Tensor high) = Range(network, task, layer, block, largest);
        Tensor tooHigh = ((high - (lane - 1)) / largest).ceil().clamp_min(0), tooLow = ((-low - lane) / largest).ceil().clamp_min(0);

        Tensor count = integers.ne(0).sum([1, 2, 3]), mean = integers.abs().sum([1, 2, 3]) / count.clamp_min(1);
        Tensor lacking = integers.gt(0).sum([1, 2, 3]).lt(tooHigh).logical_or(integers.lt(0).sum([1, 2, 3]).lt(tooLow));
        Tensor coarser = tooHigh.add(tooLow).gt(0).logical_and(mean.gt(Large).logical_or(lacking));
        Tensor up = GivingWay(real, integers, tooHigh, bits), down = GivingWay(-real, -integers, tooLow, bits);
        Tensor gives = up.logical_or(down).logical_and(coarser.logical_not().reshape(-1, 1, 1, 1));
        Tensor factor = where(gives, (integers.abs() - 0.5 - Below) / real.abs(), 1.0);
        block.Weight.mul_(factor.to_type(ScalarType.Float32));

        scale.Logarithm.add_(where(coarser, System.Math.Log(2), 0.0).to_type(ScalarType.Float32));
        scale.Divisor.div_(where(coarser.logical_and(scale.Divisor.gt(1)), 2.0, 1.0).to_type(ScalarType.Float32));
    }

    /// <summary>Of the positive integers those nearest to the next smaller one, as many as asked for of each channel.</summary>
    private static Tensor GivingWay(Tensor real, Tensor integers, Tensor wanted, int bits)
    {
        // From the boundary, in steps; what was clipped is far from it.
        Tensor above = where(integers.gt(0), real.clamp_max(WeightRounding.Largest(bits)) - integers + 0.5, double.PositiveInfinity).flatten(1);
        Tensor last = above.sort(1).Values.gather(1, (wanted.to_type(ScalarType.Int64) - 1).clamp(0, above.shape[1] - 1).unsqueeze(1));
        return above.le(last).logical_and(above.isfinite()).logical_and(wanted.gt(0).unsqueeze(1)).reshape(integers.shape);
    }

    /// <summary>Of all channels; a closed one has no sums.</summary>
    private static (Tensor Low, Tensor High) Range(QuantisedNetwork network, int task, int layer, EncoderBlock block, int largest)
    {
        (Tensor low, Tensor high) = network.Rounded(task, layer).Range(largest);
        if (task == LayerExport.SharedEncoder)
            return (low.to_type(ScalarType.Float64), high.to_type(ScalarType.Float64));
        Tensor lows = zeros(block.Bias.numel(), ScalarType.Float64), highs = zeros(block.Bias.numel(), ScalarType.Float64);
        lows.index_copy_(0, network.Open(task, layer), low.to_type(ScalarType.Float64));
        highs.index_copy_(0, network.Open(task, layer), high.to_type(ScalarType.Float64));
        return (lows, highs);
    }
}
