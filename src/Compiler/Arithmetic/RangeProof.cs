using System;

namespace AdapterCompiler.Arithmetic;

/// <summary>The least and the greatest value that an accumulator can hold, over every possible input code.</summary>
/// <param name="Low">bias + sum of the negative weights at the largest code.</param>
/// <param name="High">bias + sum of the positive weights at the largest code.</param>
public readonly record struct AccumulatorRange(long Low, long High)
{
    /// <summary>Nothing wraps in 32 bits, in whatever order the terms are added: every partial sum lies in the range too.</summary>
    public bool FitsInt32 => Low >= int.MinValue && High <= int.MaxValue;
}

/// <summary>Exact worst cases of accumulators, from the actual weights.</summary>
public static class RangeProof
{
    /// <summary>Range of one accumulator.</summary>
    /// <param name="bias">Start value.</param>
    /// <param name="weights">Shared inputs' weights, then own inputs'.</param>
    /// <param name="sharedWeights">How many of them belong to shared inputs.</param>
    /// <param name="sharedMax">Largest code of a shared input.</param>
    /// <param name="ownMax">Largest code of an own input.</param>
    public static AccumulatorRange Of(long bias, ValueArray<sbyte> weights, int sharedWeights, int sharedMax, int ownMax)
    {
        long low = bias, high = bias;
        for (int i = 0; i < weights.Count; i++)
        {
            int extreme = weights[i] * (i < sharedWeights ? sharedMax : ownMax);
            low += Math.Min(0, extreme);
            high += Math.Max(0, extreme);
        }

        return new AccumulatorRange(low, high);
    }
}
