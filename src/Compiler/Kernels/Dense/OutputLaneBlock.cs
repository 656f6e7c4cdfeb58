using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>A group of outputs in the lanes of one long: the sum, then codes or logits out of its lanes.</summary>
internal sealed class OutputLaneBlock(LaneGroup group) : IDenseBlock
{
    private static readonly Local Packed = new("packed", IlType.Long);
    private readonly LaneFormat format = group.Format;

    public LaneGroup Group => group;

    public IlType InputType => IlType.Long;

    public IEnumerable<long> Factors => group.Groups.Select(packed => packed.Factor);

    private bool AreLogits => group.Outputs[0].Output.Shift is null;

    // With its guard a lane says whether its sum is negative.
    private bool AreGuarded => !AreLogits && group.Outputs.Any(output => output.IsSigned);

    public IEnumerable<Statement> Statements(DenseWriter writer)
    {
        yield return new Comment(
            (group.Outputs.Count == 1 ? "output " : "outputs ") + string.Join(", ", group.Outputs.Select(output => Wording.Number(output.Index)))
            + " in lanes of " + Wording.Number(format.Bits) + " bits, the lowest first");
        yield return new Assign(writer.Use(Packed), Sum(writer));
        if (!AreLogits)
        {
            LaneConstants constants = writer.Constants(format);
            if (AreGuarded)
                yield return new Assign(Packed, LaneChannel.Relu(Packed, format, constants));
            if (group.Outputs.Any(output => output.Clamps))
                yield return new Assign(Packed, Saturated(constants));
        }

        for (int i = 0; i < group.Outputs.Count; i++)
            yield return writer.Store(group.Outputs[i], AreLogits ? Logit(i, writer.Constants(format)) : Code(i, writer.Constants(format)));
    }

    /// <summary>What a lane has on top of its output's sum.</summary>
    public long Offset(int output) => !AreLogits ? (AreGuarded ? format.GuardValue : 0) : IsTop(output) ? 0 : -group.Outputs[output].Range.Low;

    private bool IsTop(int output) => output == group.Outputs.Count - 1;

    private int ShiftOf(int output) => (group.FirstLane + output) * format.Bits;

    private Expression Sum(DenseWriter writer)
    {
        long start = 0;
        for (int i = 0; i < group.Outputs.Count; i++)
            start = unchecked(start + ((group.Outputs[i].Output.Bias + Offset(i)) << ShiftOf(i)));
        bool isLast = LaneGroup.IsForbidden(start);
        Expression? sum = start == 0 || isLast ? null : Expressions.Long(start);
        IEnumerable<PackedGroup> ordered = group.Groups;
        if (sum is null)
        {
            PackedGroup? first = group.Groups.FirstOrDefault(packed => packed.Terms.Any(term => !term.IsNegative));
            if (first is null)
                sum = Expressions.Long(0);
            else
                ordered = new[] { first }.Concat(group.Groups.Where(packed => packed != first));
        }

        foreach (PackedGroup packed in ordered)
            sum = GroupedSum.Add(sum, packed.Terms, writer.Factor(packed.Factor), writer.Input);
        return isLast ? sum!.Minus(Expressions.Long(-start)) : sum!;
    }

    /// <summary>Where a lane passes the largest code all its bits become ones: the shift and the mask make the largest code of them.</summary>
    private Expression Saturated(LaneConstants constants)
    {
        long limit = 0;
        for (int i = 0; i < group.Outputs.Count; i++)
        {
            OutputProof output = group.Outputs[i];
            if (output.Clamps)
                limit = unchecked(limit + ((format.GuardValue - (((long)output.Max + 1) << output.Shift)) << ShiftOf(i)));
        }

        return Packed.Or(Packed.Plus(Expressions.Long(limit)).ShiftRight(format.Guard).And(constants.Ones).Times(constants.Below));
    }

    private Conversion Code(int output, LaneConstants constants)
    {
        OutputProof proof = group.Outputs[output];
        Expression code = Packed.ShiftRight(ShiftOf(output) + proof.Shift);
        // A large shift brings the next lane close: the mask holds no more than a lane below its guard.
        int mask = (int)Math.Min(proof.Max, (format.GuardValue >> proof.Shift) - 1);
        return new Conversion(IsTop(output) && !proof.Clamps ? code : code.And(constants.Saturated(mask)), IlType.Bytes);
    }

    private Expression Logit(int output, LaneConstants constants)
    {
        Expression lane = Packed.ShiftRight(ShiftOf(output));
        if (IsTop(output))
            return new Conversion(lane, IlType.Int);
        int low = (int)group.Outputs[output].Range.Low;
        var value = new Conversion(lane.And(constants.Saturated((int)((1L << Math.Min(31, format.Bits)) - 1))), IlType.Int);
        return low is < 0 and > int.MinValue ? value.Minus(Expressions.Int(-low)) : value.Plus(Expressions.Int(low));
    }
}
