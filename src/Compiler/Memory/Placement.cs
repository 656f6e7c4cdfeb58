using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>Places everything that a program keeps while it runs: codes, packed images, and what loops sum up in. Every part of a model places them alike.</summary>
internal static class Placement
{
    /// <summary>The program with its places.</summary>
    /// <param name="program">The whole network.</param>
    /// <param name="holdsWhole">No cut falls inside a layer, by index; null where nothing is cut.</param>
    /// <param name="shelf">What was built of the same network before.</param>
    public static PlacedProgram Of(ScheduledProgram program, Func<int, bool>? holdsWhole, CodeShelf shelf)
    {
        LaneLayer[] layers = [.. program.Layers.Select(layer => layer.Lanes).OfType<LaneLayer>()];
        int sums = program.Layers.Select(layer => KernelRegistry.Of(layer.Kernel.Kind).Sums(layer)).DefaultIfEmpty(0).Max();
        // The longest line that any kernel reads.
        int zeroLength = layers.Select(layer => layer.Input.Stride).DefaultIfEmpty(0).Max();
        var needs = new List<LaneImageNeed>();
        bool[] inPlace = [.. layers.Select(layer => layer.Shape == LaneShape.Unrolled && (holdsWhole is null || holdsWhole(layer.Layer.Index - 1)) && shelf.IsOne(layer))];
        for (int i = 0; i < layers.Length; i++)
        {
            if (program.Plan.Packs(layers[i].Layer.Index))
                needs.Add(new LaneImageNeed(layers[i].Input.Lines, layers[i].Input.Stride, IsFirst: true, ConsumesLines: false));
            needs.Add(new LaneImageNeed(layers[i].Output.Lines, layers[i].Output.Stride, IsFirst: false, inPlace[i]));
        }

        LanePlaces images = LaneArenaPlanner.Plan(needs, zeroLength);
        var placed = new List<PlacedLaneLayer>();
        int image = -1;
        for (int i = 0; i < layers.Length; i++)
        {
            if (program.Plan.Packs(layers[i].Layer.Index))
                image++;
            placed.Add(new PlacedLaneLayer(layers[i], images.Starts[image], images.Starts[++image], inPlace[i]));
        }

        (ArenaPlan arena, ValueArray<BlockPlace> blocks) = ByteBuffers.Of(program.Network, program.Plan);
        return new PlacedProgram(program, arena, blocks, new LaneArena(images.Length + sums, images.LowerBound + sums, images.Length), placed.ToValueArray());
    }

    /// <summary>For code that is only measured: every packed image at 0, whose place decides about next to nothing of it.</summary>
    public static PlacedProgram ForMeasuring(ScheduledProgram program)
    {
        (ArenaPlan arena, ValueArray<BlockPlace> blocks) = ByteBuffers.Of(program.Network, program.Plan);
        return new PlacedProgram(
            program, arena, blocks, new LaneArena(0, 0, 0), program.Layers.Select(layer => layer.Lanes).OfType<LaneLayer>().Select(PlacedLaneLayer.ForMeasuring).ToValueArray());
    }
}
