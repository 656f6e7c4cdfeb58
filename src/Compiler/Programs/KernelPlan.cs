using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>The kernels of a network.</summary>
/// <param name="Layers">One per layer.</param>
/// <param name="Heads">Of all heads.</param>
/// <param name="Reason">Why this plan was chosen.</param>
public record KernelPlan(ValueArray<LayerKernel> Layers, LayerKernel Heads, string Reason = "")
{
    /// <summary>Loops everywhere: the smallest code.</summary>
    public static KernelPlan Loops(Network network) => new(network.Layers.Select(_ => LayerKernel.Loop).ToValueArray(), LayerKernel.Loop);

    /// <summary>The kernel of a layer, from 1.</summary>
    public LayerKernel Of(int layer) => Layers[layer - 1];

    /// <summary>The format of a layer's images; null where it works on bytes.</summary>
    public LaneFormat? FormatOf(int layer) => layer >= 1 && layer <= Layers.Count ? Of(layer).Format : null;

    /// <summary>A layer writes bytes: its own kernel does, or the next one reads them or lanes of another format.</summary>
    public bool WritesBytes(Layer layer) =>
        FormatOf(layer.Index) is not { } format || !layer.Operator.WritesImage || FormatOf(layer.Index + 1) != format;

    /// <summary>A lane layer begins with packing: what it reads lies in bytes.</summary>
    public bool Packs(int layer) => FormatOf(layer) is { } format && (layer == 1 || FormatOf(layer - 1) != format);
}
