using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Testing;

/// <summary>Random models whose images cut into whole strips and whose sums mostly fit a lane: what the lane kernels are for.</summary>
public static class LaneModels
{
    /// <summary>The model of this seed.</summary>
    public static ModelArtifact Create(int seed)
    {
        var random = new Random(seed);
        int convolutions = random.Next(1, 4), unit = 1 << (convolutions - 1);
        int[] sides = [4, 6, 8, 12];
        int frames = sides[random.Next(4)] * unit, bands = sides[random.Next(4)] * unit;
        int[] shared = [.. Enumerable.Range(0, convolutions + 1).Select(_ => random.Next(1, random.Next(4) == 0 ? 30 : 6))];
        int weightBits = random.Next(2, 9), activationBits = random.Next(1, 9);
        double zeros = random.NextDouble();
        return Create(seed, frames, bands, shared, [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(2) == 0 ? 1 : 2)], weightBits, activationBits, zeros);
    }

    /// <summary>A model of this seed whose weights are all 1 or -1: what sums and differences of inputs are for.</summary>
    public static ModelArtifact Binary(int seed)
    {
        var random = new Random(seed);
        int convolutions = random.Next(2, 4), unit = 1 << (convolutions - 1);
        int[] sides = [4, 8, 12];
        return Create(
            seed, sides[random.Next(3)] * unit, sides[random.Next(3)] * unit, [.. Enumerable.Range(0, convolutions + 1).Select(_ => random.Next(1, 12))],
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 6))], 2, random.Next(1, 8), 0);
    }

    /// <summary>A model of this seed so wide, and of so many tasks, that the variables of a method do not hold a patch at once.</summary>
    public static ModelArtifact Wide(int seed)
    {
        var random = new Random(seed);
        int[] shared = [random.Next(2, 6), random.Next(20, 70), random.Next(4, 20), random.Next(4, 12)];
        LaneTask[] tasks = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => new LaneTask([random.Next(1, 4), random.Next(1, random.Next(6) == 0 ? 40 : 12), random.Next(1, 6), 2], null, 2))];
        return Create(seed, 8 * random.Next(2, 5), 8 * random.Next(2, 5), shared, tasks, random.Next(2, 7), random.Next(2, 7), random.NextDouble());
    }

    /// <summary>A model with Gaussian weights, some of them zero.</summary>
    /// <param name="seed">Of all randomness.</param>
    /// <param name="frames">Rows.</param>
    /// <param name="bands">Columns.</param>
    /// <param name="shared">Channels of the shared encoder's layers, the embedding last.</param>
    /// <param name="adapters">Channels of each task's layers.</param>
    /// <param name="weightBits">Width of all weights.</param>
    /// <param name="activationBits">Width of all codes.</param>
    /// <param name="zeros">Exact share of zero weights in each layer.</param>
    public static ModelArtifact Create(int seed, int frames, int bands, int[] shared, int[] adapters, int weightBits, int activationBits, double zeros)
        => Create(seed, frames, bands, shared, [.. adapters.Select(channels => new LaneTask([.. shared.Select(_ => channels)], null, 2))], weightBits, activationBits, zeros);

    /// <summary>As above, with tasks of any shape.</summary>
    /// <param name="seed">Of all randomness.</param>
    /// <param name="frames">Rows.</param>
    /// <param name="bands">Columns.</param>
    /// <param name="shared">Channels of the shared encoder's layers, the embedding last. Its weights do not depend on the tasks.</param>
    /// <param name="tasks">Shapes of the adapters and heads.</param>
    /// <param name="weightBits">Width of all weights.</param>
    /// <param name="activationBits">Width of all codes.</param>
    /// <param name="zeros">Exact share of zero weights in each layer.</param>
    public static ModelArtifact Create(int seed, int frames, int bands, int[] shared, LaneTask[] tasks, int weightBits, int activationBits, double zeros)
    {
        var random = new Random(seed);
        LayerArtifact[] encoder = Layers(random, shared, null, null, weightBits, activationBits, zeros);
        return new ModelArtifact(
            "lanes", "none", new InputSpec(frames, bands, activationBits), new LogMelSpec(16000, 400, 160, 512, 60, 7800, -48000, 600), encoder.ToValueArray(),
            tasks.Select((task, k) => Task(random, "task" + (char)('a' + k), shared, task, weightBits, activationBits, zeros)).ToValueArray());
    }

    private static TaskArtifact Task(Random random, string name, int[] shared, LaneTask task, int weightBits, int activationBits, double zeros)
    {
        LayerArtifact[] layers = Layers(random, task.Channels, shared, task.Gates, weightBits, activationBits, zeros);
        int channels = task.Channels[^1];
        var head = new HeadArtifact(shared[^1], channels, weightBits, "1", Enumerable.Range(0, task.Classes).Select(_ => new HeadClassArtifact(
            random.Next(-50, 50), Enumerable.Repeat(1, channels).ToValueArray(),
            Weights(random, shared[^1] + channels, weightBits, 0).ToValueArray())).ToValueArray());
        ValueArray<string> labels = task.Classes == 2 ? ValueArray.Of("no", "yes") : Enumerable.Range(0, task.Classes).Select(c => name + (char)('a' + c)).ToValueArray();
        return new TaskArtifact(name, labels, null, layers.ToValueArray(), head);
    }

    private static LayerArtifact[] Layers(Random random, int[] own, int[]? shared, bool[][]? gates, int weightBits, int activationBits, double zeros) => [.. own.Select((count, i) =>
    {
        LayerKind kind = i == own.Length - 1 ? LayerKind.Dense : i == own.Length - 2 ? LayerKind.GlobalConvolution : LayerKind.Convolution;
        int sharedInputs = i == 0 ? 1 : (shared ?? own)[i - 1], ownInputs = i == 0 || shared is null ? 0 : own[i - 1];
        int taps = (sharedInputs + ownInputs) * (kind == LayerKind.Dense ? 1 : 9);
        sbyte[] weights = Weights(random, taps * count, weightBits, zeros);
        int typical = (int)(Math.Sqrt(weights.Sum(w => (double)w * w) / count) * (1 << activationBits) / 2);
        int shift = Math.Max(0, (int)Math.Log2(typical + 1) - activationBits + 1);
        return new LayerArtifact(
            kind, sharedInputs, ownInputs, weightBits, activationBits,
            Enumerable.Range(0, count).Select(c => new ChannelArtifact(
                random.Next(-typical / 4, (typical / 4) + 1) + ((1 << shift) >> 1), shift, Enumerable.Repeat(0, ownInputs).ToValueArray(),
                weights.Skip(c * taps).Take(taps).ToValueArray(), "1")).ToValueArray(),
            Enumerable.Range(0, count).Select(c => gates?[i][c] ?? (shared is null || random.Next(4) > 0)).ToValueArray());
    })];

    /// <summary>Gaussian, three sigma at the largest magnitude, none of them zero, then exactly the given share set to zero.</summary>
    private static sbyte[] Weights(Random random, int count, int bits, double zeros)
    {
        int max = (1 << (bits - 1)) - 1;
        sbyte[] weights = [.. Enumerable.Range(0, count).Select(_ =>
        {
            double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            int magnitude = Math.Clamp((int)Math.Round(Math.Abs(gaussian) * max / 3), 1, max);
            return (sbyte)(gaussian < 0 ? -magnitude : magnitude);
        })];
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        foreach (int index in order.Take((int)Math.Round(count * zeros)))
            weights[index] = 0;
        return weights;
    }
}

/// <summary>An adapter with its head.</summary>
/// <param name="Channels">Of its layers, the embedding last.</param>
/// <param name="Gates">Open channels of each layer; null for three in four at random.</param>
/// <param name="Classes">Of its head.</param>
public sealed record LaneTask(int[] Channels, bool[][]? Gates, int Classes);
