using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>Toy tasks on 16 x 16 images: how wide bright stripes are. They lie along rows for even tasks, along columns for odd ones.</summary>
internal static class TinyTasks
{
    public static InputSpec Input { get; } = new(Frames: 16, Bands: 16, Bits: 7);

    public static LogMelSpec FrontEnd { get; } = new(16000, 400, 160, 512, 60, 7800, -48000, 600);

    public static IReadOnlyList<TaskData> Make(int tasks = 2, int slices = 48) => Enumerable.Range(0, tasks)
        .Select(k => new TaskData("task-" + (char)('a' + k), ["broad", "medium", "thin"], Set(k, slices, 1), Set(k, 24, 2), Set(k, 24, 3)))
        .ToArray();

    public static NetworkShape Shape(IReadOnlyList<TaskData> tasks, decimal? alpha = 0.5m, params int[] channels) => new(
        Input,
        (channels.Length == 0 ? [4, 6, 8] : channels).ToValueArray(),
        alpha,
        tasks.Select(t => new TaskShape(t.Name, t.Labels.Count)).ToValueArray());

    public static TrainingOptions Options(int steps, double lambda = 0, double rate = 3e-3) =>
        new(steps, BatchSize: 16, Seed: 5, lambda, CostMeasure.Parameters, rate, Augment: false);

    public static byte[] RandomCodes(int seed)
    {
        var random = new SeededRandom(seed, 99);
        return [.. Enumerable.Range(0, Input.Frames * Input.Bands).Select(_ => (byte)random.Next(128))];
    }

    private static SliceSet Set(int task, int count, int split)
    {
        var codes = new List<byte[]>();
        var classes = new List<int>();
        for (int i = 0; i < count; i++)
        {
            var random = new SeededRandom(split, task, i);
            int cls = i % 3, width = 4 >> cls, phase = random.Next(8);
            codes.Add([.. Enumerable.Range(0, Input.Frames * Input.Bands).Select(p =>
            {
                int at = task % 2 == 0 ? p / Input.Bands : p % Input.Bands;
                return (byte)Math.Min(127, random.Next(40) + ((at + phase) / width % 2 == 0 ? 70 : 0));
            })]);
            classes.Add(cls);
        }

        return new SliceSet(codes, classes);
    }
}
