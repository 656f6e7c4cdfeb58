namespace AdapterCompiler.Programs;

/// <summary>
/// The layout of a packed image: lines x places x channels. A line runs along the cut side (a row of the image when
/// frequency is cut), a place is one position in each strip. What lies before a line's first place is its last place moved up one
/// lane, which costs a shift; what lies behind its last place is its first place moved down, kept in one more place where a kernel
/// slides along the line.
/// </summary>
/// <param name="Lines">Lines.</param>
/// <param name="Places">Places of a strip, without halo.</param>
/// <param name="Channels">Channels, side by side.</param>
/// <param name="HasHalo">One more place follows the last.</param>
public sealed record LaneImage(int Lines, int Places, int Channels, bool HasHalo)
{
    /// <summary>Longs from one line to the next.</summary>
    public int Stride => (Places + (HasHalo ? 1 : 0)) * Channels;

    /// <summary>Longs in all.</summary>
    public int Length => Lines * Stride;

    /// <summary>Longs from its start to a place of a line.</summary>
    public int At(int line, int place) => (line * Stride) + (place * Channels);

    /// <summary>Shape of an image of rows x columns in a format.</summary>
    public static LaneImage Of(LaneFormat format, int rows, int columns, int channels, bool hasHalo) => format.Axis == LaneAxis.Frequency
        ? new LaneImage(rows, columns / format.Lanes, channels, hasHalo)
        : new LaneImage(columns, rows / format.Lanes, channels, hasHalo);
}
