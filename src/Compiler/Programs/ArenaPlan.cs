namespace AdapterCompiler.Programs;

/// <summary>Where every activation buffer lies in the one array that holds them all.</summary>
/// <param name="Buffers">Buffers in order of birth.</param>
/// <param name="Size">Bytes of the arena.</param>
/// <param name="LowerBound">Bytes of the largest set of buffers alive at once: no plan can be smaller.</param>
public sealed record ArenaPlan(ValueArray<CodeBuffer> Buffers, int Size, int LowerBound);

/// <summary>One block's output.</summary>
/// <param name="Name">For the reader: block and layer.</param>
/// <param name="Length">Bytes, one a code.</param>
/// <param name="Birth">Step that writes it.</param>
/// <param name="Death">Last step that reads it.</param>
/// <param name="Offset">Start in the arena.</param>
public sealed record CodeBuffer(string Name, int Length, int Birth, int Death, int Offset = 0)
{
    /// <summary>Alive in a common step, so that their bytes must differ. A step reads and writes at once.</summary>
    public bool Overlaps(CodeBuffer other) => Birth <= other.Death && other.Birth <= Death;
}
