using System.Collections.Generic;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Sums to codes, a row of bytes for each frame.</summary>
/// <param name="levels">The table (<see cref="LevelTable"/>), bytes.</param>
/// <param name="codes">Where the rows go, bytes.</param>
/// <param name="start">Int: the first code of the group's first row.</param>
internal sealed class LevelCode(Expression levels, Expression codes, Expression start)
{
    /// <summary>Its variable.</summary>
    public static Local Entry { get; } = new("entry", IlType.Int);

    /// <summary>Writes the rows of all frames of a group.</summary>
    public void Add(List<Statement> body, IReadOnlyList<BandSum> sums)
    {
        for (int frame = 0; frame < IntegerMel.GroupFrames; frame++)
        {
            for (int band = 0; band < sums.Count; band++)
                AddCode(body, sums[band], frame, codes.At(start, (frame * sums.Count) + band));
        }
    }

    private void AddCode(List<Statement> body, BandSum sum, int frame, Expression target)
    {
        Expression half = new Conversion(frame == 0 ? sum.Variable : sum.Variable.ShiftRight(32), IlType.Int);
        body.Add(new Assign(Entry, half.ShiftRight(sum.IsQuarter ? LevelTable.LowShift - 2 : LevelTable.LowShift)));
        body.Add(new IfAbove(Entry, LevelTable.LowEntries - 1, 0, ValueArray.Of<Statement>(
            new Assign(Entry, Entry.ShiftRight(LevelTable.HighShift - LevelTable.LowShift).Plus(Expressions.Int(LevelTable.LowEntries))),
            new IfAbove(Entry, LevelTable.LowEntries + LevelTable.HighEntries - 1, 0, ValueArray.Of<Statement>(
                new Assign(Entry, Expressions.Int(LevelTable.LowEntries + LevelTable.HighEntries - 1)))))));
        body.Add(new Assign(target, levels.At(Entry)));
    }
}
