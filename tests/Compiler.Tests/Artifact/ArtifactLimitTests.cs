using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>Limits of the model file from both sides: what just fits is written and read back, one more is refused with its id.</summary>
public sealed class ArtifactLimitTests
{
    private static readonly ModelArtifact Model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"));

    public static TheoryData<string, string, int, Func<int, ModelArtifact>> Limits => new()
    {
        { "characters of the name", "ADC020", 64, n => Model with { Name = new string('n', n) } },
        { "characters of the command", "ADC026", 4096, n => Model with { Command = new string('c', n) } },
        { "bits of the input", "ADC024", 8, n => Model with { Input = Model.Input with { Bits = n } } },
        { "halved frames", "ADC024", 512, n => Model with { Input = Model.Input with { Frames = 2 * n } } },
        { "halved bands", "ADC024", 512, n => Model with { Input = Model.Input with { Bands = 2 * n } } },
        { "bits of codes", "ADC024", 8, n => Layer(layer => layer with { ActivationBits = n }) },
        { "shift", "ADC024", 30, n => Channel(channel => channel with { Shift = n }) },
        { "characters of a scale", "ADC022", 40, n => Channel(channel => channel with { Scale = "1".PadRight(n, '0') }) },
        { "greatest weight of 4 bits", "ADC028", 7, n => Channel(channel => channel with { Weights = First(channel, n) }) },
        { "least weight of 4 bits, less its sign", "ADC028", 8, n => Channel(channel => channel with { Weights = First(channel, -n) }) },
        { "bands", "ADC035", 116, n => IntegerMel(spec => spec) with { Input = Model.Input with { Bands = n } } },
        { "window", "ADC024", 480, n => IntegerMel(spec => spec with { WindowLength = n }) },
        { "hop", "ADC024", 960, n => IntegerMel(spec => spec with { HopLength = n }) },
        { "codes of an octave", "ADC024", 40, n => IntegerMel(spec => spec with { CodesPerOctave = n }) },
        { "floor", "ADC024", 1000, n => IntegerMel(spec => spec with { Floor = n }) },
        { "floor, less its sign", "ADC024", 1000, n => IntegerMel(spec => spec with { Floor = -n }) },
        { "characters of a task's name", "ADC020", 64, n => Task(task => task with { Name = new string('t', n) }) },
        { "characters of a label", "ADC029", 200, n => Task(task => task with { Labels = ValueArray.Of("no", new string('y', n)) }) },
        { "labels", "ADC036", 4096, n => Task(task => task with
            {
                Labels = Enumerable.Range(0, n).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToValueArray(),
                Head = task.Head with { Classes = Enumerable.Repeat(task.Head.Classes[0], n).ToValueArray() },
            }) },
        { "slices", "ADC024", 1_000_000_000, n => Task(task => task with { Accuracy = new MeasuredAccuracy(n, n, 0) }) },
        { "right answers of 400", "ADC024", 400, n => Task(task => task with { Accuracy = new MeasuredAccuracy(400, n, 400) }) },
        { "quantised right answers of 400", "ADC024", 400, n => Task(task => task with { Accuracy = new MeasuredAccuracy(400, 400, n) }) },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void What_just_fits_is_read_back_and_one_more_is_refused(string what, string id, int limit, Func<int, ModelArtifact> create)
    {
        ModelArtifact fits = create(limit);
        Assert.Equal(fits, ModelReader.Read(ModelWriter.Write(fits)).Model);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ModelWriter.Write(create(limit + 1)));
        Assert.True(refused.Message.Contains(id, StringComparison.Ordinal), what + ": " + refused.Message);
    }

    /// <summary>Poolings that leave the last two layers their place are refused for the image's sides, one more as a layer: what is wrong is said of the right thing.</summary>
    [Theory]
    [InlineData(ArtifactLimits.Layers - ArtifactLimits.LeastLayers, false)]
    [InlineData(ArtifactLimits.Layers - ArtifactLimits.LeastLayers + 1, true)]
    public void A_pooled_convolution_has_no_place_where_two_layers_are_left(int convolutions, bool isRefusedAsLayer)
    {
        LayerArtifact One(LayerKind kind, int taps) => new(
            kind, 1, 0, 4, 7, ValueArray.Of(new ChannelArtifact(4, 3, ValueArray<int>.Empty, Enumerable.Repeat((sbyte)1, taps).ToValueArray(), "0.01")), ValueArray.Of(true));
        ModelArtifact deep = Model with
        {
            Shared = Enumerable.Repeat(One(LayerKind.Convolution, 9), convolutions).Append(One(LayerKind.GlobalConvolution, 9)).Append(One(LayerKind.Dense, 1)).ToValueArray(),
        };
        string message = Assert.Throws<ArgumentException>(() => ModelWriter.Write(deep)).Message;
        Assert.Equal(isRefusedAsLayer, message.Contains($"Layer {ArtifactLimits.Layers - 1} of the shared encoder", StringComparison.Ordinal));
    }

    private static ModelArtifact IntegerMel(Func<IntegerMelSpec, IntegerMelSpec> change) =>
        Model with { Input = Model.Input with { Bands = 64 }, FrontEnd = change(new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 72)) };

    private static ModelArtifact Layer(Func<LayerArtifact, LayerArtifact> change) =>
        Model with { Shared = Model.Shared.Select((layer, i) => i == 1 ? change(layer) : layer).ToValueArray() };

    private static ModelArtifact Channel(Func<ChannelArtifact, ChannelArtifact> change) =>
        Layer(layer => layer with { Channels = layer.Channels.Select((channel, c) => c == 1 ? change(channel) : channel).ToValueArray() });

    private static ModelArtifact Task(Func<TaskArtifact, TaskArtifact> change) => Model with { Tasks = Model.Tasks.Select(change).ToValueArray() };

    private static ValueArray<sbyte> First(ChannelArtifact channel, int weight) => channel.Weights.Skip(1).Prepend((sbyte)weight).ToValueArray();
}
