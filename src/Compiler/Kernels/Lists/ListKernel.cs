using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lists;

/// <summary>
/// Weights that are not 0, with their inputs, as lists in tables: what a fully connected layer of sparse weights takes where IL is short. A stream computes a row of a convolution at a time, for which
/// loading every weight of a dense table would be most of the work; a list holds those that there are. Of whole windows' convolutions it is no choice: there lane loops load a weight once for many rows.
/// </summary>
internal sealed class ListKernel : IKernel
{
    /// <summary>Copied sections.</summary>
    public static ValueArray<string> AllSections { get; } = ValueArray.Of(ListLayerCode.Four, ListLayerCode.One, ListLayerCode.Connect, ListLayerCode.Classify);

    /// <summary>Copied section for fewer than four channels, which the whole layer may do without.</summary>
    public static string SectionOfFew => ListLayerCode.One;

    /// <inheritdoc/>
    public KernelKind Kind => KernelKind.Lists;

    /// <inheritdoc/>
    public string Summary => "fully connected, or on a stream a convolution: lists of the weights that are not 0, in tables; for sparse weights where IL is short";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; } = new ReadOnlyDictionary<string, Func<int, LayerKernel>>(LaneFormat.All
        .Where(format => format.Axis == LaneAxis.Frequency)
        .Select(Of)
        .Prepend(new LayerKernel(KernelKind.Lists))
        .ToDictionary(Text, kernel => new Func<int, LayerKernel>(_ => kernel), StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool UsesTables => true;

    /// <inheritdoc/>
    public bool HasWideRows => false;

    /// <summary>In a format; null for fully connected layers.</summary>
    public static LayerKernel Of(LaneFormat format) => new(KernelKind.Lists, format, LaneShape.Single, IsListed: true);

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => Text(kernel);

    /// <inheritdoc/>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel) => layer.Operator.ReadsImage
        ? kernel.Format is { } format && SuitsChannels(proofs, layer, format, layer.Channels)
        : kernel.Format is null && ListRow.Holds(layer);

    /// <summary>
    /// A layer's last channels can be listed: nothing is padded in time, their sums are proven without digits, and what their right taps alone sum up stays inside a lane, for it is moved down a lane by itself.
    /// </summary>
    public static bool SuitsChannels(LaneProofs proofs, Layer layer, LaneFormat format, int last) => layer.Operator.Margin > 0 && format.Axis == LaneAxis.Frequency && ListRow.Holds(layer)
        && proofs.Of(layer, format) is { } proven
        && proven.SelectMany(block => block).Reverse().Take(last).All(proof => proof.Digits == 0)
        && LaneLayers.Blocks(layer).SelectMany(each => each.Block.Channels.Select(channel => Right(proofs.Network, layer, each.Task, each.Block, channel))).Reverse().Take(last)
            .All(range => range.Low >= -format.GuardValue && range.High < format.GuardValue);

    /// <inheritdoc/>
    public bool SuitsHeads(Network network, LayerKernel kernel) => network.Tasks.All(task => task.SharedInputs <= ListRow.MostInputs && task.OwnInputs <= ListRow.MostInputs);

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => (proofs.Network.Streaming is null ? [] : proofs.Formats.Where(format => format.Axis == LaneAxis.Frequency).Select(Of))
        .Prepend(new LayerKernel(KernelKind.Lists));

    /// <inheritdoc/>
    public bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel) => true;

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => kernel.Format is null ? [] : [SectionOfFew];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => layer.Lanes is { } lanes ? ListLayerCode.SumsOf(lanes) : 0;

    /// <inheritdoc/>
    public int Multiples(LayerKernel kernel, Layer layer) => 0;

    /// <inheritdoc/>
    public int HeadMultiples(LayerKernel kernel, Network network) => 0;

    /// <inheritdoc/>
    public (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel) => ListLayerCode.Row(layer, channel);

    /// <inheritdoc/>
    public ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output) => ListRow.FullyConnected(output.Weights, task.SharedInputs);

    /// <inheritdoc/>
    public IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure) => [];

    /// <inheritdoc/>
    public LayerCode Build(PartProgram program, PartLayer layer) => layer.Lanes is null ? ListLayerCode.FullyConnected(program, layer)
        : LaneLayerCode.Build(program, layer, builder => ListLayerCode.Convolve(builder, program, layer));

    /// <inheritdoc/>
    public LayerCode BuildHeads(PartProgram program) => ListLayerCode.Heads(program);

    private static AccumulatorRange Right(Network network, Layer layer, int? task, Block block, Channel channel)
    {
        InputMaxima maxima = network.MaximaOf(layer, task);
        return RangeProof.Of(0, ListRow.Right(channel), layer.Operator.Weights(block.SharedInputs), maxima.Shared, maxima.Own);
    }

    private static string Text(LayerKernel kernel) => kernel.Format is null ? "lists" : LaneText.Of(kernel, "lists");
}
