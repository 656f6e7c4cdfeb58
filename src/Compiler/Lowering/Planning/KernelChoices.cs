using System.Linq;
using AdapterCompiler.Lowering.Dense;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Planning;

/// <summary>Which kernels can compute a layer at all.</summary>
public static class KernelChoices
{
    private static readonly StaticField Codes = new("codes", IlType.Bytes);
    private static readonly StaticField Logits = new("logits", IlType.Ints);

    /// <summary>A lane kernel suits a convolution: its image can be cut, every channel is proven, for lane loops without digits, and the variables of a method hold what one channel reads.</summary>
    public static bool Suits(Network network, Layer layer, LayerKernel kernel)
    {
        if (kernel.Format is null || LaneLayers.Prove(network, layer, kernel.Format) is not { } proofs)
            return false;
        if (kernel.Width > 0 && (NarrowWeights.WidthOf(layer) is not (> 0 and int width) || width > kernel.Width))
            return false;
        if (kernel.Kind == KernelKind.LaneLoop)
            return proofs.All(block => block.All(proof => proof.Digits == 0));
        LaneLayer lanes = LaneLayers.Of(network, layer, kernel, null);
        if (kernel.Looped > 0 && (kernel.Shape != LaneShape.Single || kernel.IsPaired || !proofs.SelectMany(block => block).Reverse().Take(kernel.Looped).All(proof => proof.Digits == 0)))
            return false;
        // With 3 lanes a bit is left above the highest, in which differences would leave something.
        if (kernel.IsPaired && (kernel.Format.Used != -1 || !LanePairs.Suits(lanes.Blocks) || !LanePairs.Pays(lanes.Blocks)))
            return false;
        return lanes.Blocks.All(block => Enumerable.Range(0, block.Block.Channels.Count).All(o => LaneTiles.CanHold(lanes, new LaneSlice(block, o, 1))));
    }

    /// <summary>A kernel suits a fully connected layer.</summary>
    public static bool Suits(Network network, Layer layer, KernelKind kind) => kind == KernelKind.Loop || new[] { layer.Shared }.Concat(layer.Adapters)
        .Select((block, b) => new BlockStep(b - 1, block, 0, 0, 0, 0))
        .Where(step => step.Block.Channels.Count > 0)
        .All(step => DenseCode.Lower(DenseStage.Kernel(kind), "", DenseStage.Step(network, layer, step), Codes, Codes) is not null);

    /// <summary>A kernel suits all heads.</summary>
    public static bool HeadsSuit(Network network, KernelKind kind) => kind == KernelKind.Loop || network.Tasks
        .Select((task, k) => new HeadStep(k, 0, 0, 0, task.Classes.Count))
        .All(head => DenseCode.Lower(DenseStage.Kernel(kind), "", DenseStage.Step(network, head), Codes, Logits) is not null);
}
