using System;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>What is proven of one output over every possible input.</summary>
/// <param name="Index">Of the output in its step.</param>
/// <param name="Output">What it computes.</param>
/// <param name="Range">Of its sum.</param>
/// <param name="Max">Largest code.</param>
internal sealed record OutputProof(int Index, DenseOutput Output, AccumulatorRange Range, int Max)
{
    public static OutputProof[] Of(DenseStep step) => [.. step.Outputs.Select((output, i) =>
        new OutputProof(i, output, RangeProof.Of(output.Bias, output.Weights, output.Weights.Count, step.InputMax, 0), step.ActivationMax))];

    /// <summary>Some sum is negative, so a code needs its ReLU.</summary>
    public bool IsSigned => Range.Low < 0;

    /// <summary>Some sum passes the largest code.</summary>
    public bool Clamps => Range.High >> Shift > Max;

    /// <summary>Requantisation shift of a code.</summary>
    public int Shift => Output.Shift.GetValueOrDefault();

    /// <summary>The value where it is the same for every input, codes requantised.</summary>
    public int? Constant
    {
        get
        {
            if (Output.Shift is null)
                return Range.Low == Range.High ? Output.Bias : null;
            // Requantisation is monotone.
            int least = FixedPointPrimitives.Requantise((int)Range.Low, Shift, Max);
            return least == FixedPointPrimitives.Requantise((int)Range.High, Shift, Max) ? least : null;
        }
    }

    /// <summary>Whether 32-bit sums hold it, in whatever order and grouping: the products alone are a range too.</summary>
    public bool FitsInt32 => Range.FitsInt32 && Range.High - Output.Bias <= int.MaxValue && Range.Low - Output.Bias >= int.MinValue;

    /// <summary>
    /// Whether it may lie in any lane of a format. A code carries a guard on top of its value; of a logit the lane holds sum - low, and
    /// the top lane the signed sum itself.
    /// </summary>
    public bool Fits(LaneFormat format)
    {
        if (Output.Shift is not null)
            return Range.Low >= -format.GuardValue && Range.High < format.GuardValue && (!Clamps || ((long)Max + 1) << Shift <= format.GuardValue);
        // What lies above the lower lanes' bits: 16 bits of 64, 22 bits with lanes of 21, 32 bits.
        long top = 1L << (63 - ((format.Lanes - 1) * format.Bits));
        long positive = Range.High - Output.Bias, negative = Range.Low - Output.Bias;
        return positive - negative < 1L << Math.Min(31, format.Bits)
            && Math.Max(positive, Range.High) < top && Math.Min(negative, Range.Low) >= -top;
    }
}
