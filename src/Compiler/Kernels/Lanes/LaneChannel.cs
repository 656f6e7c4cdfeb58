using System;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>The arithmetic of one output channel on packed lanes, as expressions.</summary>
internal static class LaneChannel
{
    /// <summary>start + sum of factor * members over groups of weights.</summary>
    /// <param name="start">What the sum starts with; on the left, so that every product is added to a signed long.</param>
    /// <param name="groups">Weights by magnitude.</param>
    /// <param name="input">The variable that holds the input of a weight.</param>
    /// <param name="constants">Where factors are kept.</param>
    public static Expression Sum(Expression start, ValueArray<MagnitudeGroup> groups, Func<int, Expression> input, LaneConstants constants)
    {
        Expression sum = start;
        foreach (MagnitudeGroup group in groups)
            sum = GroupedSum.Add(sum, group.Terms, group.Factor == 1 ? null : constants.Factor(group.Factor), input);

        return sum;
    }

    /// <summary>What a channel sums: its weights, or the high and the low digits of them; what each sum starts with carries the guard.</summary>
    public static LaneDigit[] Digits(Channel channel, sbyte[] weights, ChannelProof proof, LaneFormat format)
    {
        int digits = proof.Digits;
        if (digits == 0)
            return [new LaneDigit(Expressions.Long(format.Repeat(channel.Bias + format.GuardValue)), weights)];

        // L carries the guard through its shift; H starts without what is left of it then.
        return
        [
            new LaneDigit(
                Expressions.Long(format.Repeat((channel.Bias >> digits) + format.GuardValue - (format.GuardValue >> digits))),
                weights.Select(weight => ChannelProof.High(weight, digits)).ToArray()),
            new LaneDigit(
                Expressions.Long(format.Repeat(ChannelProof.LowBias(channel.Bias, digits) + format.GuardValue)),
                weights.Select(weight => ChannelProof.Low(weight, digits)).ToArray()),
        ];
    }

    /// <summary>A channel's sum with its guard, or, with digits, floor(sum / 2^d) with its guard.</summary>
    public static Expression Join(Expression[] sums, ChannelProof proof, LaneFormat format, LaneConstants constants)
    {
        if (sums.Length == 1)
            return sums[0];
        long mask = (1L << (format.Bits - proof.Digits)) - 1;
        if (sums[1] is not Literal low)
            return sums[0].Plus(sums[1].ShiftRight(proof.Digits).And(constants.Mask(mask)));

        // No weight has a low digit, or, in the second case, the channel no weight at all: the C# compiler would compute what is constant.
        long carried = (low.Value >> proof.Digits) & format.Repeat(mask);
        return sums[0] is Literal high ? Expressions.Long(unchecked(high.Value + carried)) : sums[0].Plus(Expressions.Long(carried));
    }

    /// <summary>max(0, v) in every lane; the value carries the guard where v is not negative.</summary>
    public static Expression Relu(Expression guarded, LaneFormat format, LaneConstants constants) =>
        guarded.And(guarded.ShiftRight(format.Guard).And(constants.Ones).Times(constants.Below));

    /// <summary>Codes of pooled sums: shift, and where it can bind, the clamp.</summary>
    public static Expression Requantise(Expression best, ChannelProof proof, int max, LaneFormat format, LaneConstants constants)
    {
        Expression shifted = best.ShiftRight(proof.Shift);
        if (!proof.Clamps)
        {
            // The mask drops what the shift moved in from the lane above.
            long largest = (proof.Range.High > 0 ? proof.Range.High : 0) >> proof.Shift;
            long mask = 1;
            while (mask <= largest)
                mask <<= 1;
            return proof.Shift == 0 ? best : shifted.And(constants.Mask(mask - 1));
        }

        Expression saturated = best.Plus(constants.Limit(max, proof.Shift)).ShiftRight(format.Guard).And(constants.Ones).Times(constants.Saturated(max));
        return shifted.Or(saturated).And(constants.Mask(max));
    }
}

/// <summary>One sum of a channel.</summary>
/// <param name="Start">Bias and guard.</param>
/// <param name="Weights">Factors of the inputs.</param>
internal sealed record LaneDigit(Expression Start, sbyte[] Weights);
