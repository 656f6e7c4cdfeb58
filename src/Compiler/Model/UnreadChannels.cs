using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Model;

/// <summary>Finds and drops channels on which every weight is 0. What they compute reaches no logit.</summary>
internal static class UnreadChannels
{
    /// <summary>Per layer, block (shared, then adapters) and channel: some channel that is read itself, or a head, has a weight other than 0 on it.</summary>
    public static bool[][][] Find(Network network)
    {
        var read = new bool[network.Layers.Count][][];
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            bool isTop = i == network.Layers.Count - 1;
            LayerOperator reader = isTop ? LayerOperators.Dense : network.Layers[i + 1].Operator;
            // Whatever reads shared channels: the shared block above first, then every adapter's or head.
            ValueArray<sbyte>[][] readers = isTop
                ? [[], .. network.Tasks.Select(task => task.Classes.Select(c => c.Weights).ToArray())]
                : [.. network.Layers[i + 1].Blocks.Select((each, b) => each.Block.Channels.Where((_, c) => read[i + 1][b][c]).Select(channel => channel.Weights).ToArray())];
            int shared = network.Layers[i].Shared.Channels.Count;
            read[i] =
            [
                [.. Enumerable.Range(0, shared).Select(c => readers.Any(block => Reads(block, c, reader)))],
                .. network.Layers[i].Adapters.Select((block, k) => Enumerable.Range(0, block.Channels.Count).Select(c => Reads(readers[k + 1], shared + c, reader)).ToArray()),
            ];
        }

        return read;
    }

    /// <summary>The network without them. A shared block keeps one channel, emptied of weights: the lowering wants every layer to have one.</summary>
    public static Network Drop(Network network, bool[][][] read)
    {
        bool[][][] kept = [.. read.Select(layer => layer.Select((block, b) => b == 0 && !block.Any(channel => channel) ? OnlyFirst(block.Length) : block).ToArray())];
        var layers = new List<Layer>();
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            bool[][]? below = i == 0 ? null : kept[i - 1];
            Block[] blocks = [.. layer.Blocks.Select((each, b) => Drop(layer.Operator, each.Block, kept[i][b], read[i][b], below?[0] ?? [true], b == 0 ? [] : below?[b] ?? []))];
            layers.Add(layer with { Shared = blocks[0], Adapters = blocks.Skip(1).ToValueArray() });
        }

        bool[][] top = kept[kept.Length - 1];
        return network with
        {
            Layers = layers.ToValueArray(),
            Tasks = network.Tasks.Select((task, k) => task with
            {
                SharedInputs = top[0].Count(channel => channel),
                OwnInputs = top[k + 1].Count(channel => channel),
                Classes = task.Classes.Select(c => c with { Weights = Select(c.Weights, [.. top[0], .. top[k + 1]], LayerOperators.Dense) }).ToValueArray(),
            }).ToValueArray(),
        };
    }

    private static Block Drop(LayerOperator reader, Block block, bool[] kept, bool[] read, bool[] shared, bool[] own) => block with
    {
        SharedInputs = shared.Count(channel => channel),
        OwnInputs = own.Count(channel => channel),
        Channels = block.Channels.Select((channel, c) => read[c] ? channel : Emptied(channel)).Where((_, c) => kept[c])
            .Select(channel => channel with { Weights = Select(channel.Weights, [.. shared, .. own], reader) }).ToValueArray(),
    };

    private static Channel Emptied(Channel channel) => channel with { Bias = 0, Shift = 0, Weights = channel.Weights.Select(_ => (sbyte)0).ToValueArray() };

    private static bool[] OnlyFirst(int length) => [.. Enumerable.Range(0, length).Select(c => c == 0)];

    private static bool Reads(ValueArray<sbyte>[] readers, int input, LayerOperator reader) =>
        readers.Any(weights => Enumerable.Range(reader.Weights(input), reader.Taps).Any(weight => weights[weight] != 0));

    private static ValueArray<sbyte> Select(ValueArray<sbyte> weights, bool[] inputs, LayerOperator reader) => weights.Where((_, w) => inputs[reader.InputOf(w)]).ToValueArray();
}
