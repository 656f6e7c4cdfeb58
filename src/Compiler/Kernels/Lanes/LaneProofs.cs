using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>What is proven of a network's convolutions in lane formats, each worked out once: whoever lowers a network under many plans hands this on.</summary>
/// <param name="network">The network.</param>
public sealed class LaneProofs(Network network)
{
    private readonly ConcurrentDictionary<(int Layer, LaneFormat Format), ValueArray<ValueArray<ChannelProof>>?> known = new();

    /// <summary>The network.</summary>
    public Network Network => network;

    /// <summary>Proofs of a layer's blocks with channels; null where some channel has none, or the image cannot be cut.</summary>
    /// <param name="layer">A layer of the network.</param>
    /// <param name="format">Lanes and axis.</param>
    public ValueArray<ValueArray<ChannelProof>>? Of(Layer layer, LaneFormat format) => known.GetOrAdd((layer.Index, format), _ => Prove(layer, format));

    /// <summary>For each convolution the format with the most lanes that is proven there, and where that is six of them also the one with the next most: six may need digits, and another order of codes. A layer may then take another layer's too.</summary>
    public IEnumerable<LaneFormat> Formats => network.Layers
        .SelectMany(layer => new[] { LaneFormat.MostLanes, LaneFormat.MostLanes - 1 }.Select(most => LaneFormat.All.FirstOrDefault(format => format.Lanes <= most && Of(layer, format) is not null)))
        .OfType<LaneFormat>()
        .Distinct()
        .OrderByDescending(format => format.Lanes)
        .ThenBy(format => format.Axis);

    private ValueArray<ValueArray<ChannelProof>>? Prove(Layer layer, LaneFormat format)
    {
        if (!layer.Operator.ReadsImage || !format.Fits(layer))
            return null;
        ValueArray<ValueArray<ChannelProof>> proofs = LaneLayers.Blocks(layer).Select(each =>
        {
            InputMaxima maxima = network.MaximaOf(layer, each.Task);
            int shared = layer.Operator.Weights(each.Block.SharedInputs);
            return each.Block.Channels.Select(channel => ChannelProof.Of(format, channel, shared, maxima.Shared, maxima.Own, each.Block.ActivationMax)).ToValueArray();
        }).ToValueArray();
        return proofs.Any(block => block.Any(proof => proof.Rule == MaximumRule.None)) ? null : proofs;
    }
}
