using AdapterCompiler.Trainer.Data;
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>One run of an experiment.</summary>
/// <param name="Name">Name of its folder and of its metrics.</param>
/// <param name="Row">Row of the tables that it belongs to.</param>
/// <param name="FrontEndName"><c>integer</c>, <c>sparse</c>, <c>fine</c> or <c>float</c>.</param>
/// <param name="Tasks">Names of its tasks.</param>
/// <param name="Steps">Batches.</param>
/// <param name="Batch">Samples of a batch.</param>
/// <param name="LearningRate">Adam's first learning rate.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Masks">Some bands and frames of training slices are hidden.</param>
/// <param name="GateRate">First learning rate of gates, where there are any that learn; null for the usual one.</param>
internal sealed record PlannedRun(string Name, ExperimentRow Row, string FrontEndName, IReadOnlyList<string> Tasks, int Steps, int Batch, double LearningRate, int Seed, bool Masks = false, double? GateRate = null)
{
    private const int FewestClasses = 2;

    /// <summary>Front end.</summary>
    public FrontEndSpec FrontEnd => FrontEndNames.Spec(FrontEndName);

    /// <summary>How it is trained.</summary>
    public TrainingOptions Training => new(
        Steps, Batch, Seed, Row.Lambda, Row.Cost, LearningRate, AllOpen: Row.Gates != GateChoice.Learned, TaskWeights: Row.Weights?.ToValueArray(), ConstantRate: Row.Rate == RateSchedule.Constant, Masks: Masks, GateRate: GateRate);

    /// <summary>Everything that its numbers depend on but the slices and the program: metrics of another text are another run's.</summary>
    public string Configuration => FormattableString.Invariant(
        $"tasks {string.Join(' ', Tasks)}; front end {FrontEndName}; channels {string.Join(',', Row.Channels)}; alpha {Row.Alpha ?? 0}; lambda {Row.Lambda} on {Row.Cost}; {Steps} steps of {Batch}; learning rate {LearningRate}; seed {Seed}")
        + (Row.Kind == RunKind.Network ? "" : "; " + Row.Kind.ToString().ToLowerInvariant()) + (Row.Encoder is { } encoder ? $"; {Row.Use.ToString().ToLowerInvariant()} encoder of {encoder}" : "")
        + (Row.Gates == GateChoice.Learned ? "" : $"; gates by {Row.Gates.ToString().ToLowerInvariant()}, as dear as {Row.Like}") + (Row.Weights is { } weights ? "; tasks weigh " + string.Join(' ', weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture))) : "")
        + (Row.Rate == RateSchedule.Constant ? "; constant rate" : "") + (Row.Streaming ? "; streaming" : "") + (Masks ? "; masks" : "") + (GateRate is { } gates ? FormattableString.Invariant($"; gates at {gates}") : "")
        + (Row.Kind == RunKind.Compression
            ? FormattableString.Invariant($" of {Row.From}; bits {string.Join(',', Row.Bits!)}; activations {Row.ActivationBits}; zeros {Row.Zeros}; distillation {Row.Distillation}{LanesText}")
            : "")
        + (Row.InputBits == InputBits.FrontEnd ? "" : FormattableString.Invariant($"; input {Row.InputBits} bits"));

    /// <summary>What keeps it from being run, as far as that does not depend on slices; null for nothing.</summary>
    public string? Problem()
    {
        if (Row.Kind == RunKind.Linear)
            return null;
        InputSpec slice = Input(Audio.FrontEnd.DefaultInput);
        return Problem(ShapeOf(slice, [.. Tasks.Select(task => new TaskShape(task, FewestClasses))]));
    }

    /// <summary>The same of a shape; null for nothing.</summary>
    public string? Problem(NetworkShape shape) => shape.Problem() ?? (Row.Kind == RunKind.Compression ? Compression.Problem(shape) : Training.Problem(Tasks.Count));

    /// <summary>Sizes of what it trains: its network, or an encoder alone.</summary>
    /// <param name="input">Shape of a slice.</param>
    /// <param name="tasks">Its tasks.</param>
    public NetworkShape ShapeOf(InputSpec input, IReadOnlyList<TaskShape> tasks) => Row.Kind == RunKind.Pretraining ? ContextPrediction.Shape(Row.Channels.ToValueArray(), input) : Shape(input, tasks);

    /// <summary>How a compression goes.</summary>
    public CompressionOptions Compression => new(
        Training with { AllOpen = true }, new QuantisationOptions(Row.Bits!.ToValueArray(), Row.ActivationBits), Row.Zeros, Row.Distillation, Row.Lanes);

    /// <summary>What its network reads of a slice.</summary>
    /// <param name="slice">Shape of a slice of whole codes.</param>
    public InputSpec Input(InputSpec slice) => slice with { Bits = Row.InputBits };

    /// <summary>Sizes of its network.</summary>
    /// <param name="input">Shape of a slice.</param>
    /// <param name="tasks">Its tasks.</param>
    public NetworkShape Shape(InputSpec input, IReadOnlyList<TaskShape> tasks) => new(input, Row.Channels.ToValueArray(), Row.Alpha, tasks.ToValueArray()) { IsStreaming = Row.Streaming };

    private string LanesText => Row.Lanes switch
    {
        0 => "",
        4 => "; four lanes",
        6 => "; six lanes",
        var other => FormattableString.Invariant($"; {other} lanes"),
    };
}
