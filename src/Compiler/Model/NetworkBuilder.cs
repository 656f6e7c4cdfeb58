using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Model;

/// <summary>Turns a model file into the network that will run: chosen tasks, open channels that something reads, offsets folded.</summary>
public static class NetworkBuilder
{
    /// <summary>Builds the network of the named tasks.</summary>
    /// <param name="artifact">A model as the reader returns it.</param>
    /// <param name="tasks">Task names in any order; empty = all. Unknown names are the caller's to report before.</param>
    /// <returns>The network, its tasks in file order.</returns>
    /// <exception cref="ArgumentException">A name is not a task of the model.</exception>
    public static Network Build(ModelArtifact artifact, IReadOnlyCollection<string>? tasks = null)
    {
        if (tasks is not null && tasks.FirstOrDefault(name => artifact.Tasks.All(task => task.Name != name)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is not a task of model '{artifact.Name}'.", nameof(tasks));

        TaskArtifact[] chosen = artifact.Tasks.Where(task => tasks is null || tasks.Count == 0 || tasks.Contains(task.Name, StringComparer.Ordinal)).ToArray();
        bool[][][] kept = chosen.Select(ChannelPruning.KeptChannels).ToArray();

        var layers = new List<Layer>();
        var input = new ImageShape(artifact.Input.Frames, artifact.Input.Bands);
        for (int i = 0; i < artifact.Shared.Count; i++)
        {
            ImageShape output = artifact.Shared[i].Operator.Output(input);
            layers.Add(new Layer(
                i + 1, artifact.Shared[i].Kind, input.Rows, input.Columns, output.Rows, output.Columns,
                SharedBlock(artifact.Shared[i]),
                chosen.Select((task, k) => AdapterBlock(task, i, kept[k])).ToValueArray()));
            input = output;
        }

        return new Network(artifact.Name, artifact.Input, layers.ToValueArray(), chosen.Select((task, k) => BuildTask(task, kept[k])).ToValueArray())
        {
            Idle = chosen.SelectMany((task, k) => Dropped(task, k, kept[k])).ToValueArray(),
        };
    }

    // What a gate leaves open and is not built all the same.
    private static IEnumerable<IdleChannel> Dropped(TaskArtifact task, int index, bool[][] kept) => task.Layers.SelectMany((layer, i) =>
        Enumerable.Range(0, layer.Channels.Count).Where(c => layer.Gates[c] && !kept[i][c]).Select(c => new IdleChannel(i + 1, index, c + 1, IdleReason.Unread)));

    private static Block SharedBlock(LayerArtifact layer) => new(
        layer.SharedInputs, 0, layer.WeightBits, CodeMax(layer.ActivationBits), layer.Channels.Count,
        layer.Channels.Select((channel, c) => new Channel(c + 1, channel.Bias, channel.Shift, channel.Weights)).ToValueArray());

    private static Block AdapterBlock(TaskArtifact task, int index, bool[][] kept)
    {
        LayerArtifact layer = task.Layers[index];
        InputSelection inputs = Inputs(task, index, layer.SharedInputs, layer.Operator, kept);
        var channels = new List<Channel>();
        for (int c = 0; c < layer.Channels.Count; c++)
        {
            ChannelArtifact channel = layer.Channels[c];
            if (kept[index][c])
                channels.Add(new Channel(c + 1, inputs.Bias(channel.Bias, channel.Offsets), channel.Shift, inputs.Weights(channel.Weights)));
        }

        return new Block(
            layer.SharedInputs, inputs.OwnCount, layer.WeightBits, CodeMax(layer.ActivationBits), layer.Channels.Count, channels.ToValueArray());
    }

    private static NetworkTask BuildTask(TaskArtifact task, bool[][] kept)
    {
        InputSelection inputs = Inputs(task, task.Layers.Count, task.Head.SharedInputs, LayerOperators.Dense, kept);
        return new NetworkTask(
            task.Name, task.Labels, task.Accuracy, task.Head.SharedInputs, inputs.OwnCount, task.Head.Scale,
            task.Head.Classes.Select(c => new HeadClass(inputs.Bias(c.Bias, c.Offsets), inputs.Weights(c.Weights))).ToValueArray())
        {
            Detection = task.Detection,
        };
    }

    /// <summary>What the layer at <paramref name="index"/> (from 0) reads of the adapter's layer below.</summary>
    private static InputSelection Inputs(TaskArtifact task, int index, int sharedInputs, LayerOperator reader, bool[][] kept) => index == 0
        ? new InputSelection(sharedInputs, reader, [], [])
        : new InputSelection(sharedInputs, reader, task.Layers[index - 1].Gates.ToArray(), kept[index - 1]);

    private static int CodeMax(int bits) => (1 << bits) - 1;

    /// <summary>
    /// Which own inputs a consumer sees. An open input's offset counts even where the channel itself was dropped because
    /// every weight on it is 0.
    /// </summary>
    private sealed class InputSelection(int sharedInputs, LayerOperator reader, bool[] open, bool[] kept)
    {
        public int OwnCount => kept.Count(k => k);

        public long Bias(int bias, ValueArray<int> offsets) => bias + offsets.Where((_, c) => open[c]).Sum(offset => (long)offset);

        public ValueArray<sbyte> Weights(ValueArray<sbyte> weights) =>
            weights.Where((_, w) => reader.InputOf(w) < sharedInputs || kept[reader.InputOf(w) - sharedInputs]).ToValueArray();
    }
}
