using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>Fully connected layers and heads as straight-line code, weights as immediates.</summary>
/// <param name="kind">What plans call it.</param>
/// <param name="form">How outputs are summed up.</param>
/// <param name="name">For the header's column.</param>
/// <param name="summary">For the documentation.</param>
internal sealed class FullyConnectedKernel(KernelKind kind, DenseKernel form, string name, string summary) : IKernel
{
    private static readonly StaticField Codes = new("codes", IlType.Bytes);
    private static readonly StaticField Logits = new("logits", IlType.Ints);

    private readonly DenseKernel form = form;
    private readonly string name = name;

    /// <inheritdoc/>
    public KernelKind Kind { get; } = kind;

    /// <inheritdoc/>
    public string Summary { get; } = summary;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms => new Dictionary<string, Func<int, LayerKernel>>(StringComparer.Ordinal) { [name] = _ => new LayerKernel(Kind) };

    /// <inheritdoc/>
    public bool UsesTables => false;

    /// <inheritdoc/>
    public bool HasWideRows => false;

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => name;

    /// <inheritdoc/>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel) => !layer.Operator.ReadsImage && layer.Blocks
        .Where(each => each.Block.Channels.Count > 0)
        .All(each => DenseCode.Lower(form, "", DenseLayerCode.Step(proofs.Network, layer, new BlockStep(each.Task, each.Block), DensePlaces.Any), Codes, Codes) is not null);

    /// <inheritdoc/>
    public bool SuitsHeads(Network network, LayerKernel kernel) => network.Tasks
        .Select((task, k) => new HeadStep(k, 0, task.Classes.Count))
        .All(head => DenseCode.Lower(form, "", DenseLayerCode.Step(network, head, DensePlaces.Any), Codes, Logits) is not null);

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => [new LayerKernel(Kind)];

    /// <inheritdoc/>
    public bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel) => true;

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => [];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => 0;

    /// <inheritdoc/>
    public int Multiples(LayerKernel kernel, Layer layer) => 0;

    /// <inheritdoc/>
    public int HeadMultiples(LayerKernel kernel, Network network) => 0;

    /// <inheritdoc/>
    public (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel) => throw new NotSupportedException("weights are in the code");

    /// <inheritdoc/>
    public ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output) => output.Weights;

    /// <inheritdoc/>
    public IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure) => [];

    /// <inheritdoc/>
    public LayerCode Build(PartProgram program, PartLayer layer) => DenseLayerCode.Build(program, layer, form);

    /// <inheritdoc/>
    public LayerCode BuildHeads(PartProgram program) => DenseLayerCode.Heads(program, form);
}
