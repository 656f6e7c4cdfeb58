using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Kernels;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Planning;

/// <summary>Families of kernels.</summary>
public enum KernelKind
{
    /// <summary>Loops over arrays, weights in tables: compact, slow.</summary>
    Loop,

    /// <summary>Convolution on strips of the image in the lanes of a long, weights as additions.</summary>
    PositionLanes,

    /// <summary>The same images, weights in tables: loops that keep several channels' weights in locals while the image passes.</summary>
    LaneLoop,

    /// <summary>Fully connected: sums grouped by magnitude, a zero weight costs nothing.</summary>
    Sums,

    /// <summary>Fully connected: weights of several outputs packed in one constant.</summary>
    OutputLanes,
}

/// <summary>How one layer, or the heads, are computed.</summary>
/// <param name="Kind">Family.</param>
/// <param name="Format">Lanes and axis of <see cref="KernelKind.PositionLanes"/> and <see cref="KernelKind.LaneLoop"/>; null otherwise.</param>
/// <param name="Shape">How position lanes walk the image; lane loops are <see cref="LaneShape.Single"/>.</param>
/// <param name="Reason">Why it was chosen, for <c>adapterc inspect --stage lowered</c>.</param>
/// <param name="IsPaired">Position lanes add up sums and differences of two inputs (<see cref="LanePairs"/>).</param>
/// <param name="Looped">
/// Channels, the layer's last ones, that lane loops compute where the others are position lanes, single: their weights take a byte each
/// instead of instructions, so that a layer can be made to fit what room there is.
/// </param>
/// <param name="Width">Bits of a weight in the tables of lane loops, 2 or 4; 0 for a byte.</param>
public sealed record LayerKernel(
    KernelKind Kind, LaneFormat? Format = null, LaneShape Shape = LaneShape.Unrolled, string Reason = "", bool IsPaired = false, int Looped = 0, int Width = 0)
{
    /// <summary>Lane loops compute some of it.</summary>
    public bool HasLaneLoops => Kind == KernelKind.LaneLoop || Looped > 0;

    /// <summary>Its weights, biases and shifts are in tables.</summary>
    public bool UsesTables => Kernel.UsesTables;

    /// <summary>It computes fully connected layers and nothing else.</summary>
    internal bool IsFullyConnected => Kernel.IsFullyConnected;

    private IKernel Kernel => KernelRegistry.Of(Kind);

    /// <summary>Every form of every kernel, by name: of a layer, from 1. For tests, which force each on all layers that it suits.</summary>
    public static IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms =>
        KernelRegistry.All.SelectMany(kernel => kernel.Forms).ToDictionary(form => form.Key, form => form.Value, StringComparer.Ordinal);

    /// <summary>Loops, which suit everything.</summary>
    public static LayerKernel Loop { get; } = new(KernelKind.Loop);

    /// <summary>Lane loops in a format.</summary>
    public static LayerKernel LaneLoop(LaneFormat format, int width = 0) => new(KernelKind.LaneLoop, format, LaneShape.Single, Width: width);

    /// <summary>It can compute a layer, provably without overflow.</summary>
    public bool Suits(Network network, Layer layer) => Kernel.Suits(network, layer, this);

    /// <summary>It can compute all heads.</summary>
    public bool SuitsHeads(Network network) => Kernel.SuitsHeads(network);

    /// <summary>Lane loops can compute the layer's last channels in its place.</summary>
    /// <param name="loop">The lane loops.</param>
    internal bool MayLoop(LayerKernel loop) =>
        this is { Kind: KernelKind.PositionLanes, Shape: LaneShape.Single, IsPaired: false } && loop.Kind == KernelKind.LaneLoop && Format == loop.Format;

    /// <summary>For the header's table: "4 lanes, frequency, unrolled".</summary>
    public string ToText(bool isDense) => Kernel.ToText(this, isDense);
}
