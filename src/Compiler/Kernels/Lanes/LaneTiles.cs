using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Some channels computed by one method.</summary>
/// <param name="Spans">The channels.</param>
/// <param name="Code">The method.</param>
public sealed record LaneTileCode(ValueArray<ChannelSpan> Spans, AssembledMethod Code);

/// <summary>Cuts what a class computes of a layer into methods that the device can hold.</summary>
internal static class LaneTiles
{
    /// <summary>
    /// As few tiles as keep every method short enough, for each loads the patch anew; channels are divided evenly by size. Null where a
    /// single channel is too much.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="spans">What the class computes of it.</param>
    /// <param name="name">Name of the methods.</param>
    /// <param name="names">What it calls things outside.</param>
    public static ValueArray<LaneTileCode>? Assemble(PlacedLaneLayer layer, IReadOnlyList<ChannelSpan> spans, string name, LaneNames names)
    {
        ChannelSpan[] channels = spans.SelectMany(span => Enumerable.Range(span.First, span.Count).Select(o => new ChannelSpan(span.Block, o, 1))).ToArray();
        int[] sizes = channels.Select(channel => LaneEstimate.Terms(channel, layer) + 1).ToArray();
        if (layer.IsOneMethod)
            return LaneTile.Assemble(layer, spans, name, names) is { } whole ? ValueArray.Of(new LaneTileCode(spans.ToValueArray(), whole)) : null;
        for (int count = Math.Max(1, (int)Math.Min(channels.Length, LaneEstimate.Bytes(layer, channels) / AssemblyLimits.BytesOfMethod)); count <= channels.Length; count++)
        {
            var tiles = new List<LaneTileCode>();
            foreach (ChannelSpan[] tile in Divide(channels, sizes, count))
            {
                string tileName = count == 1 ? name : name + "_" + Wording.Number(tiles.Count + 1);
                if (LaneTile.Assemble(layer, tile, tileName, names) is not { } code || code.Figures.Bytes > AssemblyLimits.BytesOfMethod)
                    break;
                tiles.Add(new LaneTileCode(tile.ToValueArray(), code));
            }

            if (tiles.Sum(tile => tile.Spans.Sum(span => span.Count)) == channels.Length)
                return tiles.ToValueArray();
        }

        return null;
    }

    /// <summary>A method can hold one channel, whatever others it holds: its code is short enough, and its variables do.</summary>
    public static bool CanHold(LaneLayer layer, ChannelSpan channel)
    {
        var patch = new LanePatch(layer);
        int[] used = LaneTile.Used(layer, patch, channel);
        return LaneEstimate.Bytes(layer, [channel]) + (used.Length * LaneEstimate.LoadBytes) <= AssemblyLimits.BytesOfMethod
            && LaneTilePlan.Of(layer, patch, [channel], [used]) is not null;
    }

    /// <summary>One method can hold the whole layer. Decided before images are placed, with room for what their places change.</summary>
    public static bool IsOne(LaneLayer layer)
    {
        ChannelSpan[] whole = [.. layer.Whole];
        long estimate = LaneEstimate.Bytes(layer, whole);
        return estimate <= 2 * AssemblyLimits.BytesOfMethod && LaneTile.Assemble(PlacedLaneLayer.ForMeasuring(layer), whole, "", LaneNames.None) is { } code && code.Figures.Bytes <= AssemblyLimits.BytesOfMethod;
    }

    private static IEnumerable<ChannelSpan[]> Divide(ChannelSpan[] channels, int[] sizes, int count)
    {
        long total = sizes.Sum(size => (long)size), before = 0;
        var open = new List<ChannelSpan>();
        int tile = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            // The middle of a channel decides, and each tile gets one at least.
            bool belongs = ((2 * before) + sizes[i]) * count < 2 * total * (tile + 1);
            if (open.Count > 0 && (!belongs || channels.Length - i < count - tile) && tile < count - 1)
            {
                yield return Join(open);
                open.Clear();
                tile++;
            }

            open.Add(channels[i]);
            before += sizes[i];
        }

        yield return Join(open);
    }

    private static ChannelSpan[] Join(IEnumerable<ChannelSpan> channels) => channels
        .GroupBy(channel => channel.Block.Task)
        .Select(block => block.First() with { Count = block.Count() })
        .ToArray();
}
