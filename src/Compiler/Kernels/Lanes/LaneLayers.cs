using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>The convolutions that a plan puts on packed lanes.</summary>
public static class LaneLayers
{
    /// <summary>The lane layers of a plan.</summary>
    public static ValueArray<LaneLayer> Of(LaneProofs proofs, KernelPlan plan) => proofs.Network.Layers
        .Where(layer => plan.FormatOf(layer.Index) is not null)
        .Select(layer => Of(proofs, layer, plan.Of(layer.Index), plan.FormatOf(layer.Index + 1) == plan.FormatOf(layer.Index) ? plan.Of(layer.Index + 1) : null))
        .ToValueArray();

    /// <summary>One layer.</summary>
    /// <param name="proofs">Of the network.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="kernel">Its format and shape.</param>
    /// <param name="reader">The kernel of the next layer where it reads the packed image, else null.</param>
    public static LaneLayer Of(LaneProofs proofs, Layer layer, LayerKernel kernel, LayerKernel? reader)
    {
        Network network = proofs.Network;
        LaneFormat format = kernel.Format!;
        LaneShape shape = ShapeOf(network, layer.Index, kernel);
        ValueArray<ValueArray<ChannelProof>> proven = proofs.Of(layer, format)
            ?? throw new System.ArgumentException($"no proof holds for layer {layer.Index} on {format.Lanes} lanes", nameof(kernel));
        int[] own = layer.Index == 1 ? [] : FirstChannels(network.Layers[layer.Index - 2]);
        int[] outputs = FirstChannels(layer);
        ValueArray<LaneBlock> blocks = Blocks(layer)
            .Select((block, b) => new LaneBlock(block.Task, block.Block, proven[b], block.Task is { } task && own.Length > 0 ? own[task + 1] : 0, outputs[block.Task + 1 ?? 0]))
            .ToValueArray();
        int inputChannels = layer.Index == 1 ? 1 : network.Layers[layer.Index - 2].Channels, channels = layer.Channels;
        return new LaneLayer(
            format, shape, layer, WithHalo(LaneImage.Of(format, layer.InputRows, layer.InputColumns, inputChannels, hasHalo: false), shape),
            layer.Operator.WritesImage
                ? WithHalo(LaneImage.Of(format, layer.OutputRows, layer.OutputColumns, channels, hasHalo: false), reader is null ? null : ShapeOf(network, layer.Index + 1, reader))
                : new LaneImage(1, 1, channels, HasHalo: false),
            blocks, kernel.IsPaired);
    }

    // A line has one more place where its reader slides along it.
    private static LaneImage WithHalo(LaneImage image, LaneShape? reader) => reader is { } shape && image.Places > LaneLayer.SideOf(shape) ? image with { HasHalo = true } : image;

    private static LaneShape ShapeOf(Network network, int layer, LayerKernel kernel) =>
        network.Layers[layer - 1].Operator.WritesImage ? kernel.Shape : LaneShape.Single;

    /// <summary>Blocks with channels, the shared one, which has no task, first.</summary>
    internal static IEnumerable<(int? Task, Block Block)> Blocks(Layer layer) => layer.Blocks.Where(each => each.Block.Channels.Count > 0);

    // Of the shared block and of every adapter.
    private static int[] FirstChannels(Layer layer)
    {
        var firsts = new List<int> { 0, layer.Shared.Channels.Count };
        foreach (Block block in layer.Adapters)
            firsts.Add(firsts[firsts.Count - 1] + block.Channels.Count);
        return [.. firsts];
    }
}
