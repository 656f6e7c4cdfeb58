using System.Linq;

namespace AdapterCompiler.Programs;

/// <summary>The constant tables.</summary>
/// <param name="Rows">One per output channel or class of a loop kernel, in order.</param>
/// <param name="LaneShifts">Shifts that are left after the maximum over lanes, one per channel of a global convolution.</param>
public sealed record WeightTables(ValueArray<TableRow> Rows, ValueArray<int> LaneShifts)
{
    /// <summary>Bytes of weights.</summary>
    public int WeightCount => Rows.Sum(row => row.Weights.Count);

    /// <summary>Bytes of weights (1 each), biases (4) and shifts (1).</summary>
    public int Bytes => WeightCount + (Rows.Count * sizeof(int)) + Rows.Count(row => row.Shift is not null) + LaneShifts.Count;
}

/// <summary>What one output channel or class needs.</summary>
/// <param name="Section">Which block it belongs to, for the reader.</param>
/// <param name="Number">Channel or class in the model file, from 1.</param>
/// <param name="Bias">Start of the accumulator.</param>
/// <param name="Shift">Requantisation shift; null for a class, whose logit is not requantised. Classes come last.</param>
/// <param name="Weights">Shared inputs, then own.</param>
public sealed record TableRow(string Section, int Number, int Bias, int? Shift, ValueArray<sbyte> Weights);
