using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Testing;

/// <summary>Kernels chosen by a test instead of the planner; where one does not suit a layer, the layer is computed by loops.</summary>
public static class ForcedPlans
{
    /// <summary>Every kernel in turn, by name.</summary>
    public static IReadOnlyDictionary<string, Func<Network, KernelPlan>> All { get; } = new SortedDictionary<string, Func<Network, KernelPlan>>(
        LaneFormat.All.SelectMany(format => new[] { LaneShape.Unrolled, LaneShape.Single }.Select(shape => Named(new LayerKernel(KernelKind.PositionLanes, format, shape))))
            .Concat(LaneFormat.All.Select(format => Named(LayerKernel.LaneLoop(format))))
            .Concat(new[] { 4, 2 }.Select(width => Named(LayerKernel.LaneLoop(LaneFormat.All[(int)LaneAxis.Time], width))))
            .Append(new("pairs", network => Plan(network, _ => [KernelKind.Loop], layer => Pairs(layer, 4))))
            .Append(new("2 lanes, pairs", network => Plan(network, _ => [KernelKind.Loop], layer => Pairs(layer, 2))))
            .Append(new("loop", KernelPlan.Loops))
            .Append(new("sums", network => Dense(network, KernelKind.Sums)))
            .Append(new("output lanes", network => Dense(network, KernelKind.OutputLanes)))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Another kernel for every layer, so that images are packed, unpacked and packed otherwise in between.</summary>
    public static KernelPlan Mixed(Network network, int seed)
    {
        var random = new Random(seed);
        return Plan(network, layer => layer.Kind == LayerKind.Dense
            ? [(KernelKind)random.Next(3) switch { KernelKind.Loop => KernelKind.Loop, KernelKind.PositionLanes => KernelKind.Sums, _ => KernelKind.OutputLanes }]
            : [], _ => Lanes(random));
    }

    /// <summary>One kernel for every convolution that it suits.</summary>
    public static KernelPlan Everywhere(Network network, LayerKernel kernel) => Plan(network, _ => [KernelKind.Loop], _ => kernel);

    private static LayerKernel? Lanes(Random random)
    {
        LaneFormat format = LaneFormat.All[random.Next(LaneFormat.All.Count)];
        return random.Next(5) switch
        {
            0 => null,
            1 => LayerKernel.LaneLoop(format, 2 * random.Next(3)),
            2 => new LayerKernel(KernelKind.PositionLanes, format, LaneShape.Single, Looped: random.Next(1, 6), Width: 2 * random.Next(3)),
            _ => new LayerKernel(KernelKind.PositionLanes, format, (LaneShape)random.Next(2)),
        };
    }

    private static KeyValuePair<string, Func<Network, KernelPlan>> Named(LayerKernel kernel) => new(
        kernel.ToText(isDense: false), network => Everywhere(network, kernel));

    private static LayerKernel Pairs(Layer layer, int lanes) => new(
        KernelKind.PositionLanes, new LaneFormat(lanes, (LaneAxis)(layer.Index % 2)), (LaneShape)(layer.Index / 2 % 2), IsPaired: true);

    private static KernelPlan Dense(Network network, KernelKind kind) => Plan(network, _ => [kind], _ => null);

    private static KernelPlan Plan(Network network, Func<Layer, KernelKind[]> dense, Func<Layer, LayerKernel?> lanes)
    {
        KernelKind heads = KernelKind.Loop;
        ValueArray<LayerKernel> layers = network.Layers.Select(layer =>
        {
            if (layer.Kind == LayerKind.Dense)
            {
                heads = dense(layer).FirstOrDefault(KernelKind.Loop);
                return KernelChoices.Suits(network, layer, heads) ? new LayerKernel(heads) : new LayerKernel(KernelKind.Loop);
            }

            return lanes(layer) is { } kernel && KernelChoices.Suits(network, layer, kernel) ? kernel : new LayerKernel(KernelKind.Loop);
        }).ToValueArray();
        return new KernelPlan(layers, new LayerKernel(KernelChoices.HeadsSuit(network, heads) ? heads : KernelKind.Loop));
    }
}
