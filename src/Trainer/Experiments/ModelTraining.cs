using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>A trained and quantised network, before any code is made of it.</summary>
/// <param name="Model">Its integers, accuracy not filled in.</param>
/// <param name="MultiHead">Right answers of the float multi-head baseline on the test split, per task; null where it was not trained.</param>
/// <param name="Adapters">Right answers of the float adapter network.</param>
/// <param name="Open">Open adapter channels, per task.</param>
/// <param name="Channels">Whether its channels say anything.</param>
/// <param name="Machine">What computed, <see cref="TorchDescription"/>.</param>
internal sealed record TrainedModel(ModelArtifact Model, int[]? MultiHead, int[] Adapters, int[] Open, ChannelHealth Channels, string Machine);

/// <summary>The first half of an experiment: trains the networks and quantises, with checkpoints in the run's folder.</summary>
internal static class ModelTraining
{
    /// <summary>Where the adapter network's training can be taken up again.</summary>
    public static string AdapterCheckpoint(RunSettings settings) => Path.Combine(settings.Folder, "checkpoint-adapters.dat");

    /// <summary>The same of the baseline's.</summary>
    public static string BaselineCheckpoint(RunSettings settings) => Path.Combine(settings.Folder, "checkpoint-multi-head.dat");

    /// <summary>Trains, or goes on.</summary>
    /// <returns>The model; null when the user stopped it.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">A checkpoint in the folder is of another run.</exception>
    public static TrainedModel? Run(RunSettings settings, IReadOnlyList<TaskData> tasks, RunConsole console)
    {
        NetworkShape shape = settings.Shape(tasks);
        int[]? multiHead = null;
        if (settings.WithMultiHead)
        {
            using TrainingSession? baseline = Train("Multi-head", shape.MultiHead, BaselineCheckpoint(settings));
            if (baseline is null)
                return null;
            multiHead = Correct(baseline.Network, tasks);
        }

        using TrainingSession? session = Train("Adapters", shape, AdapterCheckpoint(settings));
        if (session is null)
            return null;
        int[] adapters = Correct(session.Network, tasks);

        var quantiser = new Quantiser(session.Network, settings.Quantisation);
        bool[][][] gates = quantiser.TrainedGates();
        int[] open = [.. gates.Select(layers => layers.Sum(layer => layer.Count(g => g)))];
        console.Line("Gates", $"locked: {open.Sum()} of {shape.AdapterChannels} adapter channels open");
        var labels = new ModelLabels(settings.Name, settings.Command, settings.FrontEnd, [.. tasks.Select(t => t.Labels)]);
        ModelArtifact model = quantiser.Export(quantiser.Calibrate([.. tasks.Select(t => t.Train)]), gates, labels);
        var channels = new ChannelHealth(DeadChannels.Of(model, tasks).Count, session.Revived, model.Shared.Sum(layer => layer.Channels.Count) + open.Sum());
        console.Line("Channels", channels.Text);
        return new TrainedModel(model, multiHead, adapters, open, channels, session.Machine);

        TrainingSession? Train(string title, NetworkShape network, string checkpoint)
        {
            using var interrupt = new Interrupt();
            return NetworkTraining.Run(title, network, tasks, settings.Training, checkpoint, TorchDescription.Of(Experiment.Convolutions(settings, shape)), console, interrupt.Token);
        }
    }

    /// <summary>Deletes the checkpoints of a run that is done.</summary>
    public static void DeleteCheckpoints(RunSettings settings)
    {
        File.Delete(AdapterCheckpoint(settings));
        File.Delete(BaselineCheckpoint(settings));
    }

    private static int[] Correct(MultiTaskNetwork network, IReadOnlyList<TaskData> tasks) =>
        [.. tasks.Select((task, k) => Evaluator.Correct(Evaluator.Classify(network, k, task.Test.Codes), task.Test.Classes))];
}
