using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Testing;

/// <summary>A channel that was made so that no input moves it.</summary>
/// <param name="Task">Its adapter's task; null in the shared encoder.</param>
/// <param name="Layer">Layer from 1.</param>
/// <param name="Number">Channel from 1.</param>
/// <param name="Code">Its code, everywhere and always.</param>
public sealed record PlantedChannel(string? Task, int Layer, int Number, int Code);

/// <summary>Models with dead, constant and saturated channels in them: a third of the channels, or now and then a whole block.</summary>
public static class ConstantModels
{
    private const int MostShift = 12;

    /// <summary>The model with channels of it changed; what was planted.</summary>
    /// <param name="model">Any valid model.</param>
    /// <param name="seed">Decides which.</param>
    public static (ModelArtifact Model, IReadOnlyList<PlantedChannel> Planted) Plant(ModelArtifact model, int seed)
    {
        var random = new Random(seed);
        var planted = new List<PlantedChannel>();
        ValueArray<LayerArtifact> shared = Plant(random, model, null, model.Shared, planted);
        ValueArray<TaskArtifact> tasks = model.Tasks.Select(task => task with { Layers = Plant(random, model, task.Name, task.Layers, planted) }).ToValueArray();
        return (model with { Shared = shared, Tasks = tasks }, planted);
    }

    private static ValueArray<LayerArtifact> Plant(Random random, ModelArtifact model, string? task, ValueArray<LayerArtifact> layers, List<PlantedChannel> planted)
    {
        var result = new List<LayerArtifact>();
        for (int i = 0; i < layers.Count; i++)
        {
            LayerArtifact layer = layers[i];
            int sharedMax = i == 0 ? (1 << model.Input.Bits) - 1 : Max(model.Shared[i - 1]), ownMax = layer.OwnInputs == 0 ? 0 : Max(layers[i - 1]);
            bool isWhole = random.Next(8) == 0;
            var channels = new List<ChannelArtifact>();
            for (int c = 0; c < layer.Channels.Count; c++)
            {
                ChannelArtifact channel = layer.Kind == LayerKind.Dense ? layer.Channels[c] : Narrowed(random, layer.Channels[c]);
                if (isWhole || random.Next(3) == 0)
                {
                    (channel, int code) = Constant(random, layer, channel, sharedMax, ownMax);
                    planted.Add(new PlantedChannel(task, i + 1, c + 1, code));
                }

                channels.Add(channel);
            }

            result.Add(layer with { Channels = channels.ToValueArray() });
        }

        return result.ToValueArray();
    }

    // Of some inputs only the centre tap, which never reads padding.
    private static ChannelArtifact Narrowed(Random random, ChannelArtifact channel)
    {
        bool[] narrow = [.. Enumerable.Range(0, channel.Weights.Count / 9).Select(_ => random.Next(3) == 0)];
        return channel with { Weights = channel.Weights.Select((weight, w) => narrow[w / 9] && w % 9 != 4 ? (sbyte)0 : weight).ToValueArray() };
    }

    private static (ChannelArtifact Channel, int Code) Constant(Random random, LayerArtifact layer, ChannelArtifact channel, int sharedMax, int ownMax)
    {
        int shift = random.Next(MostShift + 1), max = Max(layer), rest = random.Next(1 << shift);
        int sharedWeights = layer.SharedInputs * (layer.Kind == LayerKind.Dense ? 1 : 9);
        int[] extremes = [.. channel.Weights.Select((weight, w) => weight * (w < sharedWeights ? sharedMax : ownMax))];
        int high = extremes.Sum(extreme => Math.Max(0, extreme)), low = extremes.Sum(extreme => Math.Min(0, extreme));
        (int bias, int code, bool isFlat) = random.Next(4) switch
        {
            // Just too little for code 1.
            0 => ((1 << shift) - 1 - high, 0, false),
            // Never above 0.
            1 => (-high - rest, 0, false),
            // Never below the greatest code.
            2 => ((max << shift) - low + rest, max, false),
            // Reads nothing.
            _ => random.Next(max + 1) is var flat ? ((flat << shift) + rest, flat, true) : default,
        };
        return (channel with
        {
            Bias = bias,
            Shift = shift,
            Offsets = channel.Offsets.Select(_ => 0).ToValueArray(),
            Weights = isFlat ? channel.Weights.Select(_ => (sbyte)0).ToValueArray() : channel.Weights,
        }, code);
    }

    private static int Max(LayerArtifact layer) => (1 << layer.ActivationBits) - 1;
}
