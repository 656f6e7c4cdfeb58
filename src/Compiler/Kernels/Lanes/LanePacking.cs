using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Which copied kernel packs an image, and what a call of it costs.</summary>
internal static class LanePacking
{
    private const int AtOnce = 4;

    /// <summary>Four lanes along a line whose places come in fours, as a window of codes has them, have a kernel of their own.</summary>
    public static bool IsByFours(LaneFormat format, LaneImage image) => format is { Lanes: AtOnce, Axis: LaneAxis.Frequency } && image.Places % AtOnce == 0;

    /// <summary>Section that is called.</summary>
    public static string Section(LaneFormat format, LaneImage image) => IsByFours(format, image) ? LaneSections.PackFour : LaneSections.Pack;

    /// <summary>How often its blocks run.</summary>
    /// <param name="format">Lanes and axis.</param>
    /// <param name="image">What is packed.</param>
    /// <param name="lines">Lines of it.</param>
    /// <param name="channels">Channels of it.</param>
    public static KernelTally Tally(LaneFormat format, LaneImage image, int lines, int channels) => IsByFours(format, image)
        ? LaneTally.PackFour(lines, image.Places, channels)
        : LaneTally.Pack(lines, image.Places, channels, format.Lanes);
}
