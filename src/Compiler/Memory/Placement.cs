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
        int sums = program.Layers.Select(layer => KernelRegistry.Of(layer.Kernel).Sums(layer)).DefaultIfEmpty(0).Max();
        // The longest line that any kernel reads as padding.
        int zeroLength = layers.Where(layer => layer.FirstLine == 0).Select(layer => layer.Input.Stride).DefaultIfEmpty(0).Max();
        bool[] inPlace = [.. layers.Select(layer => layer.Shape == LaneShape.Unrolled && (holdsWhole is null || holdsWhole(layer.Layer.Index - 1)) && shelf.IsOne(layer))];
        if (program.Network.Streaming is not null)
            return Streamed(program, layers, sums, zeroLength);
        ArenaPlan images = ArenaPlanner.Plan(Images(program.Plan, layers, inPlace), ChainSearch.Place, zeroLength);
        var placed = new List<PlacedLaneLayer>();
        int image = -1;
        for (int i = 0; i < layers.Length; i++)
        {
            if (program.Plan.Packs(layers[i].Layer.Index))
                image++;
            placed.Add(new PlacedLaneLayer(layers[i], images.Buffers[image].Offset, images.Buffers[++image].Offset, inPlace[i]));
        }

        (ArenaPlan arena, ValueArray<BlockPlace> blocks) = ByteBuffers.Of(program.Network, program.Plan);
        return new PlacedProgram(program, arena, blocks, new LaneArena(images, sums), placed.ToValueArray());
    }

    // On a stream every image is kept, and a layer writes the last line of the one that the next layer reads; the last convolution the last of the rows that it keeps.
    private static PlacedProgram Streamed(ScheduledProgram program, LaneLayer[] layers, int sums, int zeroLength)
    {
        var buffers = new List<ArenaBuffer>();
        var inputs = new int[layers.Length];
        var outputs = new int[layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            int layer = layers[i].Layer.Index;
            inputs[i] = Keep(FormattableString.Invariant($"input of layer {layer}"), layers[i].Input);
            // The last convolution's best sums, or lines that become bytes before they are read.
            if (program.Plan.WritesBytes(layers[i].Layer))
                outputs[i] = Keep(FormattableString.Invariant($"layer {layer}"), layers[i].Output, Math.Max(1, layers[i].Layer.MaximumRows));
        }

        ArenaPlan images = ArenaPlanner.Plan(buffers, OneAfterTheOther, zeroLength);
        (ArenaPlan arena, ValueArray<BlockPlace> blocks) = ByteBuffers.Of(program.Network, program.Plan);
        return new PlacedProgram(program, arena, blocks, new LaneArena(images, sums), layers.Select((layer, i) => new PlacedLaneLayer(
            layer, images.Buffers[inputs[i]].Offset,
            program.Plan.WritesBytes(layer.Layer) ? Last(images.Buffers[outputs[i]], layer.Output) : images.Buffers[inputs[i + 1]].Offset + (layers[i + 1].Input.Length - layers[i + 1].Input.Stride),
            isOneMethod: false)).ToValueArray(), layers[layers.Length - 1].Layer.MaximumRows > 1 ? images.Buffers[outputs[layers.Length - 1]].Offset : null);

        static int Last(PlacedBuffer rows, LaneImage image) => rows.Offset + rows.Length - image.Length;

        int Keep(string name, LaneImage image, int images = 1)
        {
            buffers.Add(new ArenaBuffer(name, image.Lines * images, image.Stride, 0, 0));
            return buffers.Count - 1;
        }
    }

    private static IReadOnlyList<int> OneAfterTheOther(IReadOnlyList<ArenaBuffer> buffers) => [.. buffers.Select((_, i) => buffers.Take(i).Sum(buffer => buffer.Length))];

    // A step writes an image, the next one reads it; packing what a layer reads is a step of its own.
    private static List<ArenaBuffer> Images(KernelPlan plan, LaneLayer[] layers, bool[] inPlace)
    {
        var images = new List<ArenaBuffer>();
        for (int i = 0; i < layers.Length; i++)
        {
            int layer = layers[i].Layer.Index;
            if (plan.Packs(layer))
                images.Add(Image(FormattableString.Invariant($"input of layer {layer}"), layers[i].Input, images.Count, isRead: true, isInPlace: false));
            bool isRead = i + 1 < layers.Length && !plan.Packs(layers[i + 1].Layer.Index);
            images.Add(Image(FormattableString.Invariant($"layer {layer}"), layers[i].Output, images.Count, isRead, inPlace[i]));
        }

        return images;
    }

    private static ArenaBuffer Image(string name, LaneImage image, int birth, bool isRead, bool isInPlace) =>
        new(name, image.Lines, image.Stride, birth, isRead ? birth + 1 : birth, isInPlace);

    /// <summary>For code that is only measured: every packed image at 0, whose place decides about next to nothing of it.</summary>
    public static PlacedProgram ForMeasuring(ScheduledProgram program)
    {
        (ArenaPlan arena, ValueArray<BlockPlace> blocks) = ByteBuffers.Of(program.Network, program.Plan);
        return new PlacedProgram(
            program, arena, blocks, new LaneArena(ArenaPlanner.Plan([], ChainSearch.Place), 0), program.Layers.Select(layer => layer.Lanes).OfType<LaneLayer>().Select(PlacedLaneLayer.ForMeasuring).ToValueArray(), MaximaStart: 0);
    }
}
