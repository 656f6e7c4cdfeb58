using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Lowering.Planning;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>Places the packed images of a whole program, and what its loops sum up in. Every part of a model places them alike.</summary>
internal static class LanePlacement
{
    /// <summary>The program with its arena of longs and every image's place in it.</summary>
    /// <param name="whole">The program before it is cut.</param>
    /// <param name="parts">Where it will be cut, or null.</param>
    public static LoweredProgram Apply(LoweredProgram whole, PartPlan? parts)
    {
        LaneLayer[] layers = whole.Layers.Select(layer => layer.Lanes).OfType<LaneLayer>().ToArray();
        int sums = Math.Max(
            whole.Layers.Where(layer => layer.Kernel.HasLaneLoops).Select(layer => LaneLoopStage.SumsOf(layer.Lanes!)).DefaultIfEmpty(0).Max(),
            whole.Layers.Where(layer => layer.Kernel.Kind == KernelKind.Loop && layer.Layer.Operator.ReadsImage).Select(layer => LoopStage.SumsOf(layer.Layer)).DefaultIfEmpty(0).Max());
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
            inPlace[i] = layer.Shape == LaneShape.Unrolled && (parts is null || parts.HoldsWhole(index)) && LaneTiles.IsOne(layer);
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
