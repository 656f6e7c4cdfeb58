using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Tests.Reviews;

/// <summary>A random model of two tasks, none of whose channels is idle, and what may become of it.</summary>
/// <param name="Seed">Of shapes, masks and weights.</param>
internal sealed record RetrainedModels(int Seed)
{
    private const int OtherWeights = 10_000;

    /// <summary>Layer, from 1, of the first task's gate that <see cref="Flipped"/> turns.</summary>
    public int FlippedLayer => (Seed % 2) + 1;

    public ModelArtifact Model => Create(Seed, flips: false);

    /// <summary>The same shapes and masks; every weight, the logits' scales and all that the header tells trained anew.</summary>
    public ModelArtifact Retrained
    {
        get
        {
            ModelArtifact model = Create(Seed + OtherWeights, flips: false);
            return model with
            {
                Command = "adapter-train again",
                Provenance = new Provenance("0.2.0", "abc", new string('d', 64)),
                Tasks = model.Tasks.Select(task => task with { Accuracy = new MeasuredAccuracy(10, 9, 8), Head = task.Head with { Scale = "0.0031" } }).ToValueArray(),
            };
        }
    }

    /// <summary>One gate of the first task the other way round.</summary>
    public ModelArtifact Flipped => Create(Seed, flips: true);

    /// <summary>Before the second task was added.</summary>
    public ModelArtifact OneTask => Model with { Tasks = Model.Tasks.Take(1).ToValueArray() };

    /// <summary>The channels of the shared encoder's first layer in the opposite order, with all that reads them: the same network.</summary>
    public ModelArtifact Permuted
    {
        get
        {
            ModelArtifact model = Model;
            int channels = model.Shared[0].Channels.Count;
            return model with
            {
                Shared = model.Shared.Select((layer, i) => i == 0 ? layer with { Channels = layer.Channels.Reverse().ToValueArray() } : i == 1 ? Reordered(layer, channels) : layer).ToValueArray(),
                Tasks = model.Tasks.Select(task => task with { Layers = task.Layers.Select((layer, i) => i == 1 ? Reordered(layer, channels) : layer).ToValueArray() }).ToValueArray(),
            };
        }
    }

    private ModelArtifact Create(int weights, bool flips)
    {
        var random = new Random(Seed);
        int[] shared = [random.Next(3, 6), random.Next(3, 6), random.Next(2, 5)];
        LaneTask[] tasks = [.. Enumerable.Range(0, 2).Select(_ => Task(random))];
        if (flips)
            tasks[0].Gates![FlippedLayer - 1][2] ^= true;
        ModelArtifact model = LaneModels.Create(weights, 8, 16, shared, tasks, 4, 7, 0.1);
        return model with { Shared = Awake(model.Shared), Tasks = model.Tasks.Select(task => task with { Layers = Awake(task.Layers) }).ToValueArray() };
    }

    // Two channels of every layer stay open, so that no gate decides about a whole adapter.
    private static LaneTask Task(Random random)
    {
        int[] channels = [3, 3, random.Next(2, 4)];
        return new LaneTask(channels, [.. channels.Select(count => Enumerable.Range(0, count).Select(c => c < 2 || random.Next(2) == 0).ToArray())], 2);
    }

    // Biases that no weights of the layer outweigh: nothing is 0 for every input.
    private static ValueArray<LayerArtifact> Awake(ValueArray<LayerArtifact> layers) => layers.Select(layer => layer with
    {
        Channels = layer.Channels.Select(channel => channel with { Bias = Math.Abs(channel.Bias) + (32 << channel.Shift) }).ToValueArray(),
    }).ToValueArray();

    private static LayerArtifact Reordered(LayerArtifact layer, int inputs) => layer with
    {
        Channels = layer.Channels.Select(channel => channel with
        {
            Weights = channel.Weights.Select((_, w) => w < inputs * 9 ? channel.Weights[((inputs - 1 - (w / 9)) * 9) + (w % 9)] : channel.Weights[w]).ToValueArray(),
        }).ToValueArray(),
    };
}
