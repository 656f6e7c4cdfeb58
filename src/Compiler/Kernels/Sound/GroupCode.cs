using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.FrontEnds.Transform;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// The front end of one group of frames as code trees: two methods, the samples' sums as the arguments of the transform, which uses them as
/// variables. Frames lie in the halves of every long.
/// </summary>
public sealed class GroupCode
{
    /// <summary>Name of the method that is called.</summary>
    public const string Name = "FoldSamples";

    private const long Both = 0x1_0000_0001L;

    /// <summary>Added to every half, so that none is negative: a folded point lies in [-2^27, 2^27), a part in [-2^31, 2^31).</summary>
    private const long PointOffset = (1L << FoldedWindow.FoldedBits) * Both;
    private const long PartOffset = unchecked((1L << 31) * Both);
    private const long PartMask = ((1L << 31) - 1) * Both;

    private static readonly Argument Rows = new("rows", 0, IlType.Bytes), Levels = new("levels", 1, IlType.Bytes), Block = new("block", 2, IlType.Longs);
    private static readonly ValueArray<Argument> Parameters = ValueArray.Of(Rows, Levels, Block);

    // Constants that are read hundreds of times.
    private static readonly Local Ones = new("ones", IlType.Long), Positive = new("positive", IlType.Long), Offset = new("offset", IlType.Long);
    private static readonly Local Shift = new("shift", IlType.Int), MagnitudeShift = new("magnitudeShift", IlType.Int);
    private static readonly Local Mask = new("mask", IlType.Long), MagnitudeMask = new("magnitudeMask", IlType.Long);
    private static readonly Local Added = new("added", IlType.Long), Outside = new("outside", IlType.Long);

    private readonly IntegerMel definition;
    private readonly FoldedSamples samples;
    private readonly Argument[] points;

    private GroupCode(IntegerMel definition, bool isPacked)
    {
        this.definition = definition;
        samples = new FoldedSamples(isPacked);
        points = [.. Enumerable.Range(0, RealTransform.Points).Select(i => new Argument("p" + Wording.Number(i), i + Parameters.Count, IlType.Long, IsVariable: true))];
    }

    /// <summary>
    /// The methods <c>FoldSamples(samples, byte[] rows, byte[] levels, long[] block)</c>, which is called and fills the rows of both frames, and <c>Transform</c>.
    /// </summary>
    /// <param name="definition">The front end.</param>
    /// <param name="isPacked">Four samples lie in a long; else they are shorts.</param>
    public static ValueArray<AssembledMethod> Create(IntegerMel definition, bool isPacked = false)
    {
        var code = new GroupCode(definition ?? throw new ArgumentNullException(nameof(definition)), isPacked);
        return ValueArray.Of(AssembledMethod.Of(code.Fold()), AssembledMethod.Of(code.Transform()));
    }

    private Method Fold()
    {
        Argument[] passed = [.. Parameters.Select(parameter => parameter with { Index = parameter.Index + 1 })];
        var folded = new Expression[points.Length];
        foreach (IGrouping<int, int> point in Enumerable.Range(0, definition.GroupSamples).GroupBy(i => definition.Window.Point(i, 0)).OrderBy(group => group.Key))
        {
            foreach (int i in point)
            {
                // The sample's weights in the two frames.
                int first = Weight(i), second = Weight(i - definition.Spec.HopLength);
                if (first == 0 && second == 0)
                    continue;
                Expression product = samples.Product(i, first, second);
                folded[point.Key] = folded[point.Key] is { } before ? before.Plus(product) : product;
            }
        }

        IEnumerable<Expression> arguments = folded.Select(sum => sum is null ? Offset : sum.Plus(Offset));
        return new Method(
            Name, ValueArray.Of([samples.Array, .. passed]),
            ValueArray.Of<Statement>([
                new Assign(Offset, Expressions.Long(PointOffset), Declares: true),
                .. samples.Variables.Select(local => new Declare(local)),
                new Call("Transform", ValueArray.Of<Expression>([.. passed, .. arguments]), ValueArray<string>.Empty, ValueArray<IlType>.Empty)]),
            ValueArray.Of("Window and fold: every sample is read once and multiplied by its weight in each frame."));
    }

    private int Weight(int sample) => sample < 0 || sample >= definition.Window.Weights.Count ? 0 : definition.Window.Weights[sample];

    private Method Transform()
    {
        var pool = new VariablePool();
        var body = new List<Statement>();
        FindShift(body);
        var bins = new BandCode(definition.Bands, pool);
        LinearCode? transform = null;
        transform = new LinearCode(definition.Transform, pool, Point, body, Offset);
        transform.Emit((bin, real, imaginary) =>
        {
            Expression first = pool.Take(), second = pool.Take();
            Expression magnitude = Magnitude(first, real).Plus(Magnitude(second, imaginary))
                .ShiftRight(MagnitudeShift).And(MagnitudeMask);
            transform!.Release();
            pool.Free(first);
            pool.Free(second);
            bins.Add(body, bin + 1, magnitude);
        });
        bins.Finish(body);
        new LevelCode(Levels, Rows).Add(body, bins.Sums);
        Statement[] declarations =
        [
            // Those that are read most come first: of four the instructions are shorter.
            .. new[] { Shift, Ones, Mask, Positive, Added, MagnitudeMask, MagnitudeShift, Offset, Outside }
                .Select(local => (Statement)new Declare(local)),
            .. pool.Declarations(),
            new Assign(Ones, Expressions.Long(Both)),
            new Assign(Positive, Expressions.Long(PartMask)),
            new Assign(Offset, Expressions.Long(PartOffset)),
        ];
        return new Method(
            "Transform", ValueArray.Of([.. Parameters, .. points.Select(point => point with { IsVariable = false })]), declarations.Concat(body).ToValueArray(),
            ValueArray.Of("240 points of two frames to their rows of codes; the points' parameters are variables."));
    }

    private Expression Point(int point)
    {
        Expression rounded = points[point].ShiftRight(Shift).And(Mask);
        return point == 0 ? rounded.Plus(Expressions.Long(RealOffset())) : rounded;
    }

    // A few points say how loud it is, then all are looked at until they fit.
    private void FindShift(List<Statement> body)
    {
        Expression seen = BlockShift.Sampled
            .Select(point => points[point].Xor(points[point].ShiftRight(FoldedWindow.FoldedBits).And(Ones).Plus(Expressions.Long(((1L << FoldedWindow.FoldedBits) - 1) * Both))))
            .Aggregate((left, right) => left.Or(right));
        Expression all = points.Select(point => ((Expression)point).Plus(Added)).Aggregate((left, right) => left.Or(right));
        body.Add(Call.Kernel("FirstShift", ("seen", seen), ("block", Block)));
        body.Add(new DoWhile(new Conversion(Outside.Or(Outside.ShiftRight(32)), IlType.Int), 1, ValueArray.Of<Statement>(
            Call.Kernel("NextShift", ("block", Block)),
            new Assign(Added, Block.At(Expressions.Int(0))),
            new Assign(Outside, all.And(Block.At(Expressions.Int(1)))))));
        body.Add(new Assign(Shift, new Conversion(Block.At(Expressions.Int(2)), IlType.Int)));
        body.Add(new Assign(Mask, Block.At(Expressions.Int(3))));
        body.Add(new Assign(MagnitudeShift, new Conversion(Block.At(Expressions.Int(4)), IlType.Int)));
        body.Add(new Assign(MagnitudeMask, Block.At(Expressions.Int(5))));
    }

    // Of a part with its offset: the top bit says that it is not negative, and goes; of the others the rest is complemented.
    private static Expression Magnitude(Expression variable, Expression part) =>
        new Kept(variable, part).Xor(variable.ShiftRight(31).And(Ones).Plus(Positive));

    // Point 0 is 1/3072 of every real part: this much more there is PartOffset more in each. Exact modulo 2^64, as all of it is.
    private static long RealOffset()
    {
        long inverse = 1;
        for (int i = 0; i < 6; i++)
            inverse *= 2 - (IntegerMel.TransformScale / 1024 * inverse);
        return ((PartOffset >> 10) & ((1L << 54) - 1)) * inverse;
    }
}
