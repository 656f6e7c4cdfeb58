using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>Dense multiply-accumulates: those of the zero padding and of zero weights count too.</summary>
internal static class Macs
{
    /// <summary>The shared encoder's convolutions.</summary>
    public static long Shared(Network network) => network.Layers.Sum(layer => Of(layer, [layer.Shared]));

    /// <summary>All convolutions, adapters' kept channels included.</summary>
    public static long All(Network network) => network.Layers.Sum(Of);

    /// <summary>One layer's, adapters included.</summary>
    public static long Of(Layer layer) => Of(layer, layer.Adapters.Prepend(layer.Shared));

    private static long Of(Layer layer, IEnumerable<Block> blocks) => layer.Kind == LayerKind.Dense
        ? 0
        : blocks.Sum(block => 9L * layer.InputRows * layer.InputColumns * block.Channels.Count * (block.SharedInputs + block.OwnInputs));
}
