using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>What it costs where a layer holds codes otherwise than the layer before it.</summary>
internal static class LaneTransitions
{
    /// <summary>Weighted instructions of packing what a layer reads.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">From 0.</param>
    /// <param name="format">Of the image.</param>
    public static long Packing(Network network, int layer, LaneFormat format)
    {
        Layer read = network.Layers[layer];
        LaneImage image = Packed(network, layer, format);
        // On a stream whoever writes a row packs it.
        int runs = layer == 0 ? read.Runs : network.Layers[layer - 1].Runs;
        return runs * (CopiedSections.Section(LanePacking.Section(format, image)).CallCost + LanePacking.Tally(format, image, image.Lines, image.Channels).Cost);
    }

    /// <summary>Weighted instructions of unpacking what a layer writes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">From 0.</param>
    /// <param name="format">Of the image.</param>
    public static long Unpacking(Network network, int layer, LaneFormat format)
    {
        Layer written = network.Layers[layer];
        var image = LaneImage.Of(format, written.OutputRows, written.OutputColumns, written.Channels, hasHalo: false);
        return written.Runs * (CopiedSections.Section(LanePacking.Unpacking(format)).CallCost + LanePacking.Unpacked(format, image, image.Channels).Cost);
    }

    /// <summary>Copied sections that a plan packs and unpacks with.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kernels">Of its layers.</param>
    public static IEnumerable<string> Sections(Network network, IReadOnlyList<LayerKernel> kernels)
    {
        for (int layer = 0; layer < kernels.Count; layer++)
        {
            LaneFormat? before = layer > 0 && network.Layers[layer - 1].Operator.WritesImage ? kernels[layer - 1].Format : null, now = kernels[layer].Format;
            if (before != now && now is not null)
                yield return LanePacking.Section(now, Packed(network, layer, now));
            if (before != now && before is not null)
                yield return LanePacking.Unpacking(before);
        }
    }

    /// <summary>Of a layer's code: part of both of its neighbours', so a layer alone is measured without.</summary>
    public static long Of(LayerCode code) => code.Kernels.Where(run => LaneSections.IsPacking(run.Section)).Sum(run => run.Weighted);

    private static LaneImage Packed(Network network, int layer, LaneFormat format)
    {
        Layer read = network.Layers[layer];
        return LaneImage.Of(format, read.IsStreamed ? read.FreshRows : read.InputRows, read.InputColumns, layer == 0 ? 1 : network.Layers[layer - 1].Channels, hasHalo: false);
    }
}
