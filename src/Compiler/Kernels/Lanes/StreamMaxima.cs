using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// What the last convolution of a stream keeps: of each of a window's rows the greatest code of every channel. A maximum commutes with shift and clamp, so the
/// greatest of these codes are the codes of the window, and each row is computed once however many windows it is in.
/// </summary>
internal static class StreamMaxima
{
    /// <summary>Where the codes of one row go: the last of those that are kept, or what the next layer reads where a window has one row.</summary>
    /// <param name="program">The class.</param>
    /// <param name="layer">The last convolution.</param>
    /// <param name="channels">Of all its blocks.</param>
    /// <param name="behind">So many behind the first of them.</param>
    public static Literal Last(PartProgram program, PartLayer layer, int channels, int behind) => layer.MaximaStart is { } start
        ? Kept(layer, start, ((layer.Layer.MaximumRows - 1) * channels) + behind)
        : program.Part.Output(layer.Layer, layer.Steps[0], behind);

    /// <summary>The oldest row is left, the others move up.</summary>
    public static void MoveUp(LayerCodeBuilder builder, PartProgram program, PartLayer layer, int channels) => builder.Kernel(
        0, KernelTally.One(LaneSections.MoveMaxima, 1), LaneSections.MoveMaxima,
        ("codes", StateFields.Arena(program.Part)), ("start", Kept(layer, layer.MaximaStart.GetValueOrDefault(), 0)), ("by", Expressions.Int(channels)), ("count", Expressions.Int((layer.Layer.MaximumRows - 1) * channels)));

    /// <summary>The greatest of all rows, which is what a decision reads.</summary>
    public static void Take(LayerCodeBuilder builder, PartProgram program, PartLayer layer, int channels) => builder.Kernel(
        0, LaneTally.GreatestRows(layer.Layer.MaximumRows, channels), LaneSections.GreatestRows,
        ("codes", StateFields.Arena(program.Part)), ("start", Kept(layer, layer.MaximaStart.GetValueOrDefault(), 0)), ("end", Kept(layer, layer.MaximaStart.GetValueOrDefault(), layer.Layer.MaximumRows * channels)),
        ("channels", Expressions.Int(channels)), ("to", program.Part.Output(layer.Layer, layer.Steps[0])));

    private static Literal Kept(PartLayer layer, int start, int behind) => CodePlaces.At(LayerNames.Method(layer.Layer.Index), "Maxima", start, behind);
}
