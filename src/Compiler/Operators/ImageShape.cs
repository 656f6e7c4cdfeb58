namespace AdapterCompiler.Operators;

/// <summary>Sides of one channel's image; 1 x 1 where a channel is a single code.</summary>
/// <param name="Rows">Time.</param>
/// <param name="Columns">Frequency.</param>
public readonly record struct ImageShape(int Rows, int Columns)
{
    /// <summary>Codes of a channel.</summary>
    public int Positions => Rows * Columns;
}
