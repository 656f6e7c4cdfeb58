using System;
using System.Linq;

namespace AdapterCompiler.Programs;

/// <summary>What lies where in an arena: codes in one of bytes, packed images in one of longs.</summary>
/// <param name="Buffers">In the order in which they were asked for.</param>
/// <param name="Size">Elements of the arena.</param>
/// <param name="LowerBound">Elements that must be kept at once: no plan can be smaller.</param>
public sealed record ArenaPlan(ValueArray<PlacedBuffer> Buffers, int Size, int LowerBound);

/// <summary>What is to be kept while some steps run.</summary>
/// <param name="Name">For the reader: block and layer.</param>
/// <param name="Lines">Lines, 1 where none of it is free before all of it is.</param>
/// <param name="Stride">Elements of a line.</param>
/// <param name="Birth">Step that writes it.</param>
/// <param name="Death">Last step that reads it.</param>
/// <param name="IsInPlace">
/// It is written line by line while its input, the buffer that dies in the same step, is read once from top to bottom, two lines for each line
/// written: so it may lie over lines that have been read.
/// </param>
public record ArenaBuffer(string Name, int Lines, int Stride, int Birth, int Death, bool IsInPlace = false)
{
    /// <summary>Elements.</summary>
    public int Length => Lines * Stride;

    /// <summary>Alive in a common step, so that their elements must differ. A step reads and writes at once.</summary>
    public bool Overlaps(ArenaBuffer other) => Birth <= other.Death && other.Birth <= Death;

    /// <summary>How far before its input it must start, written in place, so that no line is overwritten before it has been read.</summary>
    public int Lead(ArenaBuffer input)
    {
        int lead = 0;
        for (int line = 0; line < Lines; line++)
            lead = Math.Max(lead, (Stride * (line + 1)) - (input.Stride * FirstRead(line)));
        return lead;
    }

    /// <summary>The most elements of it and its input that must be kept at once: lines that are written, and those that are still read.</summary>
    public int KeptWith(ArenaBuffer input) => !IsInPlace ? Length + input.Length
        : Enumerable.Range(0, Lines).Max(line => (Stride * (line + 1)) + (input.Stride * (input.Lines - FirstRead(line))));

    // While line j is computed, lines from 2j - 1 on are still read.
    private static int FirstRead(int line) => Math.Max(0, (2 * line) - 1);
}

/// <summary>A buffer in its arena.</summary>
/// <param name="Name">As of an <see cref="ArenaBuffer"/>.</param>
/// <param name="Lines">As there.</param>
/// <param name="Stride">As there.</param>
/// <param name="Birth">As there.</param>
/// <param name="Death">As there.</param>
/// <param name="IsInPlace">As there.</param>
/// <param name="Offset">Its first element.</param>
public sealed record PlacedBuffer(string Name, int Lines, int Stride, int Birth, int Death, bool IsInPlace, int Offset) : ArenaBuffer(Name, Lines, Stride, Birth, Death, IsInPlace)
{
    /// <summary>It and a later one never want the same element.</summary>
    public bool Suffers(PlacedBuffer later) => !Overlaps(later) || Offset + Length <= later.Offset || later.Offset + later.Length <= Offset
        || (later.IsInPlace && later.Birth == Death && Offset - later.Offset >= later.Lead(this));
}
