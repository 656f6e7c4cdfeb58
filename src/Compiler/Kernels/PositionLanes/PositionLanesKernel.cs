using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Kernels.Lists;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.PositionLanes;

/// <summary>A convolution on strips of the image in the lanes of a long, weights as additions.</summary>
internal sealed class PositionLanesKernel : IKernel
{
    private static readonly ValueArray<LaneShape> Shapes = ValueArray.Of(LaneShape.Unrolled, LaneShape.Single, LaneShape.Wide);

    /// <inheritdoc/>
    public KernelKind Kind => KernelKind.PositionLanes;

    /// <inheritdoc/>
    public string Summary => "convolution: strips of the image in the lanes of a long, weights as additions; for sparse or narrow weights, as far as IL goes";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; } = new ReadOnlyDictionary<string, Func<int, LayerKernel>>(LaneFormat.All
        .SelectMany(format => Shapes.Select(shape => new LayerKernel(KernelKind.PositionLanes, format, shape)))
        .Where(kernel => kernel.Shape != LaneShape.Wide || kernel.Format!.Lanes == 4)
        .Select(kernel => new KeyValuePair<string, Func<int, LayerKernel>>(LaneText.Of(kernel), _ => kernel))
        .Append(new("pairs", layer => Pairs(layer, 4)))
        .Append(new("2 lanes, pairs", layer => Pairs(layer, 2)))
        .ToDictionary(form => form.Key, form => form.Value, StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool UsesTables => false;

    /// <inheritdoc/>
    public bool HasWideRows => false;

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => LaneText.Of(kernel);

    /// <summary>The image can be cut, every channel is proven, those that are looped without digits, and the variables of a method hold what one channel reads.</summary>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel)
    {
        if (kernel.Format is null || proofs.Of(layer, kernel.Format) is not { } proven || !NarrowWeights.Holds(kernel.Width, layer))
            return false;
        LaneLayer lanes = LaneLayers.Of(proofs, layer, kernel, null);
        if (kernel.InTables > 0 && (kernel.Shape != LaneShape.Single || kernel.IsPaired || !proven.SelectMany(block => block).Reverse().Take(kernel.InTables).All(proof => proof.Digits == 0)))
            return false;
        if (kernel.IsListed && !ListKernel.SuitsChannels(proofs, layer, kernel.Format, kernel.InTables))
            return false;
        // What a decision reads was read before by others: it may not be changed.
        if (kernel.IsPaired && layer.IsStreamed && lanes.IsGlobal)
            return false;
        // With 3 lanes a bit is left above the highest, in which differences would leave something.
        if (kernel.IsPaired && (kernel.Format.Used != -1 || !LanePairs.Suits(lanes.Blocks) || !LanePairs.Pays(lanes.Blocks)))
            return false;
        return lanes.Blocks.All(block => Enumerable.Range(0, block.Block.Channels.Count).All(o => LaneTiles.CanHold(lanes, new ChannelSpan(block, o, 1))));
    }

    /// <inheritdoc/>
    public bool SuitsHeads(Network network, LayerKernel kernel) => false;

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => proofs.Formats.SelectMany(format => Shapes.SelectMany(shape => new[]
    {
        new LayerKernel(KernelKind.PositionLanes, format, shape), new LayerKernel(KernelKind.PositionLanes, format, shape, IsPaired: true),
    })).Where(kernel => kernel.Shape != LaneShape.Wide || !kernel.IsPaired);

    /// <summary>Two places at a time pay where a line has no more; along a longer one they are no better than what lies between the other two shapes.</summary>
    public bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel) => kernel.Shape != LaneShape.Wide || LaneLayers.Of(proofs, layer, kernel, null).IsWholeLine;

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => kernel.InTables == 0 ? [] : kernel.IsListed ? [ListKernel.SectionOfFew] : [LaneLoopKernel.SectionOfFew(kernel.Width)];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => layer.Kernel.InTables == 0 ? 0 : layer.Kernel.IsListed ? ListLayerCode.SumsOf(layer.Lanes!) : LaneLoopLayerCode.SumsOf(layer.Lanes!);

    /// <inheritdoc/>
    public int Multiples(LayerKernel kernel, Layer layer) => 0;

    /// <inheritdoc/>
    public int HeadMultiples(LayerKernel kernel, Network network) => 0;

    /// <inheritdoc/>
    public (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel) => layer.Kernel.IsListed ? ListLayerCode.Row(layer, channel) : LaneLoopLayerCode.Row(layer, channel);

    /// <inheritdoc/>
    public ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output) => output.Weights;

    /// <inheritdoc/>
    public IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure) => measured
        .SelectMany(code => PartlyLooped.Of(layer, code, [.. measured.Where(loop => MayLoop(code.Kernel, loop.Kernel))], measure));

    /// <inheritdoc/>
    public LayerCode Build(PartProgram program, PartLayer layer) => LaneLayerCode.Build(program, layer, builder => (layer.Kernel.IsListed ? ListLayerCode.Convolve : (Action<LayerCodeBuilder, PartProgram, PartLayer>)LaneLoopLayerCode.Convolve)(builder, program, layer));

    /// <inheritdoc/>
    public LayerCode BuildHeads(PartProgram program) => throw new NotSupportedException("heads are no convolutions");

    // Lane loops, and on a stream lists, in the same format can compute the last channels of what goes position by position.
    private static bool MayLoop(LayerKernel kernel, LayerKernel loop) =>
        kernel is { Kind: KernelKind.PositionLanes, Shape: LaneShape.Single, IsPaired: false } && loop.Kind is KernelKind.LaneLoop or KernelKind.Lists && kernel.Format == loop.Format;

    private static LayerKernel Pairs(int layer, int lanes) => new(
        KernelKind.PositionLanes, new LaneFormat(lanes, (LaneAxis)(layer % 2)), (LaneShape)(layer / 2 % 2), IsPaired: true);
}
