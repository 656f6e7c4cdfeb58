namespace AdapterCompiler.Programs;

/// <summary>Where every activation buffer lies in the one array that holds them all.</summary>
/// <param name="Buffers">Buffers in order of birth.</param>
/// <param name="Size">Bytes of the arena.</param>
/// <param name="LowerBound">Bytes of the largest set of buffers alive at once: no plan can be smaller.</param>
public sealed record ArenaPlan(ValueArray<PlacedBuffer> Buffers, int Size, int LowerBound);

/// <summary>What is to be kept while some steps run.</summary>
/// <param name="Name">For the reader: block and layer.</param>
/// <param name="Length">Bytes, one a code.</param>
/// <param name="Birth">Step that writes it.</param>
/// <param name="Death">Last step that reads it.</param>
public record CodeBuffer(string Name, int Length, int Birth, int Death)
{
    /// <summary>Alive in a common step, so that their bytes must differ. A step reads and writes at once.</summary>
    public bool Overlaps(CodeBuffer other) => Birth <= other.Death && other.Birth <= Death;
}

/// <summary>A buffer in the arena.</summary>
/// <param name="Name">As of a <see cref="CodeBuffer"/>.</param>
/// <param name="Length">As there.</param>
/// <param name="Birth">As there.</param>
/// <param name="Death">As there.</param>
/// <param name="Offset">Its first byte.</param>
public sealed record PlacedBuffer(string Name, int Length, int Birth, int Death, int Offset) : CodeBuffer(Name, Length, Birth, Death);
