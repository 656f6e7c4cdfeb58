using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>A convolution on the images of position lanes, weights in tables: loops that keep several channels' weights in locals while the image passes.</summary>
internal sealed class LaneLoopKernel : IKernel
{
    private const string PoolSums = "PoolSums";

    private static readonly ValueArray<int> Widths = ValueArray.Of(0, 4, 2);

    /// <summary>The loops for every width of weights: of the text of each the loads of its weights are written anew.</summary>
    public static ValueArray<CopiedVariant> Variants { get; } = new[] { LaneLoopLayerCode.Four, LaneLoopLayerCode.One }
        .SelectMany(kernel => Widths.Select(width => new CopiedVariant(NarrowWeights.Kernel(kernel, width), kernel, lines => NarrowWeights.OfWidth(lines, width))))
        .ToValueArray();

    /// <summary>Copied sections for every width of weights.</summary>
    public static ValueArray<string> AllSections { get; } = Variants.Select(variant => variant.Name).Append(PoolSums).ToValueArray();

    /// <inheritdoc/>
    public KernelKind Kind => KernelKind.LaneLoop;

    /// <inheritdoc/>
    public string Summary => "convolution: the same images, weights in tables of 8, 4 or 2 bits; for dense or wide weights, and where IL is short";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; } = new ReadOnlyDictionary<string, Func<int, LayerKernel>>(LaneFormat.All.Select(format => LayerKernel.LaneLoop(format))
        .Concat(Widths.Where(width => width > 0).Select(width => LayerKernel.LaneLoop(new LaneFormat(4, LaneAxis.Time), width)))
        .ToDictionary(Text, kernel => new Func<int, LayerKernel>(_ => kernel), StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool UsesTables => true;

    /// <inheritdoc/>
    public bool HasWideRows => false;

    /// <summary>Copied section for fewer than four channels, which the whole layer may do without.</summary>
    /// <param name="width">Bits of a weight; 0 for a byte.</param>
    public static string SectionOfFew(int width) => NarrowWeights.Kernel(LaneLoopLayerCode.One, width);

    /// <inheritdoc/>
    public string ToText(LayerKernel kernel, bool isDense) => Text(kernel);

    /// <summary>The image can be cut, and every channel is proven without digits.</summary>
    public bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel) => kernel.Format is not null && proofs.Of(layer, kernel.Format) is { } proven
        && NarrowWeights.Holds(kernel.Width, layer) && proven.All(block => block.All(proof => proof.Digits == 0));

    /// <inheritdoc/>
    public bool SuitsHeads(Network network, LayerKernel kernel) => false;

    /// <inheritdoc/>
    public IEnumerable<LayerKernel> Choices(LaneProofs proofs)
    {
        int[] widths = [.. proofs.Network.Layers.Select(NarrowWeights.WidthOf).Where(width => width > 0).Distinct().OrderBy(width => width)];
        return Formats(proofs).SelectMany(format => widths.Prepend(0).Select(width => LayerKernel.LaneLoop(format, width)));
    }

    /// <inheritdoc/>
    public bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel) => true;

    /// <inheritdoc/>
    public IEnumerable<string> Sections(LayerKernel kernel) => [SectionOfFew(kernel.Width)];

    /// <inheritdoc/>
    public int Sums(ScheduledLayer layer) => LaneLoopLayerCode.SumsOf(layer.Lanes!);

    /// <inheritdoc/>
    public int Multiples(LayerKernel kernel, Layer layer) => 0;

    /// <inheritdoc/>
    public int HeadMultiples(LayerKernel kernel, Network network) => 0;

    /// <inheritdoc/>
    public (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel) => LaneLoopLayerCode.Row(layer, channel);

    /// <inheritdoc/>
    public ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output) => output.Weights;

    /// <inheritdoc/>
    public IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure) => [];

    /// <inheritdoc/>
    public LayerCode Build(PartProgram program, PartLayer layer) => LaneLayerCode.Build(program, layer, builder => LaneLoopLayerCode.Convolve(builder, program, layer));

    /// <inheritdoc/>
    public LayerCode BuildHeads(PartProgram program) => throw new NotSupportedException("heads are no convolutions");

    // For each convolution the format with the most lanes that it suits there, and the formats that its neighbours may have.
    private IEnumerable<LaneFormat> Formats(LaneProofs proofs) => proofs.Network.Layers
        .Select(layer => LaneFormat.All.FirstOrDefault(format => Suits(proofs, layer, LayerKernel.LaneLoop(format))))
        .OfType<LaneFormat>()
        .Concat(proofs.Formats)
        .Distinct()
        .OrderByDescending(format => format.Lanes)
        .ThenBy(format => format.Axis);

    private static string Text(LayerKernel kernel) => LaneText.Of(kernel, "loop");
}
