using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>The worked example of docs/artifact-format.md: two tasks, three layers, one adapter with a closed channel, one closed altogether.</summary>
internal static class TinyModel
{
    public static ModelArtifact Create()
    {
        var frontEnd = new LogMelSpec(16000, 400, 160, 512, 60, 7800, -60000, 600);
        ValueArray<LayerArtifact> shared = ValueArray.Of(
            Layer(LayerKind.Convolution, 1, 0, "11"),
            Layer(LayerKind.GlobalConvolution, 2, 0, "11"),
            Layer(LayerKind.Dense, 2, 0, "111"));
        var pitch = new TaskArtifact(
            "pitch",
            ValueArray.Of("low", "high \"c\""),
            new MeasuredAccuracy(400, 352, 348),
            ValueArray.Of(
                Layer(LayerKind.Convolution, 1, 0, "1"),
                Layer(LayerKind.GlobalConvolution, 2, 1, "10"),
                Layer(LayerKind.Dense, 2, 2, "1")),
            Head(3, 1));
        var chirp = new TaskArtifact(
            "chirp",
            ValueArray.Of("up", "down"),
            null,
            ValueArray.Of(
                Layer(LayerKind.Convolution, 1, 0, "0"),
                Layer(LayerKind.GlobalConvolution, 2, 1, "0"),
                Layer(LayerKind.Dense, 2, 1, "0")),
            Head(3, 1));
        return new ModelArtifact("tiny", "adapter-train quickstart --seed 1", new InputSpec(4, 6, 7), frontEnd, shared, ValueArray.Of(pitch, chirp));
    }

    private static LayerArtifact Layer(LayerKind kind, int inputs, int own, string gates)
    {
        int taps = kind == LayerKind.Dense ? 1 : 9;
        return new LayerArtifact(
            kind,
            inputs,
            own,
            4,
            7,
            gates.Select((_, index) => new ChannelArtifact(32 + (index * 5), 5, Offsets(own), Weights((inputs + own) * taps, index), "0.0125")).ToValueArray(),
            gates.Select(gate => gate == '1').ToValueArray());
    }

    private static HeadArtifact Head(int inputs, int own) =>
        new(inputs, own, 4, "0.05", Enumerable.Range(0, 2).Select(index => new HeadClassArtifact(index - 1, Offsets(own), Weights(inputs + own, index))).ToValueArray());

    private static ValueArray<int> Offsets(int count) => Enumerable.Range(0, count).Select(index => 12 - (16 * index)).ToValueArray();

    // Any pattern of small weights: -8 … 7.
    private static ValueArray<sbyte> Weights(int count, int channel) =>
        Enumerable.Range(0, count).Select(index => (sbyte)((((index * 5) + (channel * 3)) % 16) - 8)).ToValueArray();
}
