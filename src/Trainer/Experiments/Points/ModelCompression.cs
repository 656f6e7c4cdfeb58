using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>Makes one trained network small in one way or another, and measures what comes of it.</summary>
/// <param name="settings">Of the run.</param>
/// <param name="tasks">Slices.</param>
/// <param name="weights">The network; it stays as it is.</param>
/// <param name="console">Terminal.</param>
internal sealed class ModelCompression(RunSettings settings, IReadOnlyList<TaskData> tasks, FloatWeights weights, RunConsole console)
{
    private readonly int perTask = weights.Saved.Training.BatchSize / tasks.Count;
    private (double Validation, double Test)? floats;

    /// <summary>Sees to it that Torch computes these convolutions right.</summary>
    /// <param name="options">Whose batches.</param>
    /// <returns>False where it cannot, which was said.</returns>
    public bool Settle(CompressionOptions options) => Experiment.SettleConvolutions(Convolutions(options), console);

    /// <summary>Learns with the integers, from wherever an earlier attempt was stopped.</summary>
    /// <param name="options">How.</param>
    /// <param name="folder">Where checkpoint and log go; the checkpoint stays.</param>
    /// <returns>The model, accuracy not filled in, and what computed it; null when the user stopped it.</returns>
    /// <exception cref="NotFiniteException">Something was not finite.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is of another run.</exception>
    public (ModelArtifact Model, string Machine)? Train(CompressionOptions options, string folder)
    {
        var log = new RunLog(folder, [.. tasks.Select(task => task.Name)], "log-compression.csv");
        using var interrupt = new Interrupt();
        using CompressionSession? session = NetworkTraining.Compress(
            "Compress", weights, tasks, options, Identity(options), ModelTraining.CompressionCheckpoint(folder), TorchDescription.Of(Convolutions(options)), console, log.Add, interrupt.Token);
        return session is null ? null : (Export(session, options), session.Machine);
    }

    /// <summary>The single way: learns, and looks the model through.</summary>
    /// <param name="options">How.</param>
    /// <returns>Null when the user stopped it.</returns>
    public TrainedModel? Run(CompressionOptions options) => Train(options, settings.Folder) is { } made ? Examine(made.Model, made.Machine, options) : null;

    /// <summary>Looks a compressed model through.</summary>
    /// <param name="model">Of these weights.</param>
    /// <param name="machine">What computed it.</param>
    /// <param name="options">How it was made.</param>
    public TrainedModel Examine(ModelArtifact model, string machine, CompressionOptions options)
    {
        // Removed channels cost nothing, and of those that stay for the readers' borders the code is stored: what is left of dead ones is what data alone shows.
        ValueArray<IdleChannel> idle = ConstantFolding.Apply(NetworkBuilder.Build(model)).Idle;
        TrainedModel found = ModelTraining.Examine(model, settings.Compressed(options), tasks, weights, console, idle);
        PointAccuracy accuracy = Measure(model);
        int kept = idle.Count(each => each.Reason == IdleReason.Constant), removed = idle.Count - kept;
        string gone = (removed == 0 ? "" : $", and {removed} of {found.Channels.Channels + removed} channels have so few left that they say nothing: the compiler removes them")
            + (kept == 0 ? "" : $"; {kept} say only where the border is: it stores their code");
        console.Line("Compress", FormattableString.Invariant($"{accuracy.Zeros:P0} of the weights are 0{gone}"));
        console.Line("", FormattableString.Invariant($"validation {accuracy.Validation:F3}, {Math.Abs(accuracy.Drop):F2} points {(accuracy.Drop < 0 ? "above" : "below")} the float network's {accuracy.FloatValidation:F3}"));
        return found with { Machine = machine == found.Machine ? machine : $"{found.Machine}, made small with {machine}" };
    }

    /// <summary>The network rounded and pruned at once, without training: its program costs about what the trained one's does.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="NotFiniteException">Four lanes cannot hold it so.</exception>
    public ModelArtifact Round(CompressionOptions options)
    {
        CompressionOptions atOnce = options with { Training = options.Training with { Steps = 0 } };
        using var session = new CompressionSession(weights.Network, weights.CopyNetwork(), tasks, atOnce);
        session.UseBest();
        return Export(session, options);
    }

    /// <summary>Accuracy of floats and integers, by the interpreter's arithmetic.</summary>
    /// <param name="model">Of these weights.</param>
    public PointAccuracy Measure(ModelArtifact model)
    {
        SliceSet[] validation = [.. tasks.Select(task => task.Validation)], test = [.. tasks.Select(task => task.Test)];
        floats ??= (Mean(validation, Evaluator.Accuracies(weights.Network, validation)), Mean(test, Evaluator.Accuracies(weights.Network, test)));
        (long all, long zeros) = WeightCount.Of(model);
        return new PointAccuracy(floats.Value.Validation, Mean(validation, Integers(validation)), floats.Value.Test, Mean(test, Integers(test)), Math.Round((double)zeros / all, 4));

        double[] Integers(SliceSet[] sets) => [.. IntegerForward.Correct(model, sets).Select((right, k) => sets[k].Count == 0 ? 0 : (double)right / sets[k].Count)];
    }

    /// <summary>What a model costs under the run's budget.</summary>
    public PointCost Cost(ModelArtifact model)
    {
        (CompilationOptions options, ValueArray<CompilationResult> parts) = settings.Budget.Compile(
            ModelWriter.Write(model), new CompilationOptions(settings.ClassName, "", settings.Name + ".adapter", ValueArray<string>.Empty, settings.Device));
        return PointCost.Of(parts, options);
    }

    /// <summary>What a compression depends on, readable, because it is shown when it does not fit.</summary>
    public string Identity(CompressionOptions options) => $"{weights.Saved.Run}; weights {weights.Hash()}; compress{options.Arguments(weights.Saved.Training.BatchSize)}";

    private ModelArtifact Export(CompressionSession session, CompressionOptions options) => session.Export(settings.Compressed(options).Labels(tasks)) with { Provenance = BuildCommit.Provenance(DataHash.Of(tasks)) };

    private IReadOnlyList<ConvolutionCase> Convolutions(CompressionOptions options) =>
    [
        .. NetworkConvolutions.OfOpen(weights.Network, options.Training.BatchSize / tasks.Count).Concat(NetworkConvolutions.Of(weights.Network.Shape, Math.Max(1, perTask))).Distinct(),
    ];

    // Tasks without slices of a split say nothing of it.
    private static double Mean(SliceSet[] sets, double[] accuracies) => accuracies.Where((_, k) => sets[k].Count > 0).DefaultIfEmpty(0).Average();
}
