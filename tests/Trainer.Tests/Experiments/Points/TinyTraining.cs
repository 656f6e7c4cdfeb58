using System;
using System.Collections.Generic;
using System.IO;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Commands;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Quantisation;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments.Points;

/// <summary>A training of toy tasks that several tests make small.</summary>
public sealed class TinyTraining : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-tiny").FullName;

    public TinyTraining()
    {
        TorchSharp.torch.set_num_threads(1);
        using var terminal = new QuietConsole();
        var settings = new RunSettings(
            "toy", folder, "adapter-train train --data toys", TinyTasks.Input, TinyTasks.FrontEnd, ValueArray.Of(4, 6), 0.5m, TinyTasks.Options(40, rate: 1e-2), QuantisationOptions.Default, "esp32", WithMultiHead: false);
        Assert.True(new Experiment(settings, Tasks, terminal.Console).Run() == RunOutcome.Finished, terminal.Text);
    }

    internal static IReadOnlyList<TaskData> Tasks { get; } = TinyTasks.Make();

    internal FloatWeights Load() => FloatWeights.Load(Path.Combine(folder, "toy.safetensors"));

    internal static CompressionOptions Options(FloatWeights weights, int steps = 12, int bits = 4, double zeros = 0.5) =>
        new(weights.Saved.Training with { Steps = steps, LearningRate = CompressionOptions.UsualLearningRate, AllOpen = true }, new QuantisationOptions(ValueArray.Of(bits), 7), zeros);

    internal static RunSettings Settings(FloatWeights weights, string output, DeviceBudget? budget = null) =>
        QuantiseCommand.Settings(weights.Saved, output, QuantisationOptions.Default, "esp32") with { Budget = budget ?? DeviceBudget.None };

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
