using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Model;

/// <summary>One case of each kind, by hand.</summary>
public sealed class ConstantExampleTests
{
    private static readonly ModelArtifact Tiny = TinyModels.Create([3, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11"));

    /// <summary>One tap of weight 1 over codes up to 127, shift 3: the sum's most is bias + 127.</summary>
    [Theory]
    [InlineData(-120, true)]
    [InlineData(-119, false)]
    public void A_channel_is_dead_up_to_the_last_sum_that_gives_no_code(int bias, bool isDead)
    {
        Network network = Folded(WithShared(Tiny, 1, 2, channel => channel with { Bias = bias, Weights = Tap(channel.Weights, 4, 1) }));
        Assert.Equal(isDead ? "Always 0, removed: shared layer 1 channel 2." : "", string.Join("\n", IdleText.Lines(network)));
        Assert.Equal(isDead ? [1, 3] : [1, 2, 3], network.Layers[0].Shared.Channels.Select(channel => channel.Number));
        Assert.Equal(isDead ? 2 : 3, network.Layers[1].Shared.SharedInputs);
        Assert.Equal(isDead ? 2 : 3, network.Layers[1].Adapters[0].SharedInputs);
    }

    /// <summary>A 3x3 convolution reads padding, code 0, beside a constant channel: folding it would be wrong at the border.</summary>
    [Fact]
    public void A_constant_below_a_convolution_stays()
    {
        Network network = Folded(WithShared(Tiny, 1, 2, Always5));
        Assert.Equal(["Always the same code, kept for the readers' borders: shared layer 1 channel 2."], IdleText.Lines(network));
        Assert.Equal(3, network.Layers[0].Shared.Channels.Count);
        Assert.All(network.Layers[0].Shared.Channels[1].Weights, weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void A_constant_that_only_centre_taps_read_is_folded()
    {
        ModelArtifact model = WithShared(Tiny, 1, 2, Always5);
        model = model with
        {
            Shared = model.Shared.Select(CentreOnly).ToValueArray(),
            Tasks = model.Tasks.Select(task => task with { Layers = task.Layers.Select(CentreOnly).ToValueArray() }).ToValueArray(),
        };
        Network network = Folded(model);
        Assert.Equal(["Always the same code, folded into biases: shared layer 1 channel 2."], IdleText.Lines(network));
        Assert.Equal(2, network.Layers[1].Shared.SharedInputs);
        Assert.Equal(
            model.Shared[1].Channels.Select(channel => channel.Bias + (5L * channel.Weights[13])),
            network.Layers[1].Shared.Channels.Select(channel => channel.Bias));
    }

    [Fact]
    public void A_constant_below_the_embedding_or_a_head_is_folded()
    {
        Network network = Folded(WithShared(WithShared(Tiny, 2, 1, Always5), 3, 3, Always5));
        Assert.Equal(["Always the same code, folded into biases: shared layer 2 channel 1; shared layer 3 channel 3."], IdleText.Lines(network));
        Assert.Equal(2, network.Layers[2].Shared.SharedInputs);
        Assert.All(network.Tasks, task => Assert.Equal(2, task.SharedInputs));
        Assert.Equal(
            Tiny.Tasks[0].Head.Classes.Select((c, i) => NetworkBuilder.Build(Tiny).Tasks[0].Classes[i].Bias + (5L * c.Weights[2])),
            network.Tasks[0].Classes.Select(c => c.Bias));
    }

    /// <summary>What only a dead channel reads goes with it, and a shared layer keeps one channel, without weights.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_whole_shared_layer_may_die(int layer)
    {
        ModelArtifact model = Tiny;
        for (int c = 1; c <= 3; c++)
            model = WithShared(model, layer, c, Dead);
        Network network = Folded(model);
        Assert.Contains(FormattableString.Invariant($"shared layer {layer} channels 1-3"), Assert.Single(IdleText.Lines(network), line => line.StartsWith("Always 0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(network.Layers.Take(layer), below => Assert.InRange(below.Shared.Channels.Count, 1, below.Index == layer ? 1 : 3));
        Assert.All(network.Layers[layer - 1].Shared.Channels.Single().Weights, weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void A_whole_adapter_may_die()
    {
        TaskArtifact task = Tiny.Tasks[1];
        TaskArtifact dead = task with { Layers = task.Layers.Select(layer => layer with { Channels = layer.Channels.Select(Dead).ToValueArray() }).ToValueArray() };
        Network network = Folded(Tiny with { Tasks = ValueArray.Of(Tiny.Tasks[0], dead) });
        Assert.Equal(["Always 0, removed: music-speech layer 1 channel 1; music-speech layer 2 channel 1; music-speech layer 3 channels 1, 2."], IdleText.Lines(network));
        Assert.All(network.Layers, layer => Assert.Empty(layer.Adapters[1].Channels));
        Assert.Equal(0, network.Tasks[1].OwnInputs);
    }

    [Fact]
    public void Header_report_and_dump_name_them()
    {
        const string Line = "Always 0, removed: shared layer 1 channel 2.";
        CompilationResult result = Compile(WithShared(Tiny, 1, 2, Dead));
        Assert.Contains("// " + Line, result.Files[0].Text.Split('\n'));
        Assert.Contains(Line, result.Program!.Network.ToText().Split('\n'));
        Report report = ReportBuilder.Build([result], Options, DeviceProfiles.Find("esp32")!);
        Assert.Contains("- " + Line, ReportMarkdown.Write(report).Split('\n'));
        Assert.Contains("\"reason\": \"always 0\"", ReportJson.Write(report), StringComparison.Ordinal);
        Assert.Equal((2, 3), (report.Rows[0].Channels, report.Rows[0].DeclaredChannels));
        Assert.DoesNotContain("lways", ReportMarkdown.Write(ReportBuilder.Build([Compile(Tiny)], Options, DeviceProfiles.Find("esp32")!)), StringComparison.Ordinal);
    }

    private static readonly CompilationOptions Options = new("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, "esp32");

    private static CompilationResult Compile(ModelArtifact model)
    {
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), Options);
        Assert.Empty(result.Diagnostics);
        return result;
    }

    // Compiled as every model is, and held against the whole network's logits.
    private static Network Folded(ModelArtifact model)
    {
        Network whole = NetworkBuilder.Build(model), folded = Compile(model).Program!.Network;
        foreach (byte[] codes in RandomInputs.For(model.Input, 7))
            Assert.Equal(FixedPointInterpreter.Run(whole, codes).Logits, FixedPointInterpreter.Run(folded, codes).Logits);
        return folded;
    }

    private static ChannelArtifact Dead(ChannelArtifact channel) => channel with
    {
        Bias = -1,
        Offsets = channel.Offsets.Select(_ => 0).ToValueArray(),
        Weights = channel.Weights.Select(weight => (sbyte)-Math.Abs((int)weight)).ToValueArray(),
    };

    private static ChannelArtifact Always5(ChannelArtifact channel) =>
        channel with { Bias = 5 << channel.Shift, Weights = channel.Weights.Select(_ => (sbyte)0).ToValueArray() };

    private static ValueArray<sbyte> Tap(ValueArray<sbyte> weights, int at, sbyte value) => weights.Select((_, w) => w == at ? value : (sbyte)0).ToValueArray();

    private static LayerArtifact CentreOnly(LayerArtifact layer) => layer.Kind != LayerKind.GlobalConvolution ? layer : layer with
    {
        Channels = layer.Channels.Select(channel => channel with { Weights = channel.Weights.Select((weight, w) => w % 9 == 4 ? weight : (sbyte)0).ToValueArray() }).ToValueArray(),
    };

    private static ModelArtifact WithShared(ModelArtifact model, int layer, int channel, Func<ChannelArtifact, ChannelArtifact> change) => model with
    {
        Shared = model.Shared.Select((each, i) => i != layer - 1 ? each : each with
        {
            Channels = each.Channels.Select((old, c) => c == channel - 1 ? change(old) : old).ToValueArray(),
        }).ToValueArray(),
    };
}
