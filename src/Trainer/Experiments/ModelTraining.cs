using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>A trained and quantised network, before any code is made of it.</summary>
/// <param name="Model">Its integers, accuracy not filled in.</param>
/// <param name="MultiHead">Right answers of the float multi-head baseline on the test split, per task; null where it was not trained.</param>
/// <param name="Found">Per task what the float adapter network answers on the test split.</param>
/// <param name="Open">Open adapter channels, per task and layer.</param>
/// <param name="Channels">Whether its channels say anything.</param>
/// <param name="Machine">What computed, <see cref="TorchDescription"/>.</param>
internal sealed record TrainedModel(ModelArtifact Model, int[]? MultiHead, int[][] Found, int[][] Open, ChannelHealth Channels, string Machine);

/// <summary>The first half of an experiment: trains the networks and quantises, with checkpoints in the run's folder.</summary>
internal static class ModelTraining
{
    /// <summary>Where the adapter network's training can be taken up again.</summary>
    public static string AdapterCheckpoint(RunSettings settings) => Path.Combine(settings.Folder, "checkpoint-adapters.dat");

    /// <summary>The same of the baseline's.</summary>
    public static string BaselineCheckpoint(RunSettings settings) => Path.Combine(settings.Folder, "checkpoint-multi-head.dat");

    /// <summary>The same of a compression.</summary>
    /// <param name="folder">Its folder.</param>
    public static string CompressionCheckpoint(string folder) => Path.Combine(folder, "checkpoint-compression.dat");

    /// <summary>Checkpoints that a run may have left in its folder.</summary>
    public static IEnumerable<string> Checkpoints(RunSettings settings) =>
        new[] { AdapterCheckpoint(settings), BaselineCheckpoint(settings), CompressionCheckpoint(settings.Folder) }.Where(File.Exists);

    /// <summary>Where the float weights of the finished training stay.</summary>
    public static string WeightsFile(RunSettings settings) => Path.Combine(settings.Folder, settings.Name + FloatWeights.Extension);

    /// <summary>Trains, or goes on, and makes integers of it.</summary>
    /// <returns>The model; null when the user stopped it.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">A checkpoint in the folder is of another run.</exception>
    public static TrainedModel? Run(RunSettings settings, IReadOnlyList<TaskData> tasks, RunConsole console)
    {
        if (!Train(settings, tasks, console))
            return null;
        using var weights = FloatWeights.Load(WeightsFile(settings));
        return Quantise(settings, tasks, weights, console);
    }

    /// <summary>Trains, or goes on; the float weights stay in <see cref="WeightsFile"/>.</summary>
    /// <returns>False when the user stopped it.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">A checkpoint in the folder is of another run.</exception>
    public static bool Train(RunSettings settings, IReadOnlyList<TaskData> tasks, RunConsole console)
    {
        NetworkShape shape = settings.Shape(tasks);
        int[]? multiHead = null;
        if (settings.WithMultiHead)
        {
            using TrainingSession? baseline = Session("Multi-head", shape.MultiHead, BaselineCheckpoint(settings));
            if (baseline is null)
                return false;
            multiHead = Correct(baseline.Network, tasks);
        }

        using TrainingSession? session = Session("Adapters", shape, AdapterCheckpoint(settings));
        if (session is null)
            return false;
        new FloatWeights(session.Network, new SavedRun(
            NetworkTraining.Identity(shape, tasks, settings.Training), settings.TrainingCommand, settings.Name, settings.Input, settings.FrontEnd, [.. settings.Channels], settings.Alpha,
            settings.Training, [.. tasks.Select(task => new SavedTask(task.Name, [.. task.Labels]))], multiHead, session.Revived, session.Machine)
        {
            IsStreaming = settings.IsStreaming,
        }).Save(WeightsFile(settings));
        return true;

        TrainingSession? Session(string title, NetworkShape network, string checkpoint)
        {
            string name = title.ToLowerInvariant();
            string[] names = [.. tasks.Select(task => task.Name)];
            var log = new RunLog(settings.Folder, names, $"log-{name}.csv");
            TrainingEvents? events = settings.WithEvents ? new TrainingEvents(settings.Folder, name, names) : null;
            using var interrupt = new Interrupt();
            return NetworkTraining.Run(title, network, tasks, settings.Training, checkpoint, TorchDescription.Of(Experiment.Convolutions(settings, shape)), console, interrupt.Token, report =>
            {
                log.Add(report);
                events?.Add(report);
            });
        }
    }

    /// <summary>Makes integers of a trained network. What comes of it depends on the weights, the widths and the training slices alone.</summary>
    /// <param name="settings">Of the run; its training may have been another one's, with the same data.</param>
    /// <param name="tasks">Slices.</param>
    /// <param name="weights">The network.</param>
    /// <param name="console">Terminal.</param>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    public static TrainedModel Quantise(RunSettings settings, IReadOnlyList<TaskData> tasks, FloatWeights weights, RunConsole console)
    {
        var quantiser = new Quantiser(weights.Network, settings.Quantisation);
        Calibration calibration = quantiser.Calibrate([.. tasks.Select(t => t.Train)]);
        ModelArtifact model = quantiser.Export(calibration, quantiser.TrainedGates(), settings.Labels(tasks)) with { Provenance = BuildCommit.Provenance(DataHash.Of(tasks)) };
        return Examine(model, settings, tasks, weights, console);
    }

    /// <summary>Looks a model of trained weights through: what the float network answers, which channels are open, which say nothing.</summary>
    /// <param name="model">Integers of these weights.</param>
    /// <param name="settings">Of the run.</param>
    /// <param name="tasks">Slices.</param>
    /// <param name="weights">The network.</param>
    /// <param name="console">Terminal.</param>
    /// <param name="idle">Channels that do no work by their weights alone: not counted, for the compiler names them.</param>
    public static TrainedModel Examine(
        ModelArtifact model, RunSettings settings, IReadOnlyList<TaskData> tasks, FloatWeights weights, RunConsole console, IReadOnlyList<IdleChannel>? idle = null)
    {
        int[][] found = [.. tasks.Select((task, k) => Evaluator.Classify(weights.Network, k, task.Test.Codes))];
        int[][] open = [.. model.Tasks.Select(task => task.Layers.Select(layer => layer.Gates.Count(isOpen => isOpen)).ToArray())];
        int all = open.Sum(layers => layers.Sum());
        console.Line("Gates", $"locked: {all} of {settings.Shape(tasks).AdapterChannels} adapter channels open");
        var channels = new ChannelHealth(
            DeadChannels.Of(model, tasks).Without(idle ?? []).Count, weights.Saved.Revived,
            model.Shared.Sum(layer => layer.Channels.Count) + all - (idle ?? []).Count(each => each.Reason != IdleReason.Constant));
        console.Line("Channels", channels.Text);
        return new TrainedModel(model, weights.Saved.MultiHead, found, open, channels, weights.Saved.Machine);
    }

    /// <summary>Deletes the checkpoints of a run that is done.</summary>
    public static void DeleteCheckpoints(RunSettings settings)
    {
        File.Delete(AdapterCheckpoint(settings));
        File.Delete(BaselineCheckpoint(settings));
        File.Delete(CompressionCheckpoint(settings.Folder));
    }

    private static int[] Correct(MultiTaskNetwork network, IReadOnlyList<TaskData> tasks) =>
        [.. tasks.Select((task, k) => Evaluator.Correct(Evaluator.Classify(network, k, task.Test.Codes), task.Test.Classes))];
}
