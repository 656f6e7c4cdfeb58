using System.Collections.Generic;
using AdapterCompiler.Trees;

namespace AdapterCompiler.FrontEnds.Code;

/// <summary>
/// Sums to codes, and codes into the packed image of the network's first layer: a row of longs for each frame, the bands cut into as many
/// strips as a long has lanes of 16 bits.
/// </summary>
/// <param name="levels">The table (<see cref="LevelTable"/>), bytes.</param>
/// <param name="image">Where the rows go, longs.</param>
/// <param name="start">Int: the first long of the group's first row.</param>
internal sealed class LevelCode(Expression levels, Expression image, Expression start)
{
    /// <summary>Strips of an image.</summary>
    public const int Lanes = 4;

    private const int LaneBits = 16;

    /// <summary>The variable that is read most.</summary>
    public static Local Entry { get; } = new("entry", IlType.Int);

    // Two codes each: of lanes 0 and 1, and of lanes 2 and 3.
    private static readonly Local Low = new("low", IlType.Int), High = new("high", IlType.Int);

    /// <summary>Its other variables.</summary>
    public static IEnumerable<Local> Variables => [Low, High];

    /// <summary>Writes the rows of all frames of a group.</summary>
    public void Add(List<Statement> body, IReadOnlyList<BandSum> sums)
    {
        int strip = sums.Count / Lanes;
        for (int frame = 0; frame < IntegerMel.GroupFrames; frame++)
        {
            for (int column = 0; column < strip; column++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                    AddCode(body, sums[column + (lane * strip)], frame, lane < Lanes / 2 ? Low : High, isFirst: lane % 2 == 0);
                Expression packed = new Conversion(High, IlType.Long).ShiftLeft(2 * LaneBits).Plus(new Conversion(Low, IlType.Long));
                body.Add(new Assign(image.At(start, (frame * strip) + column), packed));
            }
        }
    }

    private void AddCode(List<Statement> body, BandSum sum, int frame, Local target, bool isFirst)
    {
        Expression half = new Conversion(frame == 0 ? sum.Variable : sum.Variable.ShiftRight(32), IlType.Int);
        body.Add(new Assign(Entry, half.ShiftRight(sum.IsQuarter ? LevelTable.LowShift - 2 : LevelTable.LowShift)));
        body.Add(new IfAbove(Entry, LevelTable.LowEntries - 1, 0, ValueArray.Of<Statement>(
            new Assign(Entry, Entry.ShiftRight(LevelTable.HighShift - LevelTable.LowShift).Plus(Expressions.Int(LevelTable.LowEntries))),
            new IfAbove(Entry, LevelTable.LowEntries + LevelTable.HighEntries - 1, 0, ValueArray.Of<Statement>(
                new Assign(Entry, Expressions.Int(LevelTable.LowEntries + LevelTable.HighEntries - 1)))))));
        Expression code = levels.At(Entry);
        body.Add(new Assign(target, isFirst ? code : target.Plus(code.ShiftLeft(LaneBits))));
    }
}
