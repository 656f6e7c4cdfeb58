using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Tests;

/// <summary>
/// A network of the paper's multi-task size (section 4): shared channels 6, 12, 24, 48, 96, an embedding of 96, eight adapters of a
/// fifth of that, every gate open, random 8-bit weights.
/// </summary>
internal static class PaperModel
{
    private static readonly int[] Shared = [6, 12, 24, 48, 96, 96];
    private static readonly string[] TaskNames = ["keyword", "bird", "room", "music", "speaker", "emotion", "machine", "scene"];

    public static ModelArtifact Create()
    {
        var random = new Random(2);
        int[] own = [.. Shared.Select(channels => Math.Max(1, channels / 5))];
        return new ModelArtifact(
            "paper", "adapter-train random --seed 2", new InputSpec(96, 64, 7), new LogMelSpec(16000, 400, 160, 512, 60, 7800, -60000, 600),
            Layers(random, Shared, isShared: true),
            TaskNames.Select(name => new TaskArtifact(
                name, Enumerable.Range(0, 12).Select(c => name + " " + (char)('a' + c)).ToValueArray(), null, Layers(random, own, isShared: false),
                new HeadArtifact(96, own[^1], 8, "0.001", Enumerable.Range(0, 12).Select(_ => new HeadClassArtifact(
                    random.Next(-1000, 1000), Zeros(own[^1]), Weights(random, 96 + own[^1]))).ToValueArray()))).ToValueArray());
    }

    private static ValueArray<LayerArtifact> Layers(Random random, int[] channels, bool isShared) => channels.Select((count, i) =>
    {
        LayerKind kind = i == channels.Length - 1 ? LayerKind.Dense : i == channels.Length - 2 ? LayerKind.GlobalConvolution : LayerKind.Convolution;
        int sharedInputs = i == 0 ? 1 : Shared[i - 1], ownInputs = i == 0 || isShared ? 0 : channels[i - 1], taps = kind == LayerKind.Dense ? 1 : 9;
        return new LayerArtifact(
            kind, sharedInputs, ownInputs, 8, 7,
            Enumerable.Range(0, count).Select(_ => new ChannelArtifact(
                random.Next(-1000, 1000), 8 + (i / 2), Zeros(ownInputs), Weights(random, (sharedInputs + ownInputs) * taps), "0.01")).ToValueArray(),
            Enumerable.Repeat(true, count).ToValueArray());
    }).ToValueArray();

    private static ValueArray<int> Zeros(int count) => Enumerable.Repeat(0, count).ToValueArray();

    private static ValueArray<sbyte> Weights(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-128, 128)).ToValueArray();
}
