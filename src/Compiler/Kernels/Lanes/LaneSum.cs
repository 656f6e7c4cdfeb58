using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>The sum of one output channel: at once, or in parts whose variables take turns, with one partial sum a digit in between.</summary>
/// <param name="block">Its block.</param>
/// <param name="channel">Its number in the block, from 0.</param>
/// <param name="format">Lanes.</param>
/// <param name="isPaired">Inputs are sums and differences.</param>
internal sealed class LaneSum(LaneBlock block, int channel, LaneFormat format, bool isPaired)
{
    private readonly LaneDigit[] digits = LaneChannel.Digits(
        block.Block.Channels[channel], LineMajor(Weights(block, channel, isPaired), format.Axis), block.Proofs[channel], format);

    private Expression[] partials = [];
    private ValueArray<MagnitudeGroup>[]? groups;

    public LaneBlock Block { get; } = block;

    public ChannelProof Proof { get; } = block.Proofs[channel];

    /// <summary>Its number in the model file, from 1.</summary>
    public int Number { get; } = block.Block.Channels[channel].Number;

    /// <summary>Its number in the block, from 0.</summary>
    public int Channel { get; } = channel;

    /// <summary>It has no weights.</summary>
    public bool IsStill { get; } = StillChannels.IsStill(block.Block.Channels[channel]);

    /// <summary>Its channel in the output image.</summary>
    public int Output { get; } = block.FirstOutput + channel;

    /// <summary>Index of a weight with taps by line and place instead of row and column.</summary>
    public static int LineMajor(int weight, LaneAxis axis) => axis == LaneAxis.Frequency ? weight : (weight / 9 * 9) + (weight % 3 * 3) + (weight % 9 / 3);

    /// <summary>The sum with its guard, from what was summed before.</summary>
    /// <param name="isFirst">Nothing was.</param>
    /// <param name="isHeld">Weights whose inputs are held now; null for all.</param>
    /// <param name="input">The input of a weight.</param>
    /// <param name="constants">Of the method.</param>
    public Expression Finish(bool isFirst, Func<int, bool>? isHeld, Func<int, Expression> input, LaneConstants constants)
    {
        // Positions that are unrolled differ in their inputs only.
        ValueArray<MagnitudeGroup>[] parts = isHeld is null ? groups ??= Groups(null) : Groups(isHeld);
        Expression[] sums = digits.Select((digit, i) => LaneChannel.Sum(isFirst ? digit.Start : partials[i], parts[i], input, constants)).ToArray();
        return LaneChannel.Join(sums, Proof, format, constants);
    }

    /// <summary>Adds what is held now to the partial sums.</summary>
    public IEnumerable<Statement> Continue(bool isFirst, Func<int, bool> isHeld, Func<int, Expression> input, LaneConstants constants, PatchVariables variables)
    {
        if (isFirst)
            partials = digits.Select(_ => variables.Partial()).ToArray();
        ValueArray<MagnitudeGroup>[] parts = Groups(isHeld);
        for (int i = 0; i < digits.Length; i++)
        {
            if (isFirst || parts[i].Count > 0)
                yield return new Assign(partials[i], LaneChannel.Sum(isFirst ? digits[i].Start : partials[i], parts[i], input, constants));
        }
    }

    private ValueArray<MagnitudeGroup>[] Groups(Func<int, bool>? isHeld) => digits
        .Select(digit => MagnitudeBasis.Groups(isHeld is null ? digit.Weights : [.. digit.Weights.Select((weight, w) => weight != 0 && isHeld(w) ? weight : (sbyte)0)]))
        .ToArray();

    /// <summary>A channel's weights as its image needs them.</summary>
    public static IReadOnlyList<sbyte> Weights(LaneBlock block, int channel, bool isPaired) =>
        isPaired ? LanePairs.Apply(block.Block.Channels[channel].Weights, block.Block) : block.Block.Channels[channel].Weights;

    private static sbyte[] LineMajor(IReadOnlyList<sbyte> weights, LaneAxis axis) => weights.Select((_, w) => weights[LineMajor(w, axis)]).ToArray();
}
