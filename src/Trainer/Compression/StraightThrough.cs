using AdapterCompiler.Trainer.Quantisation;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>Roundings whose gradient is that of what they round: 1 inside the range, 0 where it is clipped (Bengio et al. 2013).</summary>
internal static class StraightThrough
{
    /// <summary>The nearest integers, exactly: the difference of a number and its rounding has no rounding error of its own.</summary>
    public static Tensor Round(Tensor values) => values + (values.round() - values).detach();

    /// <summary>code = min(A, floor(acc / 2^shift)) of accumulators that have passed ReLU.</summary>
    /// <param name="accumulators">[n, channels, …], integers of 0 and above.</param>
    /// <param name="divisor">2^shift, [channels].</param>
    /// <param name="max">A.</param>
    public static Tensor Codes(Tensor accumulators, Tensor divisor, int max)
    {
        Tensor clipped = (accumulators / IntegerBlock.PerChannel(divisor, accumulators)).clamp_max(max);
        return clipped + (IntegerBlock.Requantise(accumulators, divisor, max) - clipped).detach();
    }
}
