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

    /// <inheritdoc/>
    public KernelKind Kind => kind;

    /// <inheritdoc/>
    public string Summary => summary;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms => new Dictionary<string, Func<int, LayerKernel>>(StringComparer.Ordinal) { [name] = _ => new LayerKernel(kind) };

    /// <inheritdoc/>
    public bool UsesTables => false;

    /// <inheritdoc/>
    public bool IsFullyConnected => true;

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => name;

    /// <inheritdoc/>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel) => !layer.Operator.ReadsImage && new[] { layer.Shared }.Concat(layer.Adapters)
        .Select((block, b) => new BlockStep(b - 1, block, 0, 0, 0, 0))
        .Where(step => step.Block.Channels.Count > 0)
        .All(step => DenseCode.Lower(form, "", DenseStage.Step(proofs.Network, layer, step), Codes, Codes) is not null);

    /// <inheritdoc/>
    public bool SuitsHeads(Network network) => network.Tasks
        .Select((task, k) => new HeadStep(k, 0, 0, 0, task.Classes.Count))
        .All(head => DenseCode.Lower(form, "", DenseStage.Step(network, head), Codes, Logits) is not null);

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => [new LayerKernel(kind)];

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => [];

    /// <inheritdoc/>
    public int Sums(LoweredLayer layer) => 0;

    /// <inheritdoc/>
    public StageCode Build(LoweredProgram program, LoweredLayer layer) => DenseStage.Build(program, layer, form);

    /// <inheritdoc/>
    public StageCode BuildHeads(LoweredProgram program) => DenseStage.Heads(program, form);
}
