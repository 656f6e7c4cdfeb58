using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Model;

public sealed class GateTests
{
    /// <summary>A closed gate is the same as a channel whose every reader has weight 0 and adds no offset.</summary>
    [Fact]
    public void Removing_closed_channels_changes_no_logit()
    {
        int closed = 0;
        for (int seed = 30_000; seed < 30_100; seed++)
        {
            ModelArtifact artifact = RandomArtifacts.Create(seed);
            closed += artifact.Tasks.Sum(task => task.Layers.Sum(layer => layer.Gates.Count(open => !open)));
            Network pruned = NetworkBuilder.Build(artifact);
            Network masked = NetworkBuilder.Build(artifact with { Tasks = artifact.Tasks.Select(Masked).ToValueArray() });
            foreach (byte[] codes in RandomInputs.For(artifact.Input, seed))
                Assert.Equal(FixedPointInterpreter.Run(masked, codes).Logits, FixedPointInterpreter.Run(pruned, codes).Logits);
        }

        Assert.True(closed > 500, $"only {closed} closed gates seen");
    }

    [Fact]
    public void A_task_subset_gives_the_logits_of_the_whole_network()
    {
        for (int seed = 30_200; seed < 30_230; seed++)
        {
            ModelArtifact artifact = RandomArtifacts.Create(seed);
            Network whole = NetworkBuilder.Build(artifact);
            for (int k = 0; k < artifact.Tasks.Count; k++)
            {
                Network alone = NetworkBuilder.Build(artifact, [artifact.Tasks[k].Name]);
                byte[] codes = RandomInputs.For(artifact.Input, seed).Last();
                Assert.Equal(FixedPointInterpreter.Run(whole, codes).Logits[k], FixedPointInterpreter.Run(alone, codes).Logits[0]);
            }
        }
    }

    [Fact]
    public void A_channel_that_nothing_reads_is_dropped_but_its_offset_stays()
    {
        ModelArtifact artifact = RandomArtifacts.Create(1);
        TaskArtifact task = artifact.Tasks[0];
        var silent = new TaskArtifact(
            task.Name, task.Labels, task.Accuracy, task.Layers.Select(Open).ToValueArray(),
            task.Head with
            {
                Classes = task.Head.Classes.Select(c => c with
                {
                    Offsets = c.Offsets.Select(_ => 1000).ToValueArray(),
                    Weights = c.Weights.Select((w, i) => i < task.Head.SharedInputs ? w : (sbyte)0).ToValueArray(),
                }).ToValueArray(),
            });
        Network network = NetworkBuilder.Build(artifact with { Tasks = ValueArray.Of(silent) });

        Assert.All(network.Layers, layer => Assert.Empty(layer.Adapters[0].Channels));
        Assert.Equal(
            task.Head.Classes.Select(c => c.Bias + (1000L * task.Head.OwnInputs)),
            network.Tasks[0].Classes.Select(c => c.Bias));
    }

    [Fact]
    public void A_channel_that_one_tap_reads_is_kept_whichever_tap()
    {
        ModelArtifact artifact = TinyModels.Create([1, 1, 1], ("keyword", "1 1 1"));
        LayerArtifact reader = artifact.Tasks[0].Layers[1];
        for (int tap = -1; tap < 9; tap++)
        {
            // Nine weights of the shared input, then nine of the adapter's own.
            sbyte[] weights = [.. Enumerable.Repeat((sbyte)1, 9), .. Enumerable.Range(0, 9).Select(t => (sbyte)(t == tap ? 1 : 0))];
            LayerArtifact layer = reader with { Channels = reader.Channels.Select(c => c with { Weights = weights.ToValueArray() }).ToValueArray() };
            TaskArtifact task = artifact.Tasks[0] with { Layers = artifact.Tasks[0].Layers.Select((each, i) => i == 1 ? layer : each).ToValueArray() };
            Network network = NetworkBuilder.Build(artifact with { Tasks = ValueArray.Of(task) });
            Assert.Equal(tap < 0 ? 0 : 1, network.Layers[0].Adapters[0].Channels.Count);
        }
    }

    private static LayerArtifact Open(LayerArtifact layer) => layer with { Gates = layer.Gates.Select(_ => true).ToValueArray() };

    private static TaskArtifact Masked(TaskArtifact task)
    {
        var layers = new List<LayerArtifact>();
        for (int i = 0; i < task.Layers.Count; i++)
        {
            LayerArtifact layer = task.Layers[i];
            int taps = layer.Kind == LayerKind.Dense ? 1 : 9;
            bool[] open = i == 0 ? [] : task.Layers[i - 1].Gates.ToArray();
            layers.Add(Open(layer) with
            {
                Channels = layer.Channels.Select(c => c with
                {
                    Offsets = Offsets(c.Offsets, open),
                    Weights = Weights(c.Weights, layer.SharedInputs, taps, open),
                }).ToValueArray(),
            });
        }

        bool[] top = task.Layers[^1].Gates.ToArray();
        return task with
        {
            Layers = layers.ToValueArray(),
            Head = task.Head with
            {
                Classes = task.Head.Classes.Select(c => c with
                {
                    Offsets = Offsets(c.Offsets, top),
                    Weights = Weights(c.Weights, task.Head.SharedInputs, 1, top),
                }).ToValueArray(),
            },
        };
    }

    private static ValueArray<int> Offsets(ValueArray<int> offsets, bool[] open) =>
        offsets.Select((offset, c) => open[c] ? offset : 0).ToValueArray();

    private static ValueArray<sbyte> Weights(ValueArray<sbyte> weights, int sharedInputs, int taps, bool[] open) =>
        weights.Select((weight, w) => w < sharedInputs * taps || open[(w / taps) - sharedInputs] ? weight : (sbyte)0).ToValueArray();
}
