using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Planning;

/// <summary>A kernel that suits a layer, or the heads, and what it takes there.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Weighted">Weighted instructions of a window that asks for every task, without packing and unpacking.</param>
/// <param name="IlBytes">IL on the device.</param>
/// <param name="TableBytes">Weights, biases and shifts in tables.</param>
/// <param name="Size">The IL channel by channel.</param>
internal sealed record KernelOption(LayerKernel Kernel, long Weighted, int IlBytes, int TableBytes, StageSize Size)
{
    /// <summary>Flash that it takes.</summary>
    public int Bytes => IlBytes + TableBytes;
}

/// <summary>The options of every layer of a network, measured on the code itself: its trees, assembled.</summary>
internal sealed class KernelOptions
{
    private static readonly string[] Transitions = ["Pack", "Unpack"];

    private readonly Network network;

    private KernelOptions(Network network)
    {
        this.network = network;
        Layers = network.Layers.Select(_ => new List<KernelOption>()).ToArray();
        Heads = [];
    }

    /// <summary>Options by layer; loops first.</summary>
    public List<KernelOption>[] Layers { get; }

    /// <summary>Options of the heads; loops first.</summary>
    public List<KernelOption> Heads { get; }

    /// <summary>Measures every kernel on every layer that it suits.</summary>
    public static KernelOptions Of(Network network)
    {
        var options = new KernelOptions(network);
        options.Add(KernelPlan.Loops(network));
        foreach (KernelKind kind in new[] { KernelKind.Sums, KernelKind.OutputLanes })
            options.Add(options.Dense(kind));
        foreach (LaneFormat format in options.Formats())
        {
            foreach (LaneShape shape in new[] { LaneShape.Unrolled, LaneShape.Single })
            {
                options.Add(options.Lanes(new LayerKernel(KernelKind.PositionLanes, format, shape)));
                options.Add(options.Lanes(new LayerKernel(KernelKind.PositionLanes, format, shape, IsPaired: true)));
            }
        }

        foreach (LaneFormat format in options.LoopFormats())
        {
            options.Add(options.Lanes(LayerKernel.LaneLoop(format)));
            foreach (int width in options.network.Layers.Select(NarrowWeights.WidthOf).Where(width => width > 0).Distinct().OrderBy(width => width))
                options.Add(options.Lanes(LayerKernel.LaneLoop(format, width)));
        }

        for (int i = 0; i < options.Layers.Length; i++)
            options.Layers[i].AddRange(options.PartlyLoopedOf(i).ToArray());
        return options;
    }

    private IEnumerable<KernelOption> PartlyLoopedOf(int layer)
    {
        foreach (KernelOption loop in Layers[layer].Where(option => option.Kernel.Kind == KernelKind.LaneLoop))
        {
            KernelOption? code = Layers[layer].Find(option =>
                option.Kernel is { Kind: KernelKind.PositionLanes, Shape: LaneShape.Single, IsPaired: false } && option.Kernel.Format == loop.Kernel.Format);
            if (code is null)
                continue;
            foreach (KernelOption option in PartlyLooped.Of(network.Layers[layer], code, loop))
                yield return option;
        }
    }

    /// <summary>Weighted instructions of packing what a layer reads.</summary>
    public long Packing(int layer, LaneFormat format)
    {
        Layer read = network.Layers[layer];
        int channels = layer == 0 ? 1 : network.Layers[layer - 1].Channels;
        var image = LaneImage.Of(format, 0, read.InputRows, read.InputColumns, channels, hasHalo: false);
        return KernelCosts.CallOf("Pack") + KernelTally.Pack(image.Lines, image.Places, channels, format.Lanes).Cost;
    }

    /// <summary>Weighted instructions of unpacking what a layer writes.</summary>
    public long Unpacking(int layer, LaneFormat format)
    {
        Layer written = network.Layers[layer];
        var image = LaneImage.Of(format, 0, written.OutputRows, written.OutputColumns, written.Channels, hasHalo: false);
        return KernelCosts.CallOf("Unpack") + KernelTally.Unpack(image.Lines, image.Places, image.Channels, format.Lanes).Cost;
    }

    // For each convolution the format with the most lanes that is proven there; a layer may then take another layer's too.
    private IEnumerable<LaneFormat> Formats() => network.Layers
        .Select(layer => LaneFormat.All.FirstOrDefault(format => LaneLayers.Prove(network, layer, format) is not null))
        .OfType<LaneFormat>()
        .Distinct()
        .OrderByDescending(format => format.Lanes)
        .ThenBy(format => format.Axis);

    // The same for lane loops, and the formats that their neighbours may have.
    private IEnumerable<LaneFormat> LoopFormats() => network.Layers
        .Select(layer => LaneFormat.All.FirstOrDefault(format => KernelChoices.Suits(network, layer, LayerKernel.LaneLoop(format))))
        .OfType<LaneFormat>()
        .Concat(Formats())
        .Distinct()
        .OrderByDescending(format => format.Lanes)
        .ThenBy(format => format.Axis);

    private KernelPlan Lanes(LayerKernel kernel) => new(
        network.Layers.Select(layer => !KernelChoices.Suits(network, layer, kernel) ? new LayerKernel(KernelKind.Loop)
            : layer.Operator.WritesImage ? kernel
            : kernel with { Shape = LaneShape.Single }).ToValueArray(),
        new LayerKernel(KernelKind.Loop));

    private KernelPlan Dense(KernelKind kind) => new(
        network.Layers.Select(layer => new LayerKernel(!layer.Operator.ReadsImage && KernelChoices.Suits(network, layer, kind) ? kind : KernelKind.Loop)).ToValueArray(),
        new LayerKernel(KernelChoices.HeadsSuit(network, kind) ? kind : KernelKind.Loop));

    private void Add(KernelPlan plan)
    {
        LoweredProgram program = Lowerer.Lower(network, "Model", plan);
        bool isLoops = Heads.Count == 0;
        for (int i = 0; i < program.Layers.Count; i++)
        {
            LoweredLayer layer = program.Layers[i];
            bool isSame = Layers[i].Exists(option => option.Kernel == layer.Kernel);
            if (!isSame && (isLoops || layer.Kernel.Kind != KernelKind.Loop))
                Layers[i].Add(Measure(program with { Layers = ValueArray.Of(layer), Heads = ValueArray<HeadStep>.Empty }, layer.Kernel));
        }

        if (program.Heads.Count > 0 && (isLoops || plan.Heads.Kind != KernelKind.Loop))
            Heads.Add(Measure(program with { Layers = ValueArray<LoweredLayer>.Empty }, plan.Heads));
    }

    private static KernelOption Measure(LoweredProgram stage, LayerKernel kernel)
    {
        StageCode code = ProgramCode.Build(stage).Code[0];
        long transitions = code.Kernels.Where(run => System.Array.IndexOf(Transitions, run.Section) >= 0).Sum(run => run.Weighted);
        int il = code.Methods.Prepend(code.Entry).Sum(method => method.Figures.DeviceBytes);
        StageSize size = stage.Layers.Count > 0 ? StageSize.Of(stage.Layers[0], code) : StageSize.Of(stage.Network.Tasks, code);
        return new KernelOption(kernel, code.Costs.Sum(cost => cost.Weighted) - transitions, il, TableLayout.Apply(stage).Tables.Bytes, size);
    }
}
