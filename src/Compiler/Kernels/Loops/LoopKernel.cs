using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Loops;

/// <summary>Loops over arrays, weights in tables: compact, slow, and what every layer of whole windows can be computed with.</summary>
internal sealed class LoopKernel : IKernel
{
    /// <summary>Copied sections that layers and heads call.</summary>
    public static ValueArray<string> Layers { get; } = ValueArray.Of("Convolve", "Connect", "Classify");

    /// <summary>Those that these call.</summary>
    public static ValueArray<string> Shared { get; } = ValueArray.Of("Product", Rounding);

    /// <summary>Copied section of ReLU and shift to codes.</summary>
    public const string Rounding = "Requantise";

    /// <inheritdoc/>
    public KernelKind Kind => KernelKind.Loop;

    /// <inheritdoc/>
    public string Summary => "any layer: loops over tables; where nothing else suits, or IL is exhausted";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; } = new ReadOnlyDictionary<string, Func<int, LayerKernel>>(
        new Dictionary<string, Func<int, LayerKernel>>(StringComparer.Ordinal) { ["loop"] = _ => LayerKernel.Loop });

    /// <inheritdoc/>
    public bool UsesTables => true;

    /// <inheritdoc/>
    public bool HasWideRows => false;

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => isDense ? "dense loop" : "convolution loop";

    /// <inheritdoc/>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel) => !layer.IsStreamed;

    /// <inheritdoc/>
    public bool SuitsHeads(Network network, LayerKernel kernel) => true;

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => [LayerKernel.Loop];

    /// <inheritdoc/>
    public bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel) => true;

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => [];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => layer.Layer.Operator.ReadsImage ? LoopLayerCode.SumsOf(layer.Layer) : 0;

    /// <inheritdoc/>
    public int Multiples(LayerKernel kernel, Layer layer) => 0;

    /// <inheritdoc/>
    public int HeadMultiples(LayerKernel kernel, Network network) => 0;

    /// <inheritdoc/>
    public (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel) => (channel.Weights, channel.Shift);

    /// <inheritdoc/>
    public ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output) => output.Weights;

    /// <inheritdoc/>
    public IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure) => [];

    /// <inheritdoc/>
    public LayerCode Build(PartProgram program, PartLayer layer) => LoopLayerCode.Build(program, layer);

    /// <inheritdoc/>
    public LayerCode BuildHeads(PartProgram program) => LoopLayerCode.Heads(program);
}
