using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Multiples;

/// <summary>
/// Weights of two to four bits as places of multiples: loading a weight, loading an input and multiplying become one load and another. Inputs are multiplied once for every output, and those of the shared
/// encoder for the blocks of all tasks; so it pays where outputs are many, as in an embedding of several tasks and its heads. Sums are those of the definition in another order, with every partial one among those that the range proof allows.
/// </summary>
internal sealed class MultiplesKernel : IKernel
{
    // Four bits are 14 multiples an input.
    private const int LeastWidth = 2, LargestWidth = 4;

    /// <summary>Copied sections.</summary>
    public static ValueArray<string> AllSections { get; } = ValueArray.Of(MultiplesLayerCode.Multiply, MultiplesLayerCode.Connect, MultiplesLayerCode.Classify);

    /// <inheritdoc/>
    public KernelKind Kind => KernelKind.Multiples;

    /// <inheritdoc/>
    public string Summary => "fully connected: every input multiplied once by all weights that there can be, and of weights of 2 to 4 bits that are not 0 the places of these multiples, in tables; where IL is short";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; } = new ReadOnlyDictionary<string, Func<int, LayerKernel>>(
        Widths.ToDictionary(kernel => Text(kernel), kernel => new Func<int, LayerKernel>(_ => kernel), StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool UsesTables => true;

    /// <inheritdoc/>
    public bool HasWideRows => true;

    private static IEnumerable<LayerKernel> Widths => Enumerable.Range(LeastWidth, LargestWidth - LeastWidth + 1).Select(width => new LayerKernel(KernelKind.Multiples, Width: width));

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => Text(kernel);

    /// <inheritdoc/>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel) => !layer.Operator.ReadsImage
        && MultiplesRow.Length(kernel, Inputs(layer)) <= short.MaxValue && MultiplesRow.Holds(kernel, layer.Blocks.SelectMany(each => each.Block.Channels).Select(channel => channel.Weights));

    /// <inheritdoc/>
    public bool SuitsHeads(Network network, LayerKernel kernel) => MultiplesRow.Length(kernel, HeadInputs(network)) <= short.MaxValue
        && HoldsHeads(network, kernel) && (kernel.Width == LeastWidth || !HoldsHeads(network, kernel with { Width = kernel.Width - 1 }));

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => Widths;

    /// <inheritdoc/>
    public bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel) => kernel.Width == LeastWidth || !Suits(proofs, layer, kernel with { Width = kernel.Width - 1 });

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => [];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => 0;

    /// <inheritdoc/>
    public int Multiples(LayerKernel kernel, Layer layer) => MultiplesRow.Length(kernel, Inputs(layer));

    /// <inheritdoc/>
    public int HeadMultiples(LayerKernel kernel, Network network) => MultiplesRow.Length(kernel, HeadInputs(network));

    /// <inheritdoc/>
    public (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel) => (MultiplesRow.Of(layer.Kernel, channel.Weights), channel.Shift);

    /// <inheritdoc/>
    public ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output) => MultiplesRow.Of(kernel, output.Weights);

    /// <inheritdoc/>
    public IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure) => [];

    /// <inheritdoc/>
    public LayerCode Build(PartProgram program, PartLayer layer) => MultiplesLayerCode.FullyConnected(program, layer);

    /// <inheritdoc/>
    public LayerCode BuildHeads(PartProgram program) => MultiplesLayerCode.Heads(program);

    // One of more multiples than heads need is no choice for them.
    private static bool HoldsHeads(Network network, LayerKernel kernel) => MultiplesRow.Holds(kernel, network.Tasks.SelectMany(task => task.Classes).Select(output => output.Weights));

    private static int Inputs(Layer layer) => layer.Shared.SharedInputs + layer.Adapters.Select(block => block.OwnInputs).DefaultIfEmpty(0).Max();

    private static int HeadInputs(Network network) => network.Tasks.Max(task => task.SharedInputs + task.OwnInputs);

    private static string Text(LayerKernel kernel) => FormattableString.Invariant($"multiples of {MultiplesRow.Largest(kernel)}");
}
