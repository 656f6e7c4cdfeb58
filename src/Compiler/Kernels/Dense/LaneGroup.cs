using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>Inputs that are multiplied by the same packed constant.</summary>
internal sealed record PackedGroup(long Factor, ValueArray<Term> Terms);

/// <summary>Outputs in the lanes of one long.</summary>
/// <param name="Format">How many lanes.</param>
/// <param name="Outputs">From the lowest lane up; of a lone output the lanes below are empty.</param>
/// <param name="Groups">Terms by constant, in the order of their first input.</param>
internal sealed record LaneGroup(LaneFormat Format, ValueArray<OutputProof> Outputs, ValueArray<PackedGroup> Groups)
{
    /// <summary>Lane of the first output.</summary>
    public int FirstLane => Format.Lanes - Outputs.Count;

    /// <summary>
    /// Groups as many outputs as the proofs allow: fours of those that fit 16 bits, then threes of what is left and fits 21, then pairs, then
    /// a lone one, each in the order of the outputs.
    /// </summary>
    /// <returns>Null where an output fits no format.</returns>
    public static LaneGroup[]? Of(IEnumerable<OutputProof> proofs)
    {
        var result = new List<LaneGroup>();
        List<OutputProof> left = [.. proofs];
        foreach (int lanes in new[] { 4, 3, 2 })
        {
            var format = new LaneFormat(lanes, LaneAxis.Frequency);
            OutputProof[] fitting = [.. left.Where(proof => proof.Fits(format))];
            for (int first = 0; first + lanes <= fitting.Length || (lanes == 2 && first < fitting.Length); first += lanes)
            {
                OutputProof[] outputs = [.. fitting.Skip(first).Take(lanes)];
                result.Add(Arranged(format, outputs));
                left.RemoveAll(outputs.Contains);
            }
        }

        return left.Count > 0 ? null : [.. result.OrderBy(group => group.Outputs.Min(proof => proof.Index))];
    }

    /// <summary>
    /// The order of the lanes with the cheapest constants: one that fits 32 bits needs a conversion, so lone weights had better lie in a
    /// high lane.
    /// </summary>
    private static LaneGroup Arranged(LaneFormat format, OutputProof[] outputs) =>
        Orders(outputs).Select(order => new LaneGroup(format, order.ToValueArray(), Pack(format, order)))
            .OrderBy(group => group.Groups.Sum(packed => Cost(packed.Factor)))
            .First();

    private static IEnumerable<OutputProof[]> Orders(OutputProof[] outputs)
    {
        if (outputs.Length < 2)
            return [outputs];
        return outputs.SelectMany(first => Orders([.. outputs.Where(output => output != first)]).Select(rest => (OutputProof[])[first, .. rest]));
    }

    private static ValueArray<PackedGroup> Pack(LaneFormat format, OutputProof[] outputs)
    {
        var factors = new List<long>();
        var terms = new Dictionary<long, List<Term>>();
        int firstLane = format.Lanes - outputs.Length;
        for (int i = 0; i < outputs[0].Output.Weights.Count; i++)
        {
            long packed = 0;
            for (int lane = 0; lane < outputs.Length; lane++)
                packed = unchecked(packed + ((long)outputs[lane].Output.Weights[i] << ((firstLane + lane) * format.Bits)));
            if (packed == 0)
                continue;
            // A constant and its negative share a group; of the two never the one that the device takes for unsigned.
            bool negative = packed < 0;
            long factor = Math.Abs(packed);
            if (IsForbidden(factor))
                (factor, negative) = (-factor, !negative);
            if (!terms.TryGetValue(factor, out List<Term>? members))
            {
                factors.Add(factor);
                terms.Add(factor, members = []);
            }

            members.Add(new Term(i, negative));
        }

        return factors.Select(factor => new PackedGroup(factor, terms[factor].ToValueArray())).ToValueArray();
    }

    /// <summary>0x80000000 to 0xFFFFFFFF (docs/interpreter.md, trap 2).</summary>
    public static bool IsForbidden(long constant) => constant is > int.MaxValue and <= uint.MaxValue;

    /// <summary>Cost of a long literal.</summary>
    public static int Cost(long constant) => constant is < int.MinValue or > int.MaxValue
        ? OpcodeCost.For("ldc.i8")
        : OpcodeCost.For(Mnemonics.Constant((int)constant).Opcode) + OpcodeCost.For("conv.i8");
}
