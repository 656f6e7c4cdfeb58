using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Testing;

/// <summary>Kernels chosen by a test instead of the planner; where one does not suit a layer, the layer is computed by loops.</summary>
public static class ForcedPlans
{
    private static readonly LayerKernel[] Dense = [LayerKernel.Loop, new(KernelKind.Sums), new(KernelKind.OutputLanes)];

    /// <summary>Every form of every kernel in turn, by name.</summary>
    public static IReadOnlyDictionary<string, Func<Network, KernelPlan>> All { get; } = new SortedDictionary<string, Func<Network, KernelPlan>>(
        LayerKernels.Forms.ToDictionary(
            form => form.Key, form => new Func<Network, KernelPlan>(network => Plan(network, layer => form.Value(layer.Index), () => form.Value(network.Layers.Count))), StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Another kernel for every layer, so that images are packed, unpacked and packed otherwise in between.</summary>
    public static KernelPlan Mixed(Network network, int seed)
    {
        var random = new Random(seed);
        LayerKernel heads = LayerKernel.Loop;
        return Plan(network, layer => layer.Kind == LayerKind.Dense ? heads = Dense[random.Next(Dense.Length)] : Lanes(random), () => heads);
    }

    /// <summary>One kernel for every layer that it suits.</summary>
    public static KernelPlan Everywhere(Network network, LayerKernel kernel) => Plan(network, _ => kernel, () => kernel);

    private static LayerKernel Lanes(Random random)
    {
        LaneFormat format = LaneFormat.All[random.Next(LaneFormat.All.Count)];
        return random.Next(5) switch
        {
            0 => LayerKernel.Loop,
            1 => LayerKernel.LaneLoop(format, 2 * random.Next(3)),
            2 => new LayerKernel(KernelKind.PositionLanes, format, LaneShape.Single, InTables: random.Next(1, 6), Width: 2 * random.Next(3)),
            _ => new LayerKernel(KernelKind.PositionLanes, format, (LaneShape)random.Next(3)),
        };
    }

    private static KernelPlan Plan(Network network, Func<Layer, LayerKernel> kernel, Func<LayerKernel> heads)
    {
        ValueArray<LayerKernel> layers = network.Layers.Select(layer => kernel(layer) is var chosen && chosen.Suits(network, layer) ? chosen : LayerKernel.Loop).ToValueArray();
        return new KernelPlan(layers, heads().SuitsHeads(network) ? heads() : LayerKernel.Loop);
    }
}
