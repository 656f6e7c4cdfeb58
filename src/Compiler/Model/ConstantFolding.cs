using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Model;

/// <summary>
/// Removes the channels that do no work. Channels whose code is the same for every input go into their readers' biases where that is exact,
/// then whatever nothing reads is dropped. Every logit stays what it was, for every input and every choice of tasks. One pass is enough:
/// ranges go upwards through all layers before anything is folded, and unread channels are dropped from the top.
/// </summary>
public static class ConstantFolding
{
    /// <summary>The same network with less in it; what went, and what is constant and had to stay, is in <see cref="Network.Idle"/>.</summary>
    /// <param name="network">Every accumulator proven to fit Int32. It stays so: a folded sum is one of the sums that were proven.</param>
    public static Network Apply(Network network)
    {
        RangeImage[][][] ranges = CodeRanges.Of(network);
        Network folded = Fold(network, ranges);
        bool[][][] read = UnreadChannels.Find(folded);
        return UnreadChannels.Drop(folded, read) with
        {
            Idle = network.Idle.Union(Idle(network, ranges, read)).OrderBy(idle => idle.Layer).ThenBy(idle => idle.Task ?? -1).ThenBy(idle => idle.Number).ToValueArray(),
        };
    }

    private static Network Fold(Network network, RangeImage[][][] ranges)
    {
        var layers = new List<Layer>();
        // Of the input nothing is known.
        RangeImage[][] below = [[], .. network.Tasks.Select(_ => Array.Empty<RangeImage>())];
        foreach (Layer layer in network.Layers)
        {
            RangeImage[][] inputs = below, outputs = ranges[layer.Index - 1];
            layers.Add(layer with
            {
                Shared = Fold(layer, layer.Shared, inputs[0], outputs[0]),
                Adapters = layer.Adapters.Select((block, k) => Fold(layer, block, [.. inputs[0], .. inputs[k + 1]], outputs[k + 1])).ToValueArray(),
            });
            below = outputs;
        }

        return network with
        {
            Layers = layers.ToValueArray(),
            Tasks = network.Tasks.Select((task, k) => task with { Classes = task.Classes.Select(c => Fold(c, [.. below[0], .. below[k + 1]])).ToValueArray() }).ToValueArray(),
        };
    }

    private static Block Fold(Layer layer, Block block, RangeImage[] inputs, RangeImage[] outputs)
    {
        TapReach[] taps = layer.Operator.Reach(layer.Input);
        return block with { Channels = block.Channels.Select((channel, c) => Fold(channel, inputs, taps, outputs[c])).ToValueArray() };
    }

    private static Channel Fold(Channel channel, RangeImage[] inputs, TapReach[] taps, RangeImage output)
    {
        // What is constant reads nothing: where it has to stay, the channels below it may still go.
        (long bias, ValueArray<sbyte> weights) = output.Constant is { } code
            ? ((long)code << channel.Shift, channel.Weights.Select(_ => (sbyte)0).ToValueArray())
            : Fold(channel.Bias, channel.Weights, inputs, taps);
        return channel with { Bias = bias, Weights = weights };
    }

    private static HeadClass Fold(HeadClass head, RangeImage[] inputs)
    {
        (long bias, ValueArray<sbyte> weights) = Fold(head.Bias, head.Weights, inputs, LayerOperators.Dense.Reach(new ImageShape(1, 1)));
        return new HeadClass(bias, weights);
    }

    private static (long Bias, ValueArray<sbyte> Weights) Fold(long bias, ValueArray<sbyte> weights, RangeImage[] inputs, TapReach[] taps)
    {
        sbyte[] kept = weights.ToArray();
        for (int input = 0; input < inputs.Length; input++)
        {
            if (inputs[input].Constant is not { } code)
                continue;
            int first = input * taps.Length;
            // At a border a tap may read padding, code 0, in the channel's place.
            if (code != 0 && taps.Where((reach, tap) => reach == TapReach.Sometimes && weights[first + tap] != 0).Any())
                continue;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                if (taps[tap] == TapReach.Always)
                    bias += weights[first + tap] * code;
                kept[first + tap] = 0;
            }
        }

        return (bias, kept.ToValueArray());
    }

    private static IEnumerable<IdleChannel> Idle(Network network, RangeImage[][][] ranges, bool[][][] read)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            int b = 0;
            foreach ((int? task, Block block) in network.Layers[i].Blocks)
            {
                for (int c = 0; c < block.Channels.Count; c++)
                {
                    if (Reason(ranges[i][b][c], read[i][b][c]) is { } reason)
                        yield return new IdleChannel(i + 1, task, block.Channels[c].Number, reason);
                }

                b++;
            }
        }
    }

    private static IdleReason? Reason(RangeImage range, bool isRead) => (range.DependsOnInput, isRead) switch
    {
        (false, _) when range.Constant == 0 => IdleReason.AlwaysZero,
        (false, true) => IdleReason.Constant,
        (false, false) => IdleReason.Folded,
        (true, false) => IdleReason.Unread,
        _ => null,
    };
}
