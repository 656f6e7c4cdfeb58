using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>Trains, quantises and measures one run in its own folder, from wherever an earlier attempt was stopped.</summary>
/// <param name="run">What.</param>
/// <param name="tasks">Its tasks.</param>
/// <param name="input">Shape of a slice.</param>
/// <param name="folder">Its folder, taken.</param>
/// <param name="console">Terminal.</param>
/// <param name="encoderFile">An encoder that is taken over; or null.</param>
/// <param name="gates">Opens channels in the gates' place; or null.</param>
internal sealed class ExperimentRun(PlannedRun run, IReadOnlyList<TaskData> tasks, InputSpec input, string folder, RunConsole console, string? encoderFile = null, GateRule? gates = null)
{
    /// <summary>Names of the files in a run's folder.</summary>
    public const string ConfigFile = "config.txt", CheckpointFile = "checkpoint.dat", WeightsFile = "float" + FloatWeights.Extension, ModelFile = "model.adapter";

    private readonly NetworkShape shape = run.Shape(input, [.. tasks.Select(task => new TaskShape(task.Name, task.Labels.Count))]);

    /// <summary>Runs.</summary>
    /// <param name="stop">Asks to stop after the current step.</param>
    /// <returns>Its numbers; null when stopped.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">The checkpoint in the folder is of another run.</exception>
    public RunMetrics? Run(CancellationToken stop)
    {
        WholeFile.Write(Path.Combine(folder, ConfigFile), run.Configuration + "\n");
        string machine = TorchDescription.Of(NetworkConvolutions.Of(shape, run.Batch / tasks.Count)), checkpoint = Path.Combine(folder, CheckpointFile);
        var log = new RunLog(folder, run.Tasks);
        int steps = 0;
        using MultiTaskNetwork? encoder = encoderFile is null ? null : PretrainingRun.Load(encoderFile, shape);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        using TrainingSession? session = NetworkTraining.Run(run.Name, shape, tasks, run.Training, checkpoint, machine, console, stop, report =>
        {
            log.Add(report);
            steps++;
        }, new TrainingStart(encoder, run.Row.Use, gates));
        if (session is null)
            return null;
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / Math.Max(1, steps);
        RunMetrics metrics = Measure(session, steps == 0 ? 0 : seconds);

        // Last of all: a run that has its numbers is done.
        metrics.Save(Path.Combine(folder, RunMetrics.FileName));
        File.Delete(checkpoint);
        return metrics;
    }

    private RunMetrics Measure(TrainingSession session, double secondsPerStep)
    {
        double[] validation = Evaluator.Accuracies(session.Network, [.. tasks.Select(task => task.Validation)]);
        int[][] found = [.. tasks.Select((task, k) => Evaluator.Classify(session.Network, k, task.Test.Codes))];
        Integers integers = Quantise(session);
        (int convolutions, int embedding) = AdapterCost.SharedWeights(shape);
        string data = NetworkTraining.Identity(shape, tasks, run.Training);
        return new RunMetrics(
            run.Name, run.Row.Name, run.Configuration, data[data.IndexOf("input", StringComparison.Ordinal)..], run.Seed, run.Row.Cost, run.Row.Lambda, BuildCommit.Text, session.Machine, Math.Round(secondsPerStep, 4),
            (convolutions + embedding) / 1e3, AdapterCost.SharedFlops(shape), [.. tasks.Select((task, k) => Of(task, k, session.Network, validation[k], found[k], integers))], CompiledCost.Of(ModelWriter.Write(integers.Model)));
    }

    private TaskMetrics Of(TaskData task, int k, MultiTaskNetwork network, double validation, int[] found, Integers integers)
    {
        int[] open = [.. network.OpenGates(k).Select(layer => layer.Count(isOpen => isOpen))];
        var matrix = ConfusionMatrix.Of(task.Labels, task.Test.Classes, found);
        var cost = TaskCost.Of(shape, task.Labels.Count, open);
        return new TaskMetrics(
            task.Name, task.Labels, validation, Baselines.Majority(task), matrix.Correct, integers.Correct[k], task.Test.Count, open, [.. open.Select((_, i) => shape.Adapter(i + 1))],
            cost.Parameters + Residuals(), cost.Flops, matrix.Sparse, integers.Wide[k]);
    }

    /// <summary>Weights of the 1 x 1 convolutions beside the encoder's, in thousands; 0 where there are none.</summary>
    private double Residuals() => run.Row.Use == EncoderUse.Residual ? AdapterCost.SharedWeights(shape).Convolutions / 9 / 1e3 : 0;

    private Integers Quantise(TrainingSession session)
    {
        MultiTaskNetwork network = shape.Alpha is null ? ClosedAdapters.Of(session.Network) : session.Network;
        var saved = new SavedRun(
            NetworkTraining.Identity(shape, tasks, run.Training), run.Configuration, "paper", input, run.FrontEnd, run.Row.Channels, network.Shape.Alpha!.Value, run.Training,
            [.. tasks.Select(task => new SavedTask(task.Name, [.. task.Labels]))], MultiHead: null, session.Revived, session.Machine)
        {
            IsStreaming = shape.IsStreaming,
        };
        new FloatWeights(network, saved).Save(Path.Combine(folder, WeightsFile));
        Integers rounded = Round(network);
        if (!ReferenceEquals(network, session.Network))
            network.Dispose();
        return rounded;
    }

    /// <summary>Rounds the float network that lies in the run's folder again, writes its model there, and measures the integers.</summary>
    /// <param name="metrics">Numbers of the run as they are.</param>
    /// <returns>The numbers with what its integers get right and what they cost; everything else stays.</returns>
    /// <exception cref="NotFiniteException">Something of the network is not finite.</exception>
    /// <exception cref="InvalidDataException">The network is of another run.</exception>
    public RunMetrics Requantise(RunMetrics metrics)
    {
        string path = Path.Combine(folder, WeightsFile);
        using var weights = FloatWeights.Load(path);
        if (weights.Saved.Run != NetworkTraining.Identity(shape, tasks, run.Training))
            throw new InvalidDataException($"{path} was trained on other slices, or otherwise ({weights.Saved.Run}): give the corpus that it was trained on with --corpus");
        Integers rounded = Round(weights.Network);
        return metrics with
        {
            Tasks = [.. metrics.Tasks.Select((task, k) => task with { Quantised = rounded.Correct[k], Wide = rounded.Wide[k] })],
            Compiled = CompiledCost.Of(ModelWriter.Write(rounded.Model)),
            CostCommit = BuildCommit.Text,
            QuantisedCommit = BuildCommit.Text,
        };
    }

    private Integers Round(MultiTaskNetwork network)
    {
        SliceSet[] test = [.. tasks.Select(task => task.Test)];
        ModelArtifact model = Round(network, QuantisationOptions.Default);
        WholeFile.Write(Path.Combine(folder, ModelFile), ModelWriter.Write(model));
        return new Integers(model, IntegerForward.Correct(model, test), IntegerForward.Correct(Round(network, QuantisationOptions.Wide), test));
    }

    private ModelArtifact Round(MultiTaskNetwork network, QuantisationOptions widths)
    {
        var quantiser = new Quantiser(network, widths);
        var labels = new ModelLabels("paper", run.Configuration, run.FrontEnd, [.. tasks.Select(task => task.Labels)]);
        return quantiser.Export(quantiser.Calibrate([.. tasks.Select(task => task.Train)]), quantiser.TrainedGates(), labels) with { Provenance = BuildCommit.Provenance(DataHash.Of(tasks)) };
    }

    /// <summary>A network's integers.</summary>
    /// <param name="Model">As they are compiled, and left in the run's folder.</param>
    /// <param name="Correct">Slices of each task's test split that they get right.</param>
    /// <param name="Wide">The same of integers with codes of 8 bits.</param>
    private sealed record Integers(ModelArtifact Model, int[] Correct, int[] Wide);
}
