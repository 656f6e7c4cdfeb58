using System;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Streams;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// What the last convolution of a stream keeps: of each of a window's rows the greatest sums of every channel, lane by lane. So each row is computed once, however many windows
/// it is in; with the last row of a window come the greatest of all its rows, of their lanes, and the codes.
/// </summary>
internal static class StreamMaxima
{
    /// <summary>The oldest row is left, the others move up; the new one goes to where the layer's output is.</summary>
    /// <param name="builder">Collects the call.</param>
    /// <param name="layer">The last convolution.</param>
    /// <param name="start">Where the rows are.</param>
    /// <param name="channels">Of all its blocks.</param>
    /// <param name="lanes">The arena of longs.</param>
    public static void MoveUp(LayerCodeBuilder builder, Layer layer, int start, int channels, StaticField lanes) => builder.Kernel(
        0, KernelTally.One(LaneSections.MoveUp, 1), LaneSections.MoveUp,
        ("lanes", lanes), ("start", Kept(layer, start, 0)), ("by", Expressions.Int(channels)), ("count", Expressions.Int((layer.MaximumRows - 1) * channels)));

    /// <summary>What is done with the last row of a window.</summary>
    /// <param name="builder">Collects the calls.</param>
    /// <param name="program">The class.</param>
    /// <param name="lowered">The last convolution.</param>
    /// <param name="lanes">The arena of longs.</param>
    /// <param name="pool">Makes codes of the greatest sums, where a channel's are being passed.</param>
    public static void AtLastRow(LayerCodeBuilder builder, PartProgram program, PartLayer lowered, StaticField lanes, Action<Func<int, Literal>> pool)
    {
        Layer layer = lowered.Layer;
        builder.OneIn(layer.Runs, StreamFace.InPeriod, Expressions.Int(program.Network.Streaming!.First - 1), () =>
        {
            if (lowered.MaximaStart is not { } start)
            {
                pool(lowered.Lanes!.OutputAt);
                return;
            }

            LaneFormat format = lowered.Lanes!.Format;
            builder.Kernel(
                0, LaneTally.GreatestRows(layer.MaximumRows, layer.Channels, format.Lanes), LaneSections.GreatestRows,
                ("lanes", lanes), ("start", Kept(layer, start, 0)), ("end", Kept(layer, start, layer.MaximumRows * layer.Channels)), ("channels", Expressions.Int(layer.Channels)),
                ("laneCount", Expressions.Int(format.Lanes)), ("bits", Expressions.Int(format.Bits)));
            pool(channel => Kept(layer, start, channel));
        });
    }

    private static Literal Kept(Layer layer, int start, int behind) => CodePlaces.At(LayerNames.Method(layer.Index) + "_Rows", "Start", start, behind);
}
