using AdapterCompiler.Trees;

namespace AdapterCompiler.Programs;

/// <summary>Places in a layer's packed images, by constants of the class: "Layer2_In" is where the image below starts, "Layer2_InLine" and "Layer2_InPlace" lead to the next line and place, "Layer2_Out" … the same of its own.</summary>
internal static class ImagePlaces
{
    /// <summary>From an element of the image below to another.</summary>
    public static Literal InInput(this LaneLayer layer, int lines, int places, int channels = 0) => Offset(layer.Layer.Index, "_In", layer.Input, lines, places, channels);

    /// <summary>From an element of the layer's own image to another.</summary>
    public static Literal InOutput(this LaneLayer layer, int lines, int places, int channels = 0) => Offset(layer.Layer.Index, "_Out", layer.Output, lines, places, channels);

    /// <summary>A channel of the image below at its first place.</summary>
    public static Literal InputAt(this PlacedLaneLayer layer, int channel) => Start(layer.Layer.Index, "_In", layer.InputStart, channel);

    /// <summary>A channel of the image below at the first place of a line.</summary>
    public static Literal InputLine(this PlacedLaneLayer layer, int line, int channel = 0)
    {
        string owner = LayerNames.Method(layer.Layer.Index) + "_In";
        return Place.Sum(channel, new Place(owner, owner, layer.InputStart).Times(1), new Place(owner, owner + "Line", layer.Input.Stride).Times(line));
    }

    /// <summary>A channel of the layer's own image at its first place.</summary>
    public static Literal OutputAt(this PlacedLaneLayer layer, int channel) => Start(layer.Layer.Index, "_Out", layer.OutputStart, channel);

    private static Literal Start(int layer, string image, int start, int channel)
    {
        string owner = LayerNames.Method(layer) + image;
        return Place.Sum(channel, new Place(owner, owner, start).Times(1));
    }

    private static Literal Offset(int layer, string image, LaneImage shape, int lines, int places, int channels)
    {
        string owner = LayerNames.Method(layer) + image;
        return Place.Sum(channels, new Place(owner, owner + "Line", shape.Stride).Times(lines), new Place(owner, owner + "Place", shape.Channels).Times(places));
    }
}
