using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>Places the packed images of a whole program, and what its loops sum up in. Every part of a model places them alike.</summary>
internal static class LanePlacement
{
    /// <summary>The program with its arena of longs and every image's place in it.</summary>
    /// <param name="whole">The program before it is cut.</param>
    /// <param name="holdsWhole">No cut falls inside a layer, by index; null where nothing is cut.</param>
    public static LoweredProgram Apply(LoweredProgram whole, Func<int, bool>? holdsWhole) => Apply(whole, holdsWhole, new CodeShelf());

    /// <summary>The program with its arena of longs and every image's place in it.</summary>
    /// <param name="whole">The program before it is cut.</param>
    /// <param name="holdsWhole">No cut falls inside a layer, by index; null where nothing is cut.</param>
    /// <param name="shelf">What was built of the same network before.</param>
    public static LoweredProgram Apply(LoweredProgram whole, Func<int, bool>? holdsWhole, CodeShelf shelf)
    {
        LaneLayer[] layers = whole.Layers.Select(layer => layer.Lanes).OfType<LaneLayer>().ToArray();
        int sums = whole.Layers.Select(layer => KernelRegistry.Of(layer.Kernel.Kind).Sums(layer)).DefaultIfEmpty(0).Max();
        // The longest line that any kernel reads.
        int zeroLength = layers.Select(layer => layer.Input.Stride).DefaultIfEmpty(0).Max();
        var needs = new List<LaneImageNeed>();
        var inPlace = new bool[layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            LaneLayer layer = layers[i];
            if (whole.Plan.Packs(layer.Layer.Index))
                needs.Add(new LaneImageNeed(layer.Input.Lines, layer.Input.Stride, IsFirst: true, ConsumesLines: false));
            int index = layer.Layer.Index - 1;
            inPlace[i] = layer.Shape == LaneShape.Unrolled && (holdsWhole is null || holdsWhole(index)) && shelf.IsOne(layer);
            needs.Add(new LaneImageNeed(layer.Output.Lines, layer.Output.Stride, IsFirst: false, inPlace[i]));
        }

        LaneArena images = LaneArenaPlanner.Plan(needs, zeroLength), arena = images with { SumsStart = images.Length, Length = images.Length + sums, LowerBound = images.LowerBound + sums };
        var placed = new Dictionary<int, LaneLayer>();
        int image = -1;
        for (int i = 0; i < layers.Length; i++)
        {
            LaneLayer layer = layers[i];
            if (whole.Plan.Packs(layer.Layer.Index))
                image++;
            placed.Add(layer.Layer.Index, layer with
            {
                Input = layer.Input with { Start = arena.Starts[image] },
                Output = layer.Output with { Start = arena.Starts[++image] },
                IsOneMethod = inPlace[i],
            });
        }

        return whole with
        {
            Lanes = arena,
            Layers = whole.Layers.Select(layer => placed.TryGetValue(layer.Layer.Index, out LaneLayer? lanes) ? layer with { Lanes = lanes } : layer).ToValueArray(),
        };
    }
}
