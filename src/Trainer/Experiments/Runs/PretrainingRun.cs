using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>Pretrains an encoder in a run's folder, from wherever an earlier attempt was stopped, and leaves it there for the rows that take it.</summary>
internal static class PretrainingRun
{
    private const int CheckpointSteps = 50;

    /// <summary>The encoder, in the run's folder.</summary>
    public const string EncoderFile = "encoder.dat";

    /// <summary>Runs.</summary>
    /// <returns>Its numbers, without tasks; null when stopped.</returns>
    public static RunMetrics? Run(PlannedRun run, IReadOnlyList<TaskData> tasks, InputSpec input, string folder, RunConsole console, CancellationToken stop)
    {
        string checkpoint = Path.Combine(folder, ExperimentRun.CheckpointFile);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        using var session = new ContextPrediction(run.Row.Channels.ToValueArray(), input, tasks, run.Training);
        if (File.Exists(checkpoint))
            session.Load(checkpoint, run.Configuration);
        int first = session.Step;
        double error = console.Working(run.Name, "steps", report =>
        {
            double last = 0;
            while (session.Step < run.Steps && !stop.IsCancellationRequested)
            {
                last = session.RunStep();
                report?.Invoke(session.Step, run.Steps);
                if (session.Step % CheckpointSteps == 0)
                    session.Save(checkpoint, run.Configuration);
            }

            return last;
        });
        session.Save(checkpoint, run.Configuration);
        if (session.Step < run.Steps)
            return null;
        double explained = session.Explained();
        console.Line("", string.Create(CultureInfo.InvariantCulture, $"{run.Name}: {100 * explained:F1} % of the middle's variance explained on validation slices"));
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / Math.Max(1, session.Step - first);
        File.Move(checkpoint, Path.Combine(folder, EncoderFile), overwrite: true);
        return new RunMetrics(
            run.Name, run.Row.Name, run.Configuration, string.Create(CultureInfo.InvariantCulture, $"explained {explained:F4}, last error {error:F4}"), run.Seed, run.Row.Cost, run.Row.Lambda, BuildCommit.Text, "",
            Math.Round(seconds, 4), 0, 0, []);
    }

    /// <summary>A network that holds the encoder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">Of the network that takes it.</param>
    public static MultiTaskNetwork Load(string path, NetworkShape shape)
    {
        TensorArchive archive = TensorArchive.Load(path);
        var network = new MultiTaskNetwork(ContextPrediction.Shape(shape.Channels, shape.Input), seed: 1);
        TensorArchive.Restore(network.named_parameters().Select(p => (p.name, (TorchSharp.torch.Tensor)p.parameter)).Concat(network.named_buffers().Select(b => (b.name, b.buffer))), archive.Values);
        return network;
    }
}
