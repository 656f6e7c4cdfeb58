using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>Where blocks leave their codes as bytes, as far as they do: a layer on packed lanes does where the next one reads bytes.</summary>
internal static class ByteBuffers
{
    /// <summary>
    /// A buffer is read by its own encoder's next block, a shared one by every adapter's next block too, the last ones by heads. Lane
    /// layers read and write all blocks at once, into one buffer. On a stream the last convolution's codes wait for a decision.
    /// </summary>
    public static (ArenaPlan Arena, ValueArray<BlockPlace> Blocks) Of(Network network, KernelPlan plan)
    {
        ScheduledBlock[] schedule = [.. ScheduledBlock.Of(network)];
        var buffers = new List<ArenaBuffer>();
        var members = new List<(int Layer, int? Task, int Length)[]>();
        foreach (IGrouping<Layer, ScheduledBlock> group in schedule.GroupBy(block => block.Layer))
        {
            Layer layer = group.Key;
            if (!plan.WritesBytes(layer))
                continue;
            int size = layer.OutputRows * layer.OutputColumns;
            if (plan.FormatOf(layer.Index) is not null)
            {
                (int, int?, int Length)[] together = [.. group.Select(block => (layer.Index, block.Task, block.Block.Channels.Count * size))];
                bool waits = layer.MaximumRows > 0;
                int birth = waits ? 0 : First(layer.Index), death = waits ? schedule.Length : group.Max(Death);
                buffers.Add(new ArenaBuffer(FormattableString.Invariant($"layer {layer.Index}"), 1, together.Sum(block => block.Length), birth, death));
                members.Add(together);
                continue;
            }

            foreach (ScheduledBlock block in group)
            {
                int length = block.Block.Channels.Count * size;
                buffers.Add(new ArenaBuffer(LayerNames.Section(network, layer, block.Task), 1, length, Array.IndexOf(schedule, block), Death(block)));
                members.Add([(layer.Index, block.Task, length)]);
            }
        }

        ArenaPlan arena = ArenaPlanner.Plan(buffers, FirstFit.Place);
        var blocks = new List<BlockPlace>();
        for (int i = 0; i < buffers.Count; i++)
        {
            int offset = arena.Buffers[i].Offset;
            foreach ((int layer, int? task, int length) in members[i])
            {
                blocks.Add(new BlockPlace(layer, task, offset));
                offset += length;
            }
        }

        return (arena, blocks.ToValueArray());

        int First(int layer) => Array.FindIndex(schedule, block => block.Layer.Index == layer);

        int Death(ScheduledBlock block)
        {
            int next = block.Layer.Index + 1;
            return next > network.Layers.Count ? schedule.Length
                // Packed all at once, when the layer begins.
                : plan.FormatOf(next) is not null ? First(next)
                : Array.FindLastIndex(schedule, reader => reader.Layer.Index == next && (block.Task is null || reader.Task == block.Task));
        }
    }
}
