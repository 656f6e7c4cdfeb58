using System.Globalization;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Parts;
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
    public bool UsesTables => Kind is KernelKind.Loop or KernelKind.LaneLoop;

    /// <summary>Lane loops in a format.</summary>
    public static LayerKernel LaneLoop(LaneFormat format, int width = 0) => new(KernelKind.LaneLoop, format, LaneShape.Single, Width: width);

    /// <summary>For the header's table: "4 lanes, frequency, unrolled".</summary>
    public string ToText(bool isDense) => Kind switch
    {
        KernelKind.PositionLanes or KernelKind.LaneLoop => string.Format(
            CultureInfo.InvariantCulture, "{0} lanes, {1}, {2}{3}{4}{5}", Format!.Lanes, Format.Axis == LaneAxis.Frequency ? "frequency" : "time",
            Kind == KernelKind.LaneLoop ? "loop" : Shape == LaneShape.Unrolled ? "unrolled" : "single",
            IsPaired ? ", pairs" : "",
            Looped > 0 ? string.Format(CultureInfo.InvariantCulture, ", {0} by loop", Looped) : "",
            Width > 0 ? string.Format(CultureInfo.InvariantCulture, ", {0} bits a weight", Width) : ""),
        KernelKind.Sums => "sums",
        KernelKind.OutputLanes => "output lanes",
        _ => isDense ? "dense loop" : "convolution loop",
    };
}

/// <summary>The kernels of a network.</summary>
/// <param name="Layers">One per layer.</param>
/// <param name="Heads">Of all heads.</param>
/// <param name="Reason">Why this plan was chosen.</param>
public sealed record KernelPlan(ValueArray<LayerKernel> Layers, LayerKernel Heads, string Reason = "")
{
    /// <summary>Sizes of the code as the planner measured them; null for a plan that was not measured.</summary>
    internal StageSizes? Sizes { get; init; }

    /// <summary>Weighted instructions of a window with every task, as the planner estimates them.</summary>
    internal long Weighted { get; init; }

    /// <summary>IL as the planner estimates it.</summary>
    internal long IlBytes { get; init; }

    /// <summary>Tables as the planner knows them.</summary>
    internal long TableBytes { get; init; }

    /// <summary>Loops everywhere: the smallest code.</summary>
    public static KernelPlan Loops(Network network) => new(network.Layers.Select(_ => new LayerKernel(KernelKind.Loop)).ToValueArray(), new LayerKernel(KernelKind.Loop));

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
