using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.FrontEnds.Transform;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// A group's samples as the window reads them: an array of shorts, or of longs of four samples, which bytes of a microphone become with a
/// quarter of the work. Points are asked for in ascending order; a long is read once for its four points.
/// </summary>
/// <param name="isPacked">Four samples lie in a long.</param>
internal sealed class FoldedSamples(bool isPacked)
{
    private const int InLong = SoundArray.InLong, Bits = 16;

    // The long last read of each turn around the points.
    private readonly Dictionary<int, int> read = [];

    /// <summary>The array, the first parameter.</summary>
    public Argument Array { get; } = new("samples", 0, isPacked ? IlType.Longs : IlType.Shorts);

    /// <summary>Variables that hold longs, one for each turn around the points.</summary>
    public IEnumerable<Local> Variables => read.Keys.OrderBy(turn => turn).Select(Variable);

    /// <summary>A sample times its weight in each frame, a frame in each half.</summary>
    /// <param name="sample">From the group's first one.</param>
    /// <param name="first">Weight in the first frame.</param>
    /// <param name="second">Weight in the second.</param>
    /// <param name="isAlone">It is read out of turn.</param>
    public Expression Product(int sample, int first, int second, bool isAlone)
    {
        if (isPacked)
            return Packed(sample, isAlone).Times(Expressions.Long(Weights(first, second)));
        Expression own = Array.At(Expressions.Int(sample));
        return second == 0
            ? new Conversion(own.Times(Expressions.Int(first)), IlType.Long)
            : new Conversion(own, IlType.Long).Times(Expressions.Long(first + ((long)second << 32)));
    }

    // A constant of 32 bits costs a conversion. The highest bit of all is nobody's: rounding cuts it off.
    private static long Weights(int first, int second) => second == 0 ? first + long.MinValue : first + ((long)second << 32);

    private Expression Packed(int sample, bool isAlone)
    {
        int turn = sample / RealTransform.Points, place = sample / InLong, above = Bits * (InLong - 1 - (sample % InLong));
        Expression four = isAlone ? Array.At(Expressions.Int(place)) : Variable(turn);
        if (!isAlone && (!read.TryGetValue(turn, out int last) || last != place))
            four = new Kept(four, Array.At(Expressions.Int(place)));
        if (!isAlone)
            read[turn] = place;
        return four.ShiftLeft(above).ShiftRight(Bits * (InLong - 1));
    }

    private static Local Variable(int turn) => new("four" + Wording.Number(turn), IlType.Long);
}
