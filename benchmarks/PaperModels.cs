using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Benchmarks;

/// <summary>The paper's multi-task network (sections 3 and 4) with random weights: 96 frames of 64 bands, codes of 7 bits.</summary>
internal static class PaperModels
{
    public const int Seed = 1;

    private static readonly int[] Shared = [6, 12, 24, 48, 96, 96];

    // A fifth of the shared channels, at least one.
    private static readonly int[] Adapter = [1, 2, 4, 9, 19, 19];

    private static readonly int[] Closed = [1, 1, 1, 1, 1, 1];

    /// <summary>The shared encoder: one task whose gates are all closed, with a head of two classes.</summary>
    public static ModelArtifact Alone(WeightSetting weights) =>
        Create(weights, [new LaneTask(Closed, [.. Closed.Select(channels => new bool[channels])], 2)]);

    /// <summary>Eight adapters with heads of twelve classes.</summary>
    /// <param name="weights">Of all blocks.</param>
    /// <param name="open">Share of each layer's gates that is open, exact over the eight tasks up to one gate.</param>
    public static ModelArtifact WithAdapters(WeightSetting weights, double open)
    {
        const int tasks = 8;
        var random = new Random(Seed);
        LaneTask[] adapters = [.. Enumerable.Range(0, tasks).Select(_ => new LaneTask(Adapter, [.. Adapter.Select(channels => new bool[channels])], 12))];
        for (int layer = 0; layer < Adapter.Length; layer++)
        {
            int channels = Adapter[layer], all = tasks * channels;
            int[] order = [.. Enumerable.Range(0, tasks)];
            random.Shuffle(order);
            // Channel after channel through all tasks: no task has more than one open gate more than another.
            for (int gate = 0; gate < (int)Math.Round(all * open, MidpointRounding.AwayFromZero); gate++)
                adapters[order[gate % tasks]].Gates![layer][gate / tasks] = true;
        }

        return Create(weights, adapters);
    }

    private static ModelArtifact Create(WeightSetting weights, LaneTask[] tasks) => LaneModels.Create(Seed, 96, 64, Shared, tasks, weights.Bits, 7, weights.Zeros);
}
