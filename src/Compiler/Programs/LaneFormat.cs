using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>Which side of the image is cut into strips, one per lane.</summary>
public enum LaneAxis
{
    /// <summary>Columns: strips side by side along frequency.</summary>
    Frequency,

    /// <summary>Rows: strips one after the other in time.</summary>
    Time,
}

/// <summary>
/// How values lie in a long: n lanes of 64 / n bits, strip s of the image in lane s. The top bit of a lane is its guard; values that
/// are stored stay below it.
/// </summary>
/// <param name="Lanes">2, 3, 4 or 6.</param>
/// <param name="Axis">Side that is cut.</param>
public sealed record LaneFormat(int Lanes, LaneAxis Axis)
{
    /// <summary>Most lanes of any format.</summary>
    public const int MostLanes = 6;

    /// <summary>Bits of a lane.</summary>
    public int Bits => 64 / Lanes;

    /// <summary>Index of a lane's guard bit.</summary>
    public int Guard => Bits - 1;

    /// <summary>2^guard: what a lane that carries its guard has added.</summary>
    public long GuardValue => 1L << Guard;

    /// <summary>The same small number in every lane; wraps like the device's arithmetic.</summary>
    public long Repeat(long value)
    {
        long packed = 0;
        for (int lane = 0; lane < Lanes; lane++)
            packed = unchecked(packed + (value << (lane * Bits)));
        return packed;
    }

    /// <summary>Bits in use: all lanes. 3 lanes of 21 bits leave the sign bit free, 6 of 10 the upper four.</summary>
    public long Used => Lanes * Bits == 64 ? -1 : (1L << (Lanes * Bits)) - 1;

    /// <summary>Formats in the order in which they are cheap: more lanes first, no repacking of frames before repacking of bands.</summary>
    public static ValueArray<LaneFormat> All { get; } = new[] { MostLanes, 4, 3, 2 }
        .SelectMany(lanes => new[] { new LaneFormat(lanes, LaneAxis.Frequency), new LaneFormat(lanes, LaneAxis.Time) })
        .ToValueArray();

    /// <summary>Whether a convolution's image can be cut into whole strips, with pooled pairs inside one strip.</summary>
    public bool Fits(Layer layer)
    {
        // Strips in time meet at a border that is padded.
        (int side, int divisor) = Axis == LaneAxis.Frequency ? (layer.InputColumns, layer.Operator.Divisor.Columns) : (layer.InputRows, layer.Operator.Divisor.Rows);
        return side % (divisor * Lanes) == 0 && (Axis == LaneAxis.Frequency || layer.Operator.Margin == 0);
    }
}
