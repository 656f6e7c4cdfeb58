using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>A convolution on strips of the image in the lanes of a long, weights as additions.</summary>
internal sealed class PositionLanesKernel : IKernel
{
    private static readonly LaneShape[] Shapes = [LaneShape.Unrolled, LaneShape.Single];

    /// <inheritdoc/>
    public KernelKind Kind => KernelKind.PositionLanes;

    /// <inheritdoc/>
    public string Summary => "convolution: strips of the image in the lanes of a long, weights as additions; for sparse or narrow weights, as far as IL goes";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; } = LaneFormat.All
        .SelectMany(format => Shapes.Select(shape => new LayerKernel(KernelKind.PositionLanes, format, shape)))
        .Select(kernel => new KeyValuePair<string, Func<int, LayerKernel>>(Text(kernel), _ => kernel))
        .Append(new("pairs", layer => Pairs(layer, 4)))
        .Append(new("2 lanes, pairs", layer => Pairs(layer, 2)))
        .ToDictionary(form => form.Key, form => form.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool UsesTables => false;

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => Text(kernel);

    /// <summary>The image can be cut, every channel is proven, those that are looped without digits, and the variables of a method hold what one channel reads.</summary>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel)
    {
        if (kernel.Format is null || proofs.Of(layer, kernel.Format) is not { } proven || !NarrowWeights.Holds(kernel.Width, layer))
            return false;
        LaneLayer lanes = LaneLayers.Of(proofs, layer, kernel, null);
        if (kernel.Looped > 0 && (kernel.Shape != LaneShape.Single || kernel.IsPaired || !proven.SelectMany(block => block).Reverse().Take(kernel.Looped).All(proof => proof.Digits == 0)))
            return false;
        // What a decision reads was read before by others: it may not be changed.
        if (kernel.IsPaired && layer.IsStreamed && lanes.IsGlobal)
            return false;
        // With 3 lanes a bit is left above the highest, in which differences would leave something.
        if (kernel.IsPaired && (kernel.Format.Used != -1 || !LanePairs.Suits(lanes.Blocks) || !LanePairs.Pays(lanes.Blocks)))
            return false;
        return lanes.Blocks.All(block => Enumerable.Range(0, block.Block.Channels.Count).All(o => LaneTiles.CanHold(lanes, new LaneSlice(block, o, 1))));
    }

    /// <inheritdoc/>
    public bool SuitsHeads(Network network) => false;

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs) => Formats(proofs).SelectMany(format => Shapes.SelectMany(shape => new[]
    {
        new LayerKernel(KernelKind.PositionLanes, format, shape), new LayerKernel(KernelKind.PositionLanes, format, shape, IsPaired: true),
    }));

    /// <summary>For each convolution the format with the most lanes that is proven there; a layer may then take another layer's too.</summary>
    public static IEnumerable<LaneFormat> Formats(LaneProofs proofs) => proofs.Network.Layers
        .Select(layer => LaneFormat.All.FirstOrDefault(format => proofs.Of(layer, format) is not null))
        .OfType<LaneFormat>()
        .Distinct()
        .OrderByDescending(format => format.Lanes)
        .ThenBy(format => format.Axis);

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) =>
        [.. LaneSections.Begin, .. LaneSections.End, .. kernel.Looped > 0 ? LaneLoopKernel.SectionsOf(kernel.Width) : []];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => layer.Kernel.Looped > 0 ? LaneLoopStage.SumsOf(layer.Lanes!) : 0;

    /// <inheritdoc/>
    public StageCode Build(PartProgram program, PartLayer layer) => LaneStage.Build(program, layer);

    /// <inheritdoc/>
    public StageCode BuildHeads(PartProgram program) => throw new NotSupportedException("heads are no convolutions");

    /// <summary>"4 lanes, frequency, unrolled", or "loop" where lane loops compute all of it.</summary>
    internal static string Text(LayerKernel kernel, string? walk = null) => string.Format(
        CultureInfo.InvariantCulture, "{0} lanes, {1}, {2}{3}{4}{5}", kernel.Format!.Lanes, kernel.Format.Axis == LaneAxis.Frequency ? "frequency" : "time",
        walk ?? (kernel.Shape == LaneShape.Unrolled ? "unrolled" : "single"),
        kernel.IsPaired ? ", pairs" : "",
        kernel.Looped > 0 ? string.Format(CultureInfo.InvariantCulture, ", {0} by loop", kernel.Looped) : "",
        kernel.Width > 0 ? string.Format(CultureInfo.InvariantCulture, ", {0} bits a weight", kernel.Width) : "");

    private static LayerKernel Pairs(int layer, int lanes) => new(
        KernelKind.PositionLanes, new LaneFormat(lanes, (LaneAxis)(layer % 2)), (LaneShape)(layer / 2 % 2), IsPaired: true);
}
