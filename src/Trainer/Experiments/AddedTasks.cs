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

/// <summary>Tasks added to a model.</summary>
/// <param name="Model">The model with them, behind the tasks that it had; their accuracy is not filled in.</param>
/// <param name="Found">Per new task what its float network answers on the test split.</param>
/// <param name="Open">Open adapter channels, per new task and layer.</param>
internal sealed record AddedTasks(ModelArtifact Model, int[][] Found, int[][] Open)
{
    /// <summary>Trains an adapter and a head for each new task beside a model's encoder, which stays as it is, and quantises them. Every integer that the model held is the same afterwards.</summary>
    /// <param name="model">The model; of this trainer's shape, <see cref="DequantisedEncoder.Channels"/>.</param>
    /// <param name="settings">Of the run; channels and widths are the model's.</param>
    /// <param name="tasks">The new tasks.</param>
    /// <param name="checkpoint">Where training can be taken up again.</param>
    /// <param name="console">Terminal.</param>
    /// <returns>Null when the user stopped it.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is of another run.</exception>
    public static AddedTasks? Run(ModelArtifact model, RunSettings settings, IReadOnlyList<TaskData> tasks, string checkpoint, RunConsole console)
    {
        NetworkShape shape = settings.Shape(tasks);
        using MultiTaskNetwork encoder = DequantisedEncoder.Of(model, InputStatistics.Of(tasks));
        using var interrupt = new Interrupt();
        using TrainingSession? session = NetworkTraining.Run(
            "Adapters", shape, tasks, settings.Training, checkpoint, TorchDescription.Of(Experiment.Convolutions(settings, shape)), console, interrupt.Token, start: new TrainingStart(encoder));
        if (session is null)
            return null;
        int[][] found = [.. tasks.Select((task, k) => Evaluator.Classify(session.Network, k, task.Test.Codes))];
        var quantiser = new Quantiser(session.Network, settings.Quantisation, model.Shared);
        bool[][][] gates = quantiser.TrainedGates();
        var labels = new ModelLabels(model.Name, settings.Command, model.FrontEnd, [.. tasks.Select(task => task.Labels)]);
        ModelArtifact own = quantiser.Export(quantiser.Calibrate([.. tasks.Select(task => task.Train)]), gates, labels);
        return new AddedTasks(
            model with { Command = model.Command + "; " + settings.TrainingCommand, Tasks = model.Tasks.Concat(own.Tasks).ToValueArray() },
            found, [.. gates.Select(layers => layers.Select(layer => layer.Count(isOpen => isOpen)).ToArray())]);
    }

    /// <summary>Widths of a model's weights and activations, as those of what is added.</summary>
    public static QuantisationOptions Widths(ModelArtifact model) => new(
        model.Shared.Select(layer => layer.WeightBits).Append(model.Tasks[0].Head.WeightBits).ToValueArray(), model.Shared[0].ActivationBits);
}
