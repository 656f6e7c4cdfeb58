using System.Linq;

namespace AdapterCompiler.Programs;

/// <summary>The constant tables.</summary>
/// <param name="Rows">One per output channel or class of a loop kernel, in order.</param>
/// <param name="LaneShifts">Shifts that are left after the maximum over lanes, block by block of a global convolution.</param>
public sealed record WeightTables(ValueArray<TableRow> Rows, ValueArray<LaneShiftRow> LaneShifts)
{
    /// <summary>Bytes of weights, or of what stands for them.</summary>
    public int WeightCount => Rows.Sum(row => row.Weights.Count);

    /// <summary>Bytes of weights (1 each), biases (4) and shifts (1).</summary>
    public int Bytes => WeightCount + (Rows.Count * sizeof(int)) + Rows.Count(row => row.Shift is not null) + LaneShifts.Sum(block => block.Shifts.Count);
}

/// <summary>What is left to shift of a block's codes.</summary>
/// <param name="Section">The block, for the reader.</param>
/// <param name="Shifts">One per channel.</param>
public sealed record LaneShiftRow(string Section, ValueArray<int> Shifts);

/// <summary>What one output channel or class needs.</summary>
/// <param name="Section">Which block it belongs to, for the reader.</param>
/// <param name="Number">Channel or class in the model file, from 1.</param>
/// <param name="Bias">Start of the accumulator.</param>
/// <param name="Shift">Requantisation shift; null for a class, whose logit is not requantised. Classes come last.</param>
/// <param name="Weights">Shared inputs, then own.</param>
/// <param name="IsWide">They are numbers of two bytes each, the lower one first, in a table of their own.</param>
public sealed record TableRow(string Section, int Number, int Bias, int? Shift, ValueArray<sbyte> Weights, bool IsWide = false)
{
    /// <summary>Numbers of a wide row.</summary>
    public ValueArray<int> Terms => Enumerable.Range(0, Weights.Count / 2).Select(i => (Weights[2 * i] & 0xFF) + (Weights[(2 * i) + 1] << 8)).ToValueArray();
}
