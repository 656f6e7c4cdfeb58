using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>One output as a 32-bit sum. Costs depend on the weights only, never on the data: no branches.</summary>
internal sealed class SumBlock : IDenseBlock
{
    private static readonly Local Sum = new("sum", IlType.Int);
    private readonly OutputProof proof;
    private readonly ValueArray<MagnitudeGroup> groups;

    public SumBlock(OutputProof proof)
    {
        this.proof = proof;
        // A factor is a cheap literal here, so that two terms cost more than a group of one.
        groups = MagnitudeBasis.Groups(proof.Output.Weights, splits: false);
    }

    public IlType InputType => IlType.Int;

    public IEnumerable<long> Factors => [];

    public IEnumerable<Statement> Statements(DenseWriter writer)
    {
        yield return new Comment("output " + Wording.Number(proof.Index));
        if (proof.Constant is { } constant)
        {
            yield return writer.Store(proof, Expressions.Int(constant));
            yield break;
        }

        Expression value = Total(writer).ShiftRight(proof.Shift);
        if (proof.Output.Shift is null)
        {
            yield return writer.Store(proof, value);
            yield break;
        }

        if (!proof.IsSigned && !proof.Clamps)
        {
            // An input that is the output is a byte already, where it is read from the array.
            yield return writer.Store(proof, value is Element ? value : new Conversion(value, IlType.Bytes));
            yield break;
        }

        yield return new Assign(writer.Use(Sum), value);
        Expression code = Sum;
        // max - sum, which the clamp takes, could overflow: then ReLU comes first.
        bool early = proof.IsSigned && proof.Clamps && proof.Max - (proof.Range.Low >> proof.Shift) > int.MaxValue;
        if (early)
            yield return new Assign(Sum, Positive(Sum));
        if (proof.Clamps)
            code = code.Or(Expressions.Int(proof.Max).Minus(Sum).ShiftRight(31));
        if (proof.IsSigned && !early)
            code = Positive(code);
        yield return writer.Store(proof, new Conversion(proof.Clamps ? code.And(Expressions.Int(proof.Max)) : code, IlType.Bytes));
    }

    // All ones where the sum is not negative.
    private static Expression Positive(Expression value) => value.And(new Not(Sum.ShiftRight(31)));

    private Expression Total(DenseWriter writer)
    {
        Expression? sum = proof.Output.Bias == 0 ? null : Expressions.Int(proof.Output.Bias);
        IEnumerable<MagnitudeGroup> ordered = groups;
        if (sum is null)
        {
            // Something positive comes first; a sum without anything positive starts at 0.
            MagnitudeGroup? first = groups.FirstOrDefault(group => group.Terms.Any(term => !term.IsNegative));
            if (first is null)
                sum = Expressions.Int(0);
            else
                ordered = new[] { first }.Concat(groups.Where(group => group != first));
        }

        foreach (MagnitudeGroup group in ordered)
            sum = GroupedSum.Add(sum, group.Terms, group.Factor == 1 ? null : Expressions.Int(group.Factor), writer.Input);
        return sum!;
    }
}
