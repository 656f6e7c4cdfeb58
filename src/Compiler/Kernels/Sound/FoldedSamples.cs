using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.FrontEnds.Transform;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// A group's samples as the window reads them: an array of shorts, or of longs of four samples, which bytes of a microphone become with a
/// quarter of the work. Points are asked for in ascending order; a long is read once for its four points.
/// </summary>
/// <param name="definition">The front end.</param>
/// <param name="isPacked">Four samples lie in a long. What is new in the group is in bytes.</param>
/// <param name="isCompact">A loop makes all longs.</param>
internal sealed class FoldedSamples(IntegerMel definition, bool isPacked, bool isCompact)
{
    private const int InLong = SoundArray.InLong, Bits = 16;

    private static readonly Argument Samples = new("samples", 0, IlType.Longs), Shorts = new("samples", 0, IlType.Shorts), Bytes = new("bytes", 1, IlType.Bytes);

    // The long last read of each turn around the points, and those that points read out of turn.
    private readonly Dictionary<int, int> read = [];
    private readonly HashSet<int> readAlone = [];

    /// <summary>The arrays, the first parameters.</summary>
    public IReadOnlyList<Argument> Arrays { get; } = isPacked ? [Samples, Bytes] : [Shorts];

    /// <summary>Variables that hold longs, one for each turn around the points, those read most first.</summary>
    public IEnumerable<Local> Variables => read.Keys.OrderBy(turn => turn).Select(Variable);

    /// <summary>
    /// To come before anything is read: new longs that the next group reads too, or that are read out of turn, are stored. The others are made where they are read.
    /// </summary>
    public IEnumerable<Statement> Stored => !isPacked ? []
        : isCompact ? [Call.Kernel("PackLongs", ("bytes", Bytes), ("samples", Samples), ("from", Expressions.Int(FirstNew)), ("to", Expressions.Int(Longs)))]
        : Enumerable.Range(FirstNew, Longs - FirstNew).Where(IsStored).Select(place => new Assign(Samples.At(Expressions.Int(place)), Made(place)));

    /// <summary>A sample will be read out of turn.</summary>
    public void Announce(int sample) => readAlone.Add(sample / InLong);

    private int Longs => (definition.GroupSamples + InLong - 1) / InLong;

    private int FirstNew => new SoundArray(definition, isPacked).Kept / InLong;

    /// <summary>A sample times its weight in each frame, a frame in each half.</summary>
    /// <param name="sample">From the group's first one.</param>
    /// <param name="first">Weight in the first frame.</param>
    /// <param name="second">Weight in the second.</param>
    /// <param name="isAlone">It is read out of turn.</param>
    public Expression Product(int sample, int first, int second, bool isAlone)
    {
        if (isPacked)
            return Packed(sample, isAlone).Times(Expressions.Long(Weights(first, second)));
        Expression own = Shorts.At(Expressions.Int(sample));
        return second == 0
            ? new Conversion(own.Times(Expressions.Int(first)), IlType.Long)
            : new Conversion(own, IlType.Long).Times(Expressions.Long(first + ((long)second << 32)));
    }

    // A constant of 32 bits costs a conversion. The highest bit of all is nobody's: rounding cuts it off.
    private static long Weights(int first, int second) => second == 0 ? first + long.MinValue : first + ((long)second << 32);

    private Expression Packed(int sample, bool isAlone)
    {
        int turn = sample / RealTransform.Points, place = sample / InLong, above = Bits * (InLong - 1 - (sample % InLong));
        Expression stored = Samples.At(Expressions.Int(place)), four = isAlone ? stored : Variable(turn);
        if (!isAlone && (!read.TryGetValue(turn, out int last) || last != place))
            four = new Kept(four, place >= FirstNew && !IsStored(place) ? Made(place) : stored);
        if (!isAlone)
            read[turn] = place;
        return four.ShiftLeft(above).ShiftRight(Bits * (InLong - 1));
    }

    // The next group begins so many samples further.
    private bool IsStored(int place) => isCompact || place * InLong >= IntegerMel.GroupFrames * definition.Spec.HopLength || readAlone.Contains(place);

    private static Result Made(int place) => new("global::System.BitConverter.ToInt64", ValueArray.Of<Expression>(Bytes, Expressions.Int(place * sizeof(long))), IlType.Long);

    private static Local Variable(int turn) => new("four" + Wording.Number(turn), IlType.Long);
}
