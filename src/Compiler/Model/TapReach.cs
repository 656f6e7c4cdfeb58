using System.Linq;

namespace AdapterCompiler.Model;

/// <summary>Where a tap of a 3x3 convolution reads the image, and where the padding.</summary>
internal enum TapReach
{
    /// <summary>The image, at every position.</summary>
    Always,

    /// <summary>Padding at a border, the image elsewhere.</summary>
    Sometimes,

    /// <summary>Padding, at every position: the image is one row or column wide.</summary>
    Never,
}

/// <summary>The reach of a layer's taps.</summary>
internal static class TapReaches
{
    /// <summary>Nine taps, row-major.</summary>
    public static TapReach[] Of(Layer layer) =>
        [.. Enumerable.Range(0, 9).Select(tap => Both(Along((tap / 3) - 1, layer.InputRows), Along((tap % 3) - 1, layer.InputColumns)))];

    private static TapReach Along(int offset, int length) => offset == 0 ? TapReach.Always : length == 1 ? TapReach.Never : TapReach.Sometimes;

    private static TapReach Both(TapReach row, TapReach column) => row > column ? row : column;
}
