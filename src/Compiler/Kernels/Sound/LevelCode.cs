using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Sums to codes, a row of bytes for each frame. Both frames of a band are small together or are looked at by <c>LoudSums</c>, which moves what is large to its place in the table.</summary>
/// <param name="levels">The table (<see cref="LevelTable"/>), bytes.</param>
/// <param name="rows">Where the rows go, bytes.</param>
internal sealed class LevelCode(Expression levels, Expression rows)
{
    /// <summary>The copied section.</summary>
    public const string Section = "LoudSums";

    private const long Both = 0x1_0000_0001L;

    // Bits of a sum, or of a quarter of one, that is not small.
    private static readonly Local Loud = new("loud", IlType.Long), LoudQuarters = new("loudQuarters", IlType.Long);

    /// <summary>Writes the rows of both frames of a group.</summary>
    public void Add(List<Statement> body, IReadOnlyList<BandSum> sums)
    {
        const int small = LevelTable.LowEntries << LevelTable.LowShift;
        Expression loud = Constant(body, Loud, (int.MaxValue - (small - 1)) * Both, sums.Count(sum => !sum.IsQuarter));
        Expression loudQuarters = Constant(body, LoudQuarters, (int.MaxValue - ((small >> 2) - 1)) * Both, sums.Count(sum => sum.IsQuarter));
        for (int band = 0; band < sums.Count; band++)
        {
            BandSum sum = sums[band];
            int lost = sum.IsQuarter ? 2 : 0;
            body.Add(new IfAny(sum.Variable.And(sum.IsQuarter ? loudQuarters : loud), 0, ValueArray.Of<Statement>(
                new Assign(sum.Variable, new Result(Section, ValueArray.Of(sum.Variable.ShiftLeft(lost)), IlType.Long).ShiftRight(lost)))));
            int shift = LevelTable.LowShift - lost;
            body.Add(Code(band, new Conversion(sum.Variable, IlType.Int).ShiftRight(shift)));
            body.Add(Code(sums.Count + band, new Conversion(sum.Variable.ShiftRight(32 + shift), IlType.Int)));
        }
    }

    // A variable where it is read more than once.
    private static Expression Constant(List<Statement> body, Local variable, long value, int reads)
    {
        if (reads < 2)
            return Expressions.Long(value);
        body.Add(new Assign(variable, Expressions.Long(value), Declares: true));
        return variable;
    }

    private Assign Code(int place, Expression entry) => new(rows.At(Expressions.Int(place)), levels.At(entry));
}
