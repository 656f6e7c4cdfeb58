namespace AdapterCompiler.Programs;

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

    /// <summary>Weights that are not 0 as lists in tables, fully connected, or for streams on packed lanes.</summary>
    Lists,

    /// <summary>Fully connected: weights as places of multiples of the inputs, in tables.</summary>
    Multiples,
}

/// <summary>How one layer, or the heads, are computed.</summary>
/// <param name="Kind">Family.</param>
/// <param name="Format">Lanes and axis of <see cref="KernelKind.PositionLanes"/> and <see cref="KernelKind.LaneLoop"/>; null otherwise.</param>
/// <param name="Shape">How position lanes walk the image; lane loops are <see cref="LaneShape.Single"/>.</param>
/// <param name="Reason">Why it was chosen, for <c>adapterc inspect --stage lowered</c>.</param>
/// <param name="IsPaired">Position lanes add up sums and differences of two inputs.</param>
/// <param name="InTables">
/// Channels, the layer's last ones, whose weights are in tables where those of the others are instructions: a byte each, so that a layer can be
/// made to fit what room there is.
/// </param>
/// <param name="Width">Bits of a weight in the tables of lane loops, 2 or 4; 0 for a byte. Of multiples the bits of a weight at most.</param>
/// <param name="IsListed">Channels in tables are lists of weights that are not 0.</param>
public sealed record LayerKernel(
    KernelKind Kind, LaneFormat? Format = null, LaneShape Shape = LaneShape.Unrolled, string Reason = "", bool IsPaired = false, int InTables = 0, int Width = 0, bool IsListed = false)
{
    /// <summary>Loops, which suit everything.</summary>
    public static LayerKernel Loop { get; } = new(KernelKind.Loop);

    /// <summary>Lane loops in a format.</summary>
    public static LayerKernel LaneLoop(LaneFormat format, int width = 0) => new(KernelKind.LaneLoop, format, LaneShape.Single, Width: width);
}
