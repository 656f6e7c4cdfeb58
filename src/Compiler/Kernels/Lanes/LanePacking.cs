using System.Collections.Generic;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Which copied kernels pack and unpack an image, what is passed to them, and what a call costs.</summary>
internal static class LanePacking
{
    private const int AtOnce = 4, Six = 6;

    /// <summary>Section that packs. Four lanes along a line whose places come in fours, as a window of codes has them, have a kernel of their own; so have six.</summary>
    /// <param name="format">Lanes and axis.</param>
    /// <param name="image">What is packed.</param>
    public static string Section(LaneFormat format, LaneImage image) => format.Lanes == Six ? LaneSections.PackSix
        : format is { Lanes: AtOnce, Axis: LaneAxis.Frequency } && image.Places % AtOnce == 0 ? LaneSections.PackFour
        : LaneSections.Pack;

    /// <summary>Section that unpacks.</summary>
    /// <param name="format">Lanes and axis.</param>
    public static string Unpacking(LaneFormat format) => format.Lanes == Six ? LaneSections.UnpackSix : LaneSections.Unpack;

    /// <summary>The last arguments of a section: how far it is in the codes from line to line and from place to place, and what a long holds, where the section does not know.</summary>
    /// <param name="section">One of the above.</param>
    /// <param name="format">Lanes and axis.</param>
    /// <param name="columns">Of the image of codes.</param>
    public static IEnumerable<(string Name, Expression Value)> Steps(string section, LaneFormat format, int columns)
    {
        if (section == LaneSections.PackFour)
            yield break;
        yield return ("lineStep", Expressions.Int(format.Axis == LaneAxis.Frequency ? columns : 1));
        yield return ("placeStep", Expressions.Int(format.Axis == LaneAxis.Frequency ? 1 : columns));
        if (format.Lanes == Six)
            yield break;
        yield return ("laneCount", Expressions.Int(format.Lanes));
        yield return ("bits", Expressions.Int(format.Bits));
    }

    /// <summary>How often the blocks of packing run.</summary>
    /// <param name="format">Lanes and axis.</param>
    /// <param name="image">What is packed.</param>
    /// <param name="lines">Lines of it.</param>
    /// <param name="channels">Channels of it.</param>
    public static KernelTally Tally(LaneFormat format, LaneImage image, int lines, int channels) => Section(format, image) switch
    {
        LaneSections.PackFour => LaneTally.PackFour(lines, image.Places, channels),
        LaneSections.PackSix => LaneTally.PackSix(lines, image.Places, channels),
        _ => LaneTally.Pack(lines, image.Places, channels, format.Lanes),
    };

    /// <summary>How often the blocks of unpacking run.</summary>
    /// <param name="format">Lanes and axis.</param>
    /// <param name="image">What is unpacked.</param>
    /// <param name="channels">Channels of it.</param>
    public static KernelTally Unpacked(LaneFormat format, LaneImage image, int channels) => format.Lanes == Six
        ? LaneTally.UnpackSix(image.Lines, image.Places, channels)
        : LaneTally.Unpack(image.Lines, image.Places, channels, format.Lanes);
}
