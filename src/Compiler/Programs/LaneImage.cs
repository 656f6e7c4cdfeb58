namespace AdapterCompiler.Programs;

/// <summary>
/// Where a packed image lies in the arena of longs: lines x places x channels. A line runs along the cut side (a row of the image when
/// frequency is cut), a place is one position in each strip. What lies before a line's first place is its last place moved up one
/// lane, which costs a shift; what lies behind its last place is its first place moved down, kept in one more place where a kernel
/// slides along the line.
/// </summary>
/// <param name="Start">First long.</param>
/// <param name="Lines">Lines.</param>
/// <param name="Places">Places of a strip, without halo.</param>
/// <param name="Channels">Channels, side by side.</param>
/// <param name="HasHalo">One more place follows the last.</param>
public sealed record LaneImage(int Start, int Lines, int Places, int Channels, bool HasHalo)
{
    /// <summary>Longs from one line to the next.</summary>
    public int Stride => (Places + (HasHalo ? 1 : 0)) * Channels;

    /// <summary>Longs in all.</summary>
    public int Length => Lines * Stride;

    /// <summary>Index of a place of a line.</summary>
    public int At(int line, int place) => Start + (line * Stride) + (place * Channels);

    /// <summary>Shape of an image of rows x columns in a format.</summary>
    public static LaneImage Of(LaneFormat format, int start, int rows, int columns, int channels, bool hasHalo) => format.Axis == LaneAxis.Frequency
        ? new LaneImage(start, rows, columns / format.Lanes, channels, hasHalo)
        : new LaneImage(start, columns, rows / format.Lanes, channels, hasHalo);
}
