using System;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>How a channel's pooled maximum can be taken without any lane leaving its bits.</summary>
public enum MaximumRule
{
    /// <summary>No way: some sum needs more bits than a lane has.</summary>
    None,

    /// <summary>max(best, sum) by one difference: high - low fits below the guard.</summary>
    Joint,

    /// <summary>Each sum passes ReLU first: low and high fit on their own side of the guard.</summary>
    ReluFirst,
}

/// <summary>
/// What is proven of one channel. Where the sum itself is too wide, weights are split into digits, w = 2^d h + l, and the lane holds
/// floor(sum / 2^d) = H + floor(L / 2^d), which is exact: the requantisation shifts by at least d anyway, and a maximum commutes with it.
/// </summary>
/// <param name="Digits">Bits of the low digit, d; 0 for none.</param>
/// <param name="Range">Exact range of what a lane holds.</param>
/// <param name="Rule">How to pool.</param>
/// <param name="Shift">What remains of the requantisation shift.</param>
/// <param name="Clamps">The largest value, shifted, passes the largest code, so the clamp is needed.</param>
public sealed record ChannelProof(int Digits, AccumulatorRange Range, MaximumRule Rule, int Shift, bool Clamps)
{
    /// <summary>Widest low digit that is tried.</summary>
    private const int MostDigits = 4;

    /// <summary>Proves one channel for one format, with as narrow a low digit as will do.</summary>
    public static ChannelProof Of(LaneFormat format, Channel channel, int sharedWeights, int sharedMax, int ownMax, int activationMax)
    {
        AccumulatorRange whole = RangeProof.Of(channel.Bias, channel.Weights, sharedWeights, sharedMax, ownMax);
        ChannelProof proof = Of(format, 0, whole, channel.Shift, activationMax);
        for (int digits = 1; proof.Rule == MaximumRule.None && digits <= Math.Min(MostDigits, channel.Shift); digits++)
        {
            ValueArray<sbyte> low = channel.Weights.Select(weight => Low(weight, digits)).ToValueArray();
            AccumulatorRange lowRange = RangeProof.Of(LowBias(channel.Bias, digits), low, sharedWeights, sharedMax, ownMax);
            if (lowRange.Low >= -format.GuardValue && lowRange.High < format.GuardValue)
                proof = Of(format, digits, new AccumulatorRange(whole.Low >> digits, whole.High >> digits), channel.Shift - digits, activationMax);
        }

        return proof;
    }

    /// <summary>
    /// The high digit of a weight, h: rounded to the nearest, ties towards 0. So a weight of one digit stays one, and what is left has the
    /// weight's sign at a tie: low digits of both signs, as balanced as the weights.
    /// </summary>
    public static sbyte High(sbyte weight, int digits)
    {
        if (digits == 0)
            return weight;
        int magnitude = (Math.Abs((int)weight) + (1 << (digits - 1)) - 1) >> digits;
        return (sbyte)(weight < 0 ? -magnitude : magnitude);
    }

    /// <summary>The low digit of a weight, l.</summary>
    public static sbyte Low(sbyte weight, int digits) => (sbyte)(weight - (High(weight, digits) << digits));

    /// <summary>The part of the bias that goes to the low digit's sum.</summary>
    public static long LowBias(long bias, int digits) => bias & ((1L << digits) - 1);

    private static ChannelProof Of(LaneFormat format, int digits, AccumulatorRange range, int shift, int activationMax)
    {
        long guard = format.GuardValue;
        // Best starts at 0, so the least difference is low - max(0, high).
        long high = Math.Max(0, range.High);
        MaximumRule rule = range.Low < -guard || range.High >= guard ? MaximumRule.None
            : range.Low - high >= -guard ? MaximumRule.Joint
            : MaximumRule.ReluFirst;
        bool clamps = high >> shift > activationMax;
        // The clamp's own difference, best - (A + 1 << shift), must stay inside the lane too.
        if (clamps && ((long)activationMax + 1) << shift > guard)
            rule = MaximumRule.None;
        return new ChannelProof(digits, range, rule, shift, clamps);
    }
}
