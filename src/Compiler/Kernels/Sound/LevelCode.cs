using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// Sums to codes, a row of bytes for each frame. Both frames of a band are small together, or what is large moves to its place in the table without a further look at which
/// of them it is; sums beyond the table are rare, and <c>HeldSums</c> holds them to its end.
/// </summary>
/// <param name="levels">The table (<see cref="LevelTable"/>), bytes.</param>
/// <param name="rows">Where the rows go, bytes.</param>
/// <param name="ones">1 in each half of a long.</param>
/// <param name="isCompact">A method moves what is large.</param>
internal sealed class LevelCode(Expression levels, Expression rows, Expression ones, bool isCompact)
{
    /// <summary>Copied sections: what holds sums, and what moves them.</summary>
    public const string Held = "HeldSums", LoudEntries = "LoudEntries";

    private const long Both = 0x1_0000_0001L;

    /// <summary>Bits that the index of a large sum loses beside those of a small one's.</summary>
    private const int Lost = LevelTable.HighShift - LevelTable.LowShift;

    /// <summary>Bits of a half that what is moved differs in: those above hold what a shift brings from the other half, and are 0 in both.</summary>
    private const int MovedBits = 32 - Lost;

    /// <summary>Bands that share a first look at whether any is loud: neighbours are loud together.</summary>
    private const int Together = 8;

    private static readonly Local Low = new("low", IlType.Long);

    /// <summary>Writes the rows of both frames of a group.</summary>
    public void Add(List<Statement> body, IReadOnlyList<BandSum> sums)
    {
        if (!isCompact)
            body.Add(new Assign(Low, Expressions.Long((1L << MovedBits) - 1), Declares: true));
        Loudness entries = new("Entries", 0), whole = new("", LevelTable.LowShift);
        foreach (Loudness loudness in new[] { entries, whole }.Where(each => sums.Any(sum => sum.IsEntry == (each == entries))))
            body.AddRange(loudness.Declarations(isCompact));
        if (isCompact)
            body.AddRange(sums.Select(sum => IfLoud(sum, sum.IsEntry ? entries : whole)));
        else
            body.AddRange(Neighbours(sums).Select(some => IfSomeLoud(some, some[0].IsEntry ? entries : whole)));

        // Read first by every statement, so it stays on the evaluation stack.
        var row = new Local("row", IlType.Bytes);
        body.Add(new Assign(row, rows, Declares: true));
        for (int band = 0; band < sums.Count; band++)
        {
            int bits = sums[band].IsEntry ? entries.Bits : whole.Bits;
            body.Add(new Assign(row.At(Expressions.Int(band)), levels.At(new Conversion(sums[band].Variable, IlType.Int).ShiftRight(bits))));
            body.Add(new Assign(row.At(Expressions.Int(sums.Count + band)), levels.At(new Conversion(sums[band].Variable.ShiftRight(32 + bits), IlType.Int))));
        }
    }

    // Bands of one kind, so many at a time.
    private static IEnumerable<BandSum[]> Neighbours(IReadOnlyList<BandSum> sums)
    {
        var some = new List<BandSum>();
        foreach (BandSum sum in sums)
        {
            if (some.Count == Together || (some.Count > 0 && some[0].IsEntry != sum.IsEntry))
            {
                yield return [.. some];
                some.Clear();
            }

            some.Add(sum);
        }

        if (some.Count > 0)
            yield return [.. some];
    }

    private IfAny IfSomeLoud(BandSum[] sums, Loudness loudness) => sums.Length == 1
        ? IfLoud(sums[0], loudness)
        : new IfAny(
            sums.Select(sum => sum.Variable).Aggregate((left, right) => left.Or(right)).And(loudness.Loud), 0, sums.Select(sum => (Statement)IfLoud(sum, loudness)).ToValueArray());

    private IfAny IfLoud(BandSum band, Loudness loudness)
    {
        Expression sum = band.Variable;
        return new IfAny(sum.And(loudness.Loud), 0, isCompact
            ? ValueArray.Of<Statement>(new Assign(sum, new Result(LoudEntries, ValueArray.Of(band.IsEntry ? sum : sum.ShiftRight(loudness.Bits).And(loudness.Kept)), IlType.Long).ShiftLeft(loudness.Bits)))
            : ValueArray.Of<Statement>(
                new IfAny(sum.And(loudness.Beyond), 0, ValueArray.Of<Statement>(
                    new Assign(sum, new Result(Held, ValueArray.Of(sum, Expressions.Int((int)loudness.Highest)), IlType.Long)))),
                new Assign(sum, Moved(sum, loudness))));
    }

    // Where a half is large it becomes another, by the bits in which those differ.
    private Expression Moved(Expression sum, Loudness loudness)
    {
        Expression moved = sum.ShiftRight(Lost).Plus(loudness.First);
        return moved.Xor(sum).And(sum.Plus(loudness.Loud).ShiftRight(31).And(ones).Times(Low)).Xor(sum);
    }

    // Constants by which large sums are told and moved; a sum has so many bits below the index of its entry.
    private sealed record Loudness(string Name, int Bits)
    {
        private long Limit => (long)LevelTable.LowEntries << Bits;

        /// <summary>The highest that has an entry of its own.</summary>
        public long Highest => ((long)LevelTable.HighEntries << (Bits + Lost)) - 1;

        /// <summary>Bits of a sum that is not small; added to one they set the highest bit.</summary>
        public Local Loud => new("loud" + Name, IlType.Long);

        public Local Beyond => new("beyond" + Name, IlType.Long);

        public Local Kept => new("kept" + Name, IlType.Long);

        public Local First => new("first" + Name, IlType.Long);

        public IEnumerable<Statement> Declarations(bool isCompact)
        {
            yield return Constant(Loud, (1L << 31) - Limit);
            if (isCompact && Bits > 0)
                yield return Constant(Kept, (1L << (31 - Bits)) - 1);
            if (isCompact)
                yield break;
            yield return Constant(Beyond, (1L << 31) - 1 - Highest);
            yield return Constant(First, Limit);
        }

        private static Assign Constant(Local variable, long half) => new(variable, Expressions.Long(half * Both), Declares: true);
    }
}
