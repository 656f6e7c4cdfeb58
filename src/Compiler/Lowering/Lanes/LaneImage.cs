
namespace AdapterCompiler.Lowering.Lanes;

/// <summary>
/// Where a packed image lies in the arena of longs: lines x places x channels, with a halo place at each end of a line. A line runs
/// along the cut side (a row of the image when frequency is cut), a place is one position in each strip.
/// </summary>
/// <param name="Start">First long: the left halo of the first line.</param>
/// <param name="Lines">Lines.</param>
/// <param name="Places">Places of a strip, without halos.</param>
/// <param name="Channels">Channels, side by side.</param>
/// <param name="Max">Largest code.</param>
public sealed record LaneImage(int Start, int Lines, int Places, int Channels, int Max)
{
    /// <summary>Longs from one line to the next.</summary>
    public int Stride => (Places + 2) * Channels;

    /// <summary>Longs in all.</summary>
    public int Length => Lines * Stride;

    /// <summary>Index of a place (from -1, the left halo) of a line.</summary>
    public int At(int line, int place) => Start + (line * Stride) + ((place + 1) * Channels);

    /// <summary>Shape of an image of rows x columns in a format.</summary>
    public static LaneImage Of(LaneFormat format, int start, int rows, int columns, int channels, int max) => format.Axis == LaneAxis.Frequency
        ? new LaneImage(start, rows, columns / format.Lanes, channels, max)
        : new LaneImage(start, columns, rows / format.Lanes, channels, max);
}
