using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>Makes a trained network small in a run's folder, from wherever an earlier attempt was stopped, and measures its integers. No steps: post-training quantisation, to compare with.</summary>
/// <param name="run">What.</param>
/// <param name="whole">Its tasks, with all bits of a code that the network was trained on.</param>
/// <param name="folder">Its folder, taken.</param>
/// <param name="console">Terminal.</param>
internal sealed class CompressionRun(PlannedRun run, IReadOnlyList<TaskData> whole, string folder, RunConsole console)
{
    /// <summary>Numbers of assemblies in which the program is measured.</summary>
    internal static readonly ValueArray<int> Assemblies = ValueArray.Of(1, 2, 3, 4);

    private TaskData[] tasks = [];

    /// <summary>Runs.</summary>
    /// <param name="weightsFile">The network, as the run that trained it left it.</param>
    /// <param name="stop">Asks to stop after the current step.</param>
    /// <returns>Its numbers; null when stopped.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">The weights or the checkpoint are of another run.</exception>
    public RunMetrics? Run(string weightsFile, CancellationToken stop)
    {
        WholeFile.Write(Path.Combine(folder, ExperimentRun.ConfigFile), run.Configuration + "\n");
        string checkpoint = Path.Combine(folder, ExperimentRun.CheckpointFile);
        using var trained = FloatWeights.Load(weightsFile);
        using FloatWeights weights = trained.Reading(run.Row.InputBits);
        tasks = [.. whole.Select(task => UpperBits.Of(task, trained.Saved.Input.Bits - run.Row.InputBits))];
        NetworkShape shape = weights.Network.Shape;
        string identity = NetworkTraining.Identity(shape, tasks, run.Training) + "; " + run.Configuration, machine = TorchDescription.Of(NetworkConvolutions.Of(shape, run.Batch / tasks.Length));
        var log = new RunLog(folder, run.Tasks);
        int steps = 0;
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        using CompressionSession? session = NetworkTraining.Compress(run.Name, weights, tasks, run.Compression, identity, checkpoint, machine, console, report =>
        {
            log.Add(report);
            steps++;
        }, stop);
        if (session is null)
            return null;
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / Math.Max(1, steps);
        RunMetrics metrics = Measure(trained.Network, session, steps == 0 ? 0 : seconds);

        // Last of all: a run that has its numbers is done.
        metrics.Save(Path.Combine(folder, RunMetrics.FileName));
        File.Delete(checkpoint);
        return metrics;
    }

    private RunMetrics Measure(MultiTaskNetwork floats, CompressionSession session, double secondsPerStep)
    {
        NetworkShape shape = session.Network.Network.Shape;
        double[] validation = session.Accuracies([.. tasks.Select(task => task.Validation)]);
        var labels = new ModelLabels("paper", run.Configuration, run.FrontEnd, [.. tasks.Select(task => task.Labels)]);
        ModelArtifact model = session.Export(labels) with { Provenance = BuildCommit.Provenance(DataHash.Of(tasks)) };
        int[] right = [.. tasks.Select((task, k) => Evaluator.Correct(Evaluator.Classify(floats, k, whole[k].Test.Codes), task.Test.Classes))];
        ConfusionMatrix[] found = [.. tasks.Select((task, k) => ConfusionMatrix.Of(task.Labels, task.Test.Classes, IntegerForward.Classify(model, k, task.Test.Codes)))];
        model = model with
        {
            Tasks = model.Tasks.Select((task, k) => task with { Accuracy = new MeasuredAccuracy(tasks[k].Test.Count, right[k], found[k].Correct) { Confusion = found[k].InFile } }).ToValueArray(),
        };
        string text = ModelWriter.Write(model);
        WholeFile.Write(Path.Combine(folder, ExperimentRun.ModelFile), text);
        (int convolutions, int embedding) = AdapterCost.SharedWeights(shape);
        (long all, long zeros) = WeightCount.Of(model);
        string data = NetworkTraining.Identity(shape, tasks, run.Training);
        return new RunMetrics(
            run.Name, run.Row.Name, run.Configuration, data[data.IndexOf("input", StringComparison.Ordinal)..], run.Seed, run.Row.Cost, run.Row.Lambda, BuildCommit.Text, session.Machine, Math.Round(secondsPerStep, 4),
            (convolutions + embedding) / 1e3, AdapterCost.SharedFlops(shape), [.. tasks.Select((task, k) => Of(task, k, floats, validation[k], right[k], found[k]))], Compiled: null, Math.Round((double)zeros / all, 4), CompiledCost.Each(text, Assemblies));
    }

    private static TaskMetrics Of(TaskData task, int k, MultiTaskNetwork floats, double validation, int right, ConfusionMatrix found)
    {
        int[] open = [.. floats.OpenGates(k).Select(layer => layer.Count(isOpen => isOpen))];
        var cost = TaskCost.Of(floats.Shape, task.Labels.Count, open);
        return new TaskMetrics(
            task.Name, task.Labels, validation, Baselines.Majority(task), right, found.Correct, task.Test.Count, open, [.. open.Select((_, i) => floats.Shape.Adapter(i + 1))], cost.Parameters, cost.Flops, found.Sparse);
    }
}
