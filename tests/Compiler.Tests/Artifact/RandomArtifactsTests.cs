using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>The random models keep their promises, or the engine tests over them would prove less than they say.</summary>
public sealed class RandomArtifactsTests
{
    private static readonly ModelArtifact[] Models = Enumerable.Range(0, 1000).Select(RandomArtifacts.Create).ToArray();

    [Fact]
    public void No_accumulator_leaves_32_bits_whichever_gates_are_open()
    {
        foreach (ModelArtifact model in Models)
        {
            Assert.Empty(RangeViolations.Of(NetworkBuilder.Build(model)));
            Assert.Empty(RangeViolations.Of(NetworkBuilder.Build(WithGates(model, true))));
            Assert.Empty(RangeViolations.Of(NetworkBuilder.Build(WithGates(model, false))));
        }
    }

    [Fact]
    public void Every_variety_occurs()
    {
        LayerArtifact[] layers = Models.SelectMany(model => model.Shared.Concat(model.Tasks.SelectMany(task => task.Layers))).ToArray();
        ChannelArtifact[] channels = layers.SelectMany(layer => layer.Channels).ToArray();
        Assert.Equal([2, 3, 4, 5], Models.Select(model => model.Shared.Count).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 30), Models.Select(model => model.Tasks.Count).Distinct().Order());
        Assert.InRange(Models.Count(model => model.Tasks.Count > 4), 50, 70);
        Assert.Equal([1, 2, 3, 4, 5, 6], layers.Select(layer => layer.Channels.Count).Distinct().Order());
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], layers.Select(layer => layer.WeightBits).Distinct().Order());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], layers.Select(layer => layer.ActivationBits).Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 31), channels.Select(channel => channel.Shift).Distinct().Order());
        Assert.Contains(channels, channel => channel.Weights.All(weight => weight == sbyte.MinValue));
        Assert.Contains(channels, channel => channel.Weights.All(weight => weight == sbyte.MaxValue));
        Assert.Contains(channels, channel => channel.Bias > int.MaxValue / 2);
        Assert.Contains(channels, channel => channel.Bias < int.MinValue / 2);
        Assert.Contains(Models.SelectMany(model => model.Tasks), task => task.Layers.All(layer => layer.Gates.All(gate => !gate)));
        Assert.Contains(Models.SelectMany(model => model.Tasks), task => task.Layers.All(layer => layer.Gates.All(gate => gate)));
        Assert.Contains(layers, layer => layer.Gates.Contains(true) && layer.Gates.Contains(false));
    }

    [Fact]
    public void A_seed_gives_the_same_model_every_time()
    {
        Assert.Equal(RandomArtifacts.Create(42), RandomArtifacts.Create(42));
        Assert.Equal(Models.Length, Models.Select(ModelWriter.Write).Distinct(StringComparer.Ordinal).Count());
    }

    private static ModelArtifact WithGates(ModelArtifact model, bool isOpen) => model with
    {
        Tasks = model.Tasks.Select(task => task with
        {
            Layers = task.Layers.Select(layer => layer with { Gates = layer.Gates.Select(_ => isOpen).ToValueArray() }).ToValueArray(),
        }).ToValueArray(),
    };
}
