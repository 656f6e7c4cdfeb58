using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Testing;

/// <summary>Small models with recognisable numbers, for snapshots that a person reads.</summary>
public static class TinyModels
{
    /// <summary>An 8 x 4 input, one pooled convolution, one global one, an embedding.</summary>
    /// <param name="shared">Channels of the shared encoder's three layers.</param>
    /// <param name="tasks">Name and gates of each task: three masks of 0 and 1, such as "10 1 11".</param>
    public static ModelArtifact Create(int[] shared, params (string Name, string Gates)[] tasks)
    {
        ValueArray<LayerArtifact> encoder = Layers(shared, shared, null);
        return new ModelArtifact(
            "tiny", "adapter-train train --data tiny", new InputSpec(8, 4, 7), new LogMelSpec(16000, 400, 160, 512, 60, 7800, -60000, 600), encoder,
            tasks.Select((task, k) => Task(shared, task.Name, task.Gates.Split(' '), k)).ToValueArray());
    }

    /// <summary>A matrix that an accuracy may have: right answers in every class as many, the others taken for the class behind.</summary>
    public static ValueArray<ValueArray<int>> Confusion(MeasuredAccuracy accuracy, int classes)
    {
        int right = accuracy.QuantisedCorrect, wrong = accuracy.Slices - right;
        return Enumerable.Range(0, classes).Select(row => Enumerable.Range(0, classes).Select(column =>
            column == row ? Share(right, row) : column == (row + 1) % classes ? Share(wrong, row) : 0).ToValueArray()).ToValueArray();

        int Share(int all, int row) => (all / classes) + (row < all % classes ? 1 : 0);
    }

    private static TaskArtifact Task(int[] shared, string name, string[] gates, int index)
    {
        int[] own = [.. gates.Select(mask => mask.Length)];
        ValueArray<LayerArtifact> layers = Layers(shared, own, gates);
        return new TaskArtifact(
            name, ValueArray.Of("quiet", "\"" + name + "\""), index == 0 ? new MeasuredAccuracy(400, 352, 348) : null, layers,
            new HeadArtifact(shared[^1], own[^1], 8, "0.0031", Enumerable.Range(0, 2).Select(c => new HeadClassArtifact(
                c * 10, Enumerable.Repeat(3, own[^1]).ToValueArray(), Weights(shared[^1] + own[^1], c + index))).ToValueArray()));
    }

    private static ValueArray<LayerArtifact> Layers(int[] shared, int[] own, string[]? gates) => shared.Select((_, i) =>
    {
        int sharedInputs = i == 0 ? 1 : shared[i - 1], ownInputs = i == 0 || gates is null ? 0 : own[i - 1], taps = i == 2 ? 1 : 9;
        return new LayerArtifact(
            (LayerKind)i, sharedInputs, ownInputs, 4, 7,
            Enumerable.Range(0, own[i]).Select(c => new ChannelArtifact(
                4 + c, 3, Enumerable.Repeat(-2, ownInputs).ToValueArray(), Weights((sharedInputs + ownInputs) * taps, c + i), "0.01")).ToValueArray(),
            gates is null ? Enumerable.Repeat(true, own[i]).ToValueArray() : gates[i].Select(gate => gate == '1').ToValueArray());
    }).ToValueArray();

    private static ValueArray<sbyte> Weights(int count, int phase) =>
        Enumerable.Range(0, count).Select(w => (sbyte)((((w * 5) + (phase * 3)) % 15) - 7)).ToValueArray();
}
