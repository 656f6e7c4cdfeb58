using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>One signed use of an input.</summary>
/// <param name="Input">Index of the weight, and so of the input's local.</param>
/// <param name="IsNegative">Subtracted.</param>
public readonly record struct Term(int Input, bool IsNegative);

/// <summary>Inputs that share a factor: factor * (sum of terms).</summary>
public sealed record MagnitudeGroup(int Factor, ValueArray<Term> Terms);

/// <summary>
/// Writes a channel's sum of products as few additions and multiplications. Weights of one magnitude share a multiplication; a weight may
/// also be the sum or difference of two factors that others pay for (7 = 8 - 1), which costs an addition instead of a group.
/// Base-16 digits are the special case in which the factors are 1 to 8 and 16 to 128.
/// </summary>
public static class MagnitudeBasis
{
    private static readonly int Load = OpcodeCost.For("ldloc.s", OperandKind.Int64);
    private static readonly int Add = OpcodeCost.For("add", OperandKind.Int64);

    // A term is loaded and added; a group loads its factor, multiplies and adds.
    private static readonly int TermCost = Load + Add;
    private static readonly int GroupCost = Load + OpcodeCost.For("mul", OperandKind.Int64) + Add;

    /// <summary>Groups of a channel, factor 1 first, the others ascending; empty groups left out.</summary>
    /// <param name="weights">By input.</param>
    /// <param name="splits">Whether a weight may be the sum of two factors.</param>
    public static ValueArray<MagnitudeGroup> Groups(IReadOnlyList<sbyte> weights, bool splits = true)
    {
        int[] counts = new int[129];
        foreach (sbyte weight in weights)
            counts[Math.Abs((int)weight)]++;
        bool[] factors = splits ? Choose(counts) : counts.Select(count => count > 0).ToArray();

        var groups = new SortedDictionary<int, List<Term>>();
        void Use(int factor, int input, bool isNegative)
        {
            if (!groups.TryGetValue(factor, out List<Term>? terms))
                groups.Add(factor, terms = []);
            terms.Add(new Term(input, isNegative));
        }

        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] == 0)
                continue;
            (int first, int second) = Split(Math.Abs((int)weights[i]), factors);
            Use(first, i, weights[i] < 0);
            if (second != 0)
                Use(Math.Abs(second), i, weights[i] < 0 != second < 0);
        }

        return groups.Select(group => new MagnitudeGroup(group.Key, group.Value.ToValueArray())).ToValueArray();
    }

    /// <summary>
    /// Drops each magnitude that a single weight has (its group costs more than an addition) where two factors that stay give it, the
    /// largest first: small ones are what others lean on.
    /// </summary>
    private static bool[] Choose(int[] counts)
    {
        bool[] factors = counts.Select(count => count > 0).ToArray();
        factors[0] = false;
        var dropped = new List<int>();
        for (int candidate = factors.Length - 1; candidate > 1; candidate--)
        {
            if (counts[candidate] == 0 || counts[candidate] * TermCost >= GroupCost)
                continue;
            factors[candidate] = false;
            dropped.Add(candidate);
            if (dropped.TrueForAll(magnitude => Split(magnitude, factors).First != 0))
                continue;
            factors[candidate] = true;
            dropped.RemoveAt(dropped.Count - 1);
        }

        return factors;
    }

    /// <summary>magnitude = first + second, second possibly negative or 0; (0, 0) where the factors do not give it.</summary>
    private static (int First, int Second) Split(int magnitude, bool[] factors)
    {
        if (factors[magnitude])
            return (magnitude, 0);
        for (int first = 1; first < factors.Length; first++)
        {
            int rest = magnitude - first;
            if (factors[first] && rest != 0 && factors[Math.Abs(rest)])
                return (first, rest);
        }

        return (0, 0);
    }
}
