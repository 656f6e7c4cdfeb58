using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
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

    /// <summary>Added to both halves of a folded point, in [-2^27, 2^27), to see how large it is: enough that none is negative and that the highest bit of its number is free.</summary>
    private const long SeenOffset = (2L << FoldedWindow.FoldedBits) * Both;

    /// <summary>Added to a point that is shifted by 0, which then lies in [0, 2^13): none is negative where it fits.</summary>
    private const long FitsOffset = (1L << BlockShift.PointBits) * Both;

    /// <summary>Added to every half of a part, which lies in [-2^31, 2^31).</summary>
    private const long PartOffset = unchecked((1L << 31) * Both);
    private const long PartMask = ((1L << 31) - 1) * Both;

    /// <summary>Bits of a shifted point.</summary>
    private const long PointMask = ((2L << BlockShift.PointBits) - 1) * Both;

    private static readonly Argument Rows = new("rows", 0, IlType.Bytes), Levels = new("levels", 1, IlType.Bytes);
    private static readonly Argument FirstShift = new("firstShift", 2, IlType.Int), Fits = new("fits", 3, IlType.Long);
    private static readonly ValueArray<Argument> Buffers = ValueArray.Of(Rows, Levels), Parameters = ValueArray.Of(Rows, Levels, FirstShift, Fits);

    // Constants that are read hundreds of times.
    private static readonly Local Ones = new("ones", IlType.Long), Positive = new("positive", IlType.Long), Offset = new("offset", IlType.Long);
    private static readonly Local Shift = new("shift", IlType.Int), MagnitudeShift = new("magnitudeShift", IlType.Int);
    private static readonly Local Mask = new("mask", IlType.Long), MagnitudeMask = new("magnitudeMask", IlType.Long), HalfMask = new("halfMask", IlType.Long), Outside = new("outside", IlType.Long), Beyond = new("beyond", IlType.Long);

    // Of the fold.
    private static readonly Local Quiet = new("quiet", IlType.Long), Fitting = new("fits", IlType.Long), Moved = new("moved", IlType.Long);

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
    /// The methods <c>FoldSamples(samples, byte[] rows, byte[] levels)</c>, which is called and fills the rows of both frames, and <c>Transform</c>.
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
        Argument[] passed = [.. Buffers.Select(buffer => buffer with { Index = buffer.Index + 1 })];

        // A few points say how loud it is before the others are folded.
        Dictionary<int, Local> looked = BlockShift.Sampled.ToDictionary(point => point, point => new Local("p" + Wording.Number(point), IlType.Long));
        Expression seen = BlockShift.Sampled
            .Select(point => new Kept(looked[point], Folded(point, isAlone: true).Plus(Quiet)).Xor(looked[point].ShiftLeft(1)))
            .Aggregate((left, right) => left.Or(right));
        Expression[] arguments = [.. Enumerable.Range(0, points.Length).Select(point => looked.TryGetValue(point, out Local? sum) ? sum.Plus(Moved) : Folded(point, isAlone: false).Plus(Fitting))];
        return new Method(
            Name, ValueArray.Of([samples.Array, .. passed]),
            ValueArray.Of<Statement>([
                // Those that are read most come first: of four the instructions are shorter.
                .. samples.Variables.Append(Fitting).Select(local => new Declare(local)),
                new Assign(Quiet, Expressions.Long(SeenOffset), Declares: true),
                .. looked.Values.Select(local => new Declare(local)),
                new Assign(Shift, new Result("FirstShift", ValueArray.Of(seen), IlType.Int), Declares: true),
                new Assign(Fitting, new Binary(Operator.ShiftLeft, Expressions.Long(FitsOffset), Shift)),
                new Assign(Moved, Fitting.Minus(Quiet), Declares: true),
                new Call("Transform", ValueArray.Of<Expression>([.. passed, Shift, Fitting, .. arguments]), ValueArray<string>.Empty, ValueArray<IlType>.Empty)]),
            ValueArray.Of("Window and fold: every sample is multiplied by its weight in each frame."));
    }

    // A point of both frames.
    private Expression Folded(int point, bool isAlone)
    {
        Expression? sum = null;
        foreach (int i in Enumerable.Range(0, definition.GroupSamples).Where(i => definition.Window.Point(i, 0) == point))
        {
            // The sample's weights in the two frames.
            int first = Weight(i), second = Weight(i - definition.Spec.HopLength);
            if (first == 0 && second == 0)
                continue;
            Expression product = samples.Product(i, first, second, isAlone);
            sum = sum is null ? product : sum.Plus(product);
        }

        return sum ?? Expressions.Long(0);
    }

    private int Weight(int sample) => sample < 0 || sample >= definition.Window.Weights.Count ? 0 : definition.Window.Weights[sample];

    private Method Transform()
    {
        var pool = new VariablePool();
        var body = new List<Statement>();
        FindShift(body);
        var bins = new BandCode(definition.Bands, pool);
        var halves = new HalfBinCode(definition.HalfBins, pool, (first, real, second, imaginary) => InUnit(Octagon(first, Magnitude(first, real), second, Magnitude(second, imaginary))));
        LinearCode? transform = null;
        transform = new LinearCode(definition.Transform, pool, Point, body, Offset);
        transform.Emit((place, real, imaginary) =>
        {
            Expression first = pool.Take(), second = pool.Take();
            int bin = definition.Bands.Bins[place];
            bool isKept = halves.Reads(bin);
            Expression third = isKept ? pool.Take() : first, fourth = isKept ? pool.Take() : second;
            Expression magnitude = InUnit(IntegerMelLimits.IsOctagon(definition.Spec, bin)
                ? Octagon(third, Magnitude(first, real), fourth, Magnitude(second, imaginary))
                : Magnitude(first, real).Plus(Magnitude(second, imaginary)));
            transform!.Release();
            pool.Free(third);
            pool.Free(fourth);
            bins.Add(body, bin, magnitude);
            if (isKept)
                halves.Keep(body, bin, first, second, (below, value) => bins.AddHalf(body, below, value));
        });
        bins.Finish(body);
        new LevelCode(Levels, Rows).Add(body, bins.Sums);
        Statement[] declarations =
        [
            // Those that are read most come first: of four the instructions are shorter.
            .. new[] { Shift, Ones, Mask, Positive, MagnitudeMask, MagnitudeShift, Offset, Outside, Beyond }
                .Select(local => (Statement)new Declare(local)),
            .. pool.Declarations(),
            new Assign(Ones, Expressions.Long(Both)),
            new Assign(Mask, Expressions.Long(PointMask)),
            new Assign(Positive, Expressions.Long(PartMask)),
            new Assign(Offset, Expressions.Long(PartOffset)),
            .. definition.Spec.IsFine ? [new Assign(HalfMask, Expressions.Long(((1L << 30) - 1) * Both), Declares: true)] : Enumerable.Empty<Statement>(),
            .. halves.Declarations,
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

    // All points are looked at until they fit: with the offset none of a shift's bits above is set. The highest bit of all is nobody's.
    private void FindShift(List<Statement> body)
    {
        Expression all = points.Aggregate((Expression?)null, (before, point) => before is null ? point : before.Or(point))!;
        body.Add(new Assign(Shift, FirstShift));
        var beyond = new Assign(Beyond, new Not(Bits(BlockShift.PointBits + 1)).And(Expressions.Long(long.MaxValue)));
        body.Add(beyond);
        body.Add(new DoWhile(Outside, 1, ValueArray.Of<Statement>(
            new Assign(Outside, all.And(Beyond)),
            new IfAny(Outside, 0, ValueArray.Of<Statement>([
                .. points.Select(point => new Assign(point, point.Plus(Fits))),
                new Assign(Fits, Fits.Plus(Fits)),
                new Assign(Shift, Shift.Plus(Expressions.Int(1))),
                beyond])))));
        body.Add(new Assign(MagnitudeShift, Expressions.Int(IntegerMel.MagnitudeShift).Minus(Shift)));
        body.Add(new Assign(MagnitudeMask, Bits(32 - IntegerMel.MagnitudeShift)));
    }

    // So many bits of each half, and as many more as the shift.
    private static Expression Bits(int bits) => new Binary(Operator.ShiftLeft, Ones, Shift.Plus(Expressions.Int(bits))).Minus(Ones);

    // In the unit of every group.
    private static Expression InUnit(Expression magnitude) => magnitude.ShiftRight(MagnitudeShift).And(MagnitudeMask);

    // The sum of two magnitudes, which the variables keep, and half their difference.
    private static Expression Octagon(Expression first, Expression real, Expression second, Expression imaginary) =>
        new Kept(first, real).Plus(new Kept(second, imaginary)).Plus(Magnitude(first, first.Minus(second).Plus(Offset)).ShiftRight(1).And(HalfMask));

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
