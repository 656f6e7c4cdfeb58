using AdapterCompiler.Arithmetic;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Lanes;

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

/// <summary>What is proven of one channel.</summary>
/// <param name="Range">Exact range of its sums.</param>
/// <param name="Rule">How to pool.</param>
/// <param name="Clamps">The largest sum, shifted, passes the largest code, so the clamp is needed.</param>
public sealed record ChannelProof(AccumulatorRange Range, MaximumRule Rule, bool Clamps)
{
    /// <summary>Proves one channel for one format.</summary>
    public static ChannelProof Of(LaneFormat format, Channel channel, int sharedWeights, int sharedMax, int ownMax, int activationMax)
    {
        AccumulatorRange range = RangeProof.Of(channel.Bias, channel.Weights, sharedWeights, sharedMax, ownMax);
        long guard = format.GuardValue;
        // Best starts at 0, so the least difference is low - max(0, high).
        long high = range.High > 0 ? range.High : 0;
        MaximumRule rule = range.Low < -guard || range.High >= guard ? MaximumRule.None
            : range.Low - high >= -guard ? MaximumRule.Joint
            : MaximumRule.ReluFirst;
        bool clamps = high >> channel.Shift > activationMax;
        // The clamp's own difference, best - (A + 1 << shift), must stay inside the lane too.
        if (clamps && ((long)activationMax + 1) << channel.Shift > guard)
            rule = MaximumRule.None;
        return new ChannelProof(range, rule, clamps);
    }
}
