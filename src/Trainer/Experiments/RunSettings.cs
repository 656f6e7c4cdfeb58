using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>Everything that a run depends on besides its slices.</summary>
/// <param name="Name">Name of the model: of its file, and of the generated class.</param>
/// <param name="Folder">Where results go.</param>
/// <param name="TrainingCommand">The command that trains this network: what its weights depend on and nothing else, no place on this machine; widths of integers left out.</param>
/// <param name="Input">Shape of a slice.</param>
/// <param name="FrontEnd">How its codes were made.</param>
/// <param name="Channels">Channels of the shared encoder.</param>
/// <param name="Alpha">Share of an adapter.</param>
/// <param name="Training">For the multi-head baseline and the adapter network alike.</param>
/// <param name="Quantisation">Widths.</param>
/// <param name="Device">Whose limits the generated code has to keep.</param>
/// <param name="WithMultiHead">Train the baseline too.</param>
public sealed record RunSettings(
    string Name,
    string Folder,
    string TrainingCommand,
    InputSpec Input,
    FrontEndSpec FrontEnd,
    ValueArray<int> Channels,
    decimal Alpha,
    TrainingOptions Training,
    QuantisationOptions Quantisation,
    string Device,
    bool WithMultiHead)
{
    /// <summary>Nothing is padded in time: <see cref="NetworkShape.IsStreaming"/>.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>What the generated code may cost beyond the device's own limits.</summary>
    public DeviceBudget Budget { get; init; } = DeviceBudget.None;

    /// <summary>How the trained network is made small, <see cref="Compressed"/>; null where its weights are rounded and that is all.</summary>
    public CompressionOptions? Compression { get; private init; }

    /// <summary>The option with Torch's threads as the command that compresses says it, a blank before it; empty where it was not given.</summary>
    public string CompressionThreads { get; init; } = "";

    /// <summary>Write TensorBoard events too.</summary>
    public bool WithEvents { get; init; }

    /// <summary>The command for the model file: the same training gives the same bytes anywhere, wherever its results go.</summary>
    public string Command => Compression is { } how
        ? $"{TrainingCommand}; adapter-train compress{how.Arguments(Training.BatchSize)}{CompressionThreads}"
        : TrainingCommand + Quantisation.Arguments;

    /// <summary>Name of the generated class: <c>bird-song</c> gives <c>BirdSongModel</c>.</summary>
    public string ClassName => ArtifactNames.ToIdentifier(Name) + "Model";

    /// <summary>The same run, its network made small.</summary>
    /// <param name="how">How; its widths become the run's.</param>
    public RunSettings Compressed(CompressionOptions how) => this with { Compression = how, Quantisation = how.Widths };

    /// <summary>What the model file says besides its integers.</summary>
    internal ModelLabels Labels(IReadOnlyList<TaskData> tasks) => new(Name, Command, FrontEnd, [.. tasks.Select(task => task.Labels)]);

    /// <summary>Sizes of the adapter network for these tasks.</summary>
    public NetworkShape Shape(IReadOnlyList<TaskData> tasks) => Shape([.. tasks.Select(task => new TaskShape(task.Name, task.Labels.Count))]);

    /// <summary>Sizes of the adapter network for tasks of which only this is known.</summary>
    public NetworkShape Shape(IReadOnlyList<TaskShape> tasks) => new(Input, Channels, Alpha, tasks.ToValueArray()) { IsStreaming = IsStreaming };

    /// <summary>What a user would have to change in the options, whatever the recordings are; or null.</summary>
    /// <param name="tasks">Tasks of which only this is known.</param>
    public string? Problem(IReadOnlyList<TaskShape> tasks)
    {
        if (!ArtifactNames.IsName(Name))
            return $"--name is '{Name}'; a name is a lower-case letter, then lower-case letters, digits and hyphens, at most {ArtifactLimits.NameLength}.";
        NetworkShape shape = Shape(tasks);
        return shape.Problem() ?? Training.Problem(tasks.Count) ?? Compression?.Problem(shape) ?? Quantisation.Problem(shape.Layers);
    }

    /// <summary>What a user would have to change, or null.</summary>
    public string? Problem(IReadOnlyList<TaskData> tasks)
    {
        if (Problem([.. tasks.Select(task => new TaskShape(task.Name, task.Labels.Count))]) is { } problem)
            return problem;
        if (tasks.FirstOrDefault(task => task.Labels.Count < ArtifactLimits.LeastClasses) is { } single)
            return $"task '{single.Name}' has {single.Labels.Count} class; at least {ArtifactLimits.LeastClasses} are needed. Add recordings of another class.";
        return tasks.FirstOrDefault(task => task.Train.Count == 0 || task.Test.Count == 0) is { } empty
            ? FormattableString.Invariant($"task '{empty.Name}' has {empty.Train.Count} training and {empty.Test.Count} test slices; both are needed.")
            : null;
    }
}
