using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>The convolutions that a plan puts on packed lanes, and the proofs that allow it.</summary>
public static class LaneLayers
{
    // A planner asks for the same proofs many times; they are kept as long as the network is.
    private static readonly ConditionalWeakTable<Network, ConcurrentDictionary<(int Layer, LaneFormat Format), ValueArray<ValueArray<ChannelProof>>?>> Known = new();

    /// <summary>Proofs of a layer's blocks with channels; null where some channel has none, or the image cannot be cut.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">A convolution of it.</param>
    /// <param name="format">Lanes and axis.</param>
    public static ValueArray<ValueArray<ChannelProof>>? Prove(Network network, Layer layer, LaneFormat format) => Known
        .GetValue(network, _ => new ConcurrentDictionary<(int, LaneFormat), ValueArray<ValueArray<ChannelProof>>?>())
        .GetOrAdd((layer.Index, format), _ => Compute(network, layer, format));

    private static ValueArray<ValueArray<ChannelProof>>? Compute(Network network, Layer layer, LaneFormat format)
    {
        if (!layer.Operator.ReadsImage || !format.Fits(layer))
            return null;
        var proofs = new List<ValueArray<ChannelProof>>();
        foreach ((int task, Block block) in Blocks(layer))
        {
            InputMaxima maxima = network.MaximaOf(layer, task);
            proofs.Add(block.Channels.Select(channel => ChannelProof.Of(format, channel, layer.Operator.Weights(block.SharedInputs), maxima.Shared, maxima.Own, block.ActivationMax)).ToValueArray());
        }

        return proofs.Exists(block => block.Any(proof => proof.Rule == MaximumRule.None)) ? null : proofs.ToValueArray();
    }

    /// <summary>The lane layers of a plan, their images not yet placed.</summary>
    public static ValueArray<LaneLayer> Of(Network network, KernelPlan plan) => network.Layers
        .Where(layer => plan.FormatOf(layer.Index) is not null)
        .Select(layer => Of(network, layer, plan.Of(layer.Index), plan.FormatOf(layer.Index + 1) == plan.FormatOf(layer.Index) ? plan.Of(layer.Index + 1) : null))
        .ToValueArray();

    /// <summary>One layer with images that start at 0.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="kernel">Its format and shape.</param>
    /// <param name="reader">The kernel of the next layer where it reads the packed image, else null.</param>
    public static LaneLayer Of(Network network, Layer layer, LayerKernel kernel, LayerKernel? reader)
    {
        LaneFormat format = kernel.Format!;
        LaneShape shape = ShapeOf(network, layer.Index, kernel);
        ValueArray<ValueArray<ChannelProof>> proofs = Prove(network, layer, format)
            ?? throw new System.ArgumentException($"no proof holds for layer {layer.Index} on {format.Lanes} lanes", nameof(kernel));
        int[] own = layer.Index == 1 ? [] : FirstChannels(network.Layers[layer.Index - 2]);
        int[] outputs = FirstChannels(layer);
        ValueArray<LaneBlock> blocks = Blocks(layer)
            .Select((block, b) => new LaneBlock(block.Task, block.Block, proofs[b], block.Task < 0 || own.Length == 0 ? 0 : own[block.Task + 1], outputs[block.Task + 1]))
            .ToValueArray();
        int inputChannels = layer.Index == 1 ? 1 : network.Layers[layer.Index - 2].Channels, channels = layer.Channels;
        return new LaneLayer(
            format, shape, layer, WithHalo(LaneImage.Of(format, 0, layer.InputRows, layer.InputColumns, inputChannels, hasHalo: false), shape),
            layer.Operator.WritesImage
                ? WithHalo(LaneImage.Of(format, 0, layer.OutputRows, layer.OutputColumns, channels, hasHalo: false), reader is null ? null : ShapeOf(network, layer.Index + 1, reader))
                : new LaneImage(0, 1, 1, channels, HasHalo: false),
            ZeroStart: 0, blocks, kernel.IsPaired);
    }

    // A line has one more place where its reader slides along it.
    private static LaneImage WithHalo(LaneImage image, LaneShape? reader) => reader is { } shape && image.Places > LaneLayer.SideOf(shape) ? image with { HasHalo = true } : image;

    private static LaneShape ShapeOf(Network network, int layer, LayerKernel kernel) =>
        network.Layers[layer - 1].Operator.WritesImage ? kernel.Shape : LaneShape.Single;

    private static IEnumerable<(int Task, Block Block)> Blocks(Layer layer) => layer.Blocks.Where(each => each.Block.Channels.Count > 0);

    // Of the shared block and of every adapter.
    private static int[] FirstChannels(Layer layer)
    {
        var firsts = new List<int> { 0, layer.Shared.Channels.Count };
        foreach (Block block in layer.Adapters)
            firsts.Add(firsts[firsts.Count - 1] + block.Channels.Count);
        return [.. firsts];
    }
}
