using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.FrontEnds.Transform;
using AdapterCompiler.Targets;
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

    /// <summary>Added to a shifted point, which then lies in [0, 2^13) where it fits.</summary>
    private const long FitsOffset = (1L << BlockShift.PointBits) * Both;

    /// <summary>What points are computed modulo before they are shifted: enough that what does not fit, negative or not, sets a bit above those of a point.</summary>
    private const long Turn = (4L << FoldedWindow.FoldedBits) * Both;

    /// <summary>Added to every half of a part, which lies in [-2^31, 2^31).</summary>
    private const long PartOffset = unchecked((1L << 31) * Both);
    private const long PartMask = ((1L << 31) - 1) * Both;

    /// <summary>Bits above those of a point, its sign not counted.</summary>
    private const long Above = ((1L << 31) - (2L << BlockShift.PointBits)) * Both;

    // The array that is read most comes first.
    private static readonly Argument Levels = new("levels", 0, IlType.Bytes), Rows = new("rows", 1, IlType.Bytes), Found = new("shift", 2, IlType.Int);
    private static readonly ValueArray<Argument> Buffers = ValueArray.Of(Levels, Rows), Parameters = ValueArray.Of(Levels, Rows, Found);

    // Constants that are read hundreds of times.
    private static readonly Local Ones = new("ones", IlType.Long), Positive = new("positive", IlType.Long), Offset = new("offset", IlType.Long);
    private static readonly Local Shift = new("shift", IlType.Int), MagnitudeShift = new("magnitudeShift", IlType.Int), EntryShift = new("entryShift", IlType.Int);
    private static readonly Local Mask = new("mask", IlType.Long), MagnitudeMask = new("magnitudeMask", IlType.Long), EntryMask = new("entryMask", IlType.Long), HalfMask = new("halfMask", IlType.Long);

    // Of the fold.
    private static readonly Local Quiet = new("quiet", IlType.Long), Fitting = new("fits", IlType.Long), Moved = new("moved", IlType.Long);

    private readonly IntegerMel definition;
    private readonly FoldedSamples samples;
    private readonly bool isCompact;
    private readonly Argument[] points;

    private GroupCode(IntegerMel definition, bool isPacked, bool isCompact)
    {
        this.definition = definition;
        this.isCompact = isCompact;
        samples = new FoldedSamples(definition, isPacked, isCompact);
        points = [.. Enumerable.Range(0, RealTransform.Points).Select(i => new Argument("p" + Wording.Number(i), i + Parameters.Count, IlType.Long, IsVariable: true))];
    }

    /// <summary>
    /// The methods <c>FoldSamples(samples, levels, rows)</c>, of packed samples <c>FoldSamples(samples, bytes, levels, rows)</c>, which is called and fills the rows of both frames, and <c>Transform</c>.
    /// </summary>
    /// <param name="definition">The front end.</param>
    /// <param name="isPacked">Four samples lie in a long; else they are shorts.</param>
    /// <param name="isCompact">Less IL, a fiftieth more work.</param>
    public static ValueArray<AssembledMethod> Create(IntegerMel definition, bool isPacked = false, bool isCompact = false)
    {
        var code = new GroupCode(definition ?? throw new ArgumentNullException(nameof(definition)), isPacked, isCompact);
        return ValueArray.Of(AssembledMethod.Of(code.Fold()), code.Transform());
    }

    private Method Fold()
    {
        Argument[] passed = [.. Buffers.Select(buffer => buffer with { Index = buffer.Index + samples.Arrays.Count })];
        foreach (int sample in BlockShift.Sampled.SelectMany(Samples))
            samples.Announce(sample);

        // A few points say how loud it is before the others are folded.
        Dictionary<int, Local> looked = BlockShift.Sampled.ToDictionary(point => point, point => new Local("p" + Wording.Number(point), IlType.Long));
        Expression seen = BlockShift.Sampled
            .Select(point => new Kept(looked[point], Folded(point, isAlone: true).Plus(Quiet)).Xor(looked[point].ShiftLeft(1)))
            .Aggregate((left, right) => left.Or(right));
        Expression[] arguments = [.. Enumerable.Range(0, points.Length).Select(point =>
            Rounded(looked.TryGetValue(point, out Local? sum) ? sum.Plus(Moved) : Folded(point, isAlone: false).Plus(Fitting)))];
        return new Method(
            Name, ValueArray.Of([.. samples.Arrays, .. passed]),
            ValueArray.Of<Statement>([
                // Those that are read most come first: of four the instructions are shorter.
                .. new[] { Fitting, Shift, Mask }.Concat(samples.Variables).Append(Moved).Select(local => new Declare(local)),
                new Assign(Quiet, Expressions.Long(SeenOffset), Declares: true),
                .. looked.Values.Select(local => new Declare(local)),
                .. samples.Stored,
                new Assign(Shift, new Result("FirstShift", ValueArray.Of(seen), IlType.Int).Minus(Expressions.Int(1))),

                // Once, and again where some point does not fit.
                new DoWhile(new Result("Transform", ValueArray.Of<Expression>([.. passed, Shift, .. arguments]), IlType.Int), 1, ValueArray.Of<Statement>(
                    new Assign(Shift, Shift.Plus(Expressions.Int(1))),
                    new Assign(Mask, Expressions.Long(Turn).ShiftRight(Shift).Minus(Expressions.Long(Both))),
                    new Assign(Fitting, new Binary(Operator.ShiftLeft, Expressions.Long(FitsOffset), Shift).Plus(Expressions.Long(Turn))),
                    new Assign(Moved, Fitting.Minus(Quiet))))]),
            ValueArray.Of("Window and fold: every sample is multiplied by its weight in each frame."));
    }

    // Of both frames, and what one's bits leave in the other's half is cut off.
    private static Expression Rounded(Expression point) => point.ShiftRight(Shift).And(Mask);

    // A point of both frames.
    private Expression Folded(int point, bool isAlone)
    {
        Expression? sum = null;
        foreach (int i in Samples(point))
        {
            Expression product = samples.Product(i, Weight(i), Weight(i - definition.Spec.HopLength), isAlone);
            sum = sum is null ? product : sum.Plus(product);
        }

        return sum ?? Expressions.Long(0);
    }

    // Those that a window hears.
    private IEnumerable<int> Samples(int point) => Enumerable.Range(0, definition.GroupSamples)
        .Where(i => definition.Window.Point(i, 0) == point && (Weight(i) != 0 || Weight(i - definition.Spec.HopLength) != 0));

    private int Weight(int sample) => sample < 0 || sample >= definition.Window.Weights.Count ? 0 : definition.Window.Weights[sample];

    // Where few of the transform's outputs are read, much of it is read once, and more may wait at a time than a method has locals: sparse bands that are few.
    private AssembledMethod Transform()
    {
        var quick = AssembledMethod.Of(Transform(waitsForFew: false));
        return quick.Figures.Locals <= DeviceLimits.Locals ? quick : AssembledMethod.Of(Transform(waitsForFew: true));
    }

    private Method Transform(bool waitsForFew)
    {
        var first = new VariablePool();
        Transform(first, waitsForFew);
        var inParameters = new HashSet<int>();
        while (true)
        {
            var pool = new VariablePool(first.InLocals(inParameters));
            Method method = Transform(pool, waitsForFew);
            int before = inParameters.Count;
            inParameters.UnionWith(pool.ReadFirst(method.Body));
            if (inParameters.Count == before)
                return method;
        }
    }

    private Method Transform(VariablePool pool, bool waitsForFew)
    {
        var body = new List<Statement>();
        var bins = new BandCode(definition.Bands, pool, InUnit, InEntries);
        var magnitudes = new MagnitudeCode(body, Ones, Positive, Offset, HalfMask);
        var halves = new HalfBinCode(definition.HalfBins, pool);
        var transform = new LinearCode(definition.Transform, pool, Point, body, Offset, waitsForFew);
        transform.Emit((place, real, imaginary) =>
        {
            int bin = definition.Bands.Bins[place];
            bool isKept = halves.Reads(bin);
            if (isKept)
                (real, imaginary) = (Stored(body, pool.Take(), real), Stored(body, pool.Take(), imaginary));
            Expression magnitude = Magnitude(magnitudes, pool, IntegerMelLimits.IsOctagon(definition.Spec, bin), real, imaginary, transform.Release);
            bins.Add(body, bin, magnitude);
            if (isKept)
                halves.Keep(body, bin, real, imaginary, half => bins.AddHalf(body, half.Bin, Magnitude(magnitudes, pool, isOctagon: true, half.Real, half.Imaginary, () => { })));
        });
        bins.Finish(body);
        new LevelCode(Levels, Rows, Ones, isCompact).Add(body, bins.Sums);
        body.Add(new Return(Expressions.Int(0)));
        Statement[] declarations =
        [
            // Those that are read most come first: of four the instructions are shorter.
            .. new[] { Ones, Positive }.Concat(bins.HasSums ? [MagnitudeShift, MagnitudeMask] : []).Concat(bins.HasEntries ? [EntryShift, EntryMask] : []).Append(Offset)
                .Select(local => (Statement)new Declare(local)),
            .. pool.Declarations(),
            AllFit(),
            new Assign(Ones, Expressions.Long(Both)),
            .. Units(bins),
            new Assign(Positive, Expressions.Long(PartMask)),
            new Assign(Offset, Expressions.Long(PartOffset)),
            .. definition.Spec.IsFine ? [new Assign(HalfMask, Expressions.Long(((1L << 30) - 1) * Both), Declares: true)] : Enumerable.Empty<Statement>(),
            .. bins.Declarations,
            .. halves.Declarations,
        ];
        return new Method(
            "Transform", ValueArray.Of([.. Parameters, .. points.Select(point => point with { IsVariable = false })]), declarations.Concat(body).ToValueArray(),
            ValueArray.Of("240 points of two frames to their rows of codes; the points' parameters are variables. 1, and nothing is written, where one does not fit."), IlType.Int);
    }

    private static Expression Stored(List<Statement> body, Expression variable, Expression value)
    {
        body.Add(new Assign(variable, value));
        return variable;
    }

    // Variables are free again once the parts were read, before the magnitude has one.
    private static Expression Magnitude(MagnitudeCode magnitudes, VariablePool pool, bool isOctagon, Expression real, Expression imaginary, Action release)
    {
        Expression second = pool.Take(), first = isOctagon ? pool.Take() : second;
        Expression magnitude = isOctagon ? magnitudes.Octagon(first, real, second, imaginary) : magnitudes.Sum(real, second, imaginary);
        release();
        pool.Free(second);
        if (isOctagon)
            pool.Free(first);
        return magnitude;
    }

    private Expression Point(int point) => point == 0 ? points[0].Plus(Expressions.Long(RealOffset())) : points[point];

    // Where a point does not fit, one of the bits above is set. Those looked at first fit with a bit to spare. The highest bit of all is nobody's.
    private Refuse AllFit() => new(
        ValueArray.Of(new Comparison(
            points.Where((_, point) => !BlockShift.Sampled.Contains(point)).Cast<Expression>().Aggregate((before, point) => before.Or(point)).And(Expressions.Long(Above)), IsEqual: false, Expressions.Int(0))),
        new Return(Expressions.Int(1)));

    // Of magnitudes, as far as they are read.
    private static IEnumerable<Statement> Units(BandCode bins)
    {
        if (bins.HasSums)
        {
            yield return new Assign(MagnitudeShift, Expressions.Int(IntegerMel.MagnitudeShift).Minus(Found));
            yield return new Assign(MagnitudeMask, Bits(32 - IntegerMel.MagnitudeShift));
        }

        if (bins.HasEntries)
        {
            yield return new Assign(EntryShift, Expressions.Int(IntegerMel.MagnitudeShift + BandSum.QuarterShift).Minus(Found));
            yield return new Assign(EntryMask, Bits(32 - IntegerMel.MagnitudeShift - BandSum.QuarterShift));
        }
    }

    // So many bits of each half, and as many more as the shift.
    private static Expression Bits(int bits) => new Binary(Operator.ShiftLeft, Ones, Found.Plus(Expressions.Int(bits))).Minus(Ones);

    // In the unit of every group.
    private static Expression InUnit(Expression magnitude) => magnitude.ShiftRight(MagnitudeShift).And(MagnitudeMask);

    // The same as an entry of the logarithm's table, of a bin that is a band.
    private static Expression InEntries(Expression magnitude) => magnitude.ShiftRight(EntryShift).And(EntryMask);

    // Point 0 is 1/3072 of every real part: this much more there is PartOffset more in each. Exact modulo 2^64, as all of it is.
    private static long RealOffset()
    {
        long inverse = 1;
        for (int i = 0; i < 6; i++)
            inverse *= 2 - (IntegerMel.TransformScale / 1024 * inverse);
        return ((PartOffset >> 10) & ((1L << 54) - 1)) * inverse;
    }
}
