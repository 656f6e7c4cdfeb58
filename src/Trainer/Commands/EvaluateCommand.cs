using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Targets;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>evaluate</c>: a model on recordings, class by class; the float network too where its weights lie beside it.</summary>
internal static class EvaluateCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("evaluate", "Accuracy per task, confusion matrix and recall per class of a model, as integers and, with its NAME.safetensors beside it, as floats.");
        var model = new Argument<string>("model") { Description = "model file, *.adapter" };
        var data = new Argument<string>("dir") { Description = "DIR/<task>/<train|val|test>/<class>/*.wav (flac, ogg, mp3 …)" };
        var split = new Option<string>("--split") { Description = "which recordings: train, val or test", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("train", "val", "test");
        command.Add(model);
        command.Add(data);
        command.Add(split);
        var recordings = new RecordingOptions(command);
        command.SetAction(parsed => recordings.Of(parsed, parsed.GetValue(data), out string? problem) is { } reading
            ? Run(console, parsed.GetValue(model)!, parsed.GetValue(data)!, reading, parsed.GetValue(split)!)
            : ExitCode.Usage(console, problem!));
        return command;
    }

    private static int Run(RunConsole console, string path, string folder, FolderOptions reading, string split)
    {
        if (Read(console, path) is not { } model)
            return ProgramExit.Mistake;
        using FloatWeights? weights = Weights(console, path, model, out bool isBroken);
        if (isBroken)
            return ProgramExit.Mistake;
        // Before anything is read: a machine that convolves wrong is better known at once.
        if (weights is not null && !Experiment.SettleConvolutions(
            QuantiseCommand.Settings(weights.Saved, "", QuantisationOptions.Default, DeviceNames.Default), weights.Saved.Shape, console))
        {
            return ProgramExit.WrongConvolutions;
        }

        FolderCorpusResult corpus = console.Working("Reading", "files", report => FolderCorpus.Load(folder, model.FrontEnd, model.Input, reading, DataLines.Progress(report)));
        foreach (FolderError error in corpus.Errors)
            console.Error(error.Path + ": " + error.Message);
        if (!corpus.Success)
            return ProgramExit.Mistake;
        foreach (SkippedFile file in corpus.Skipped)
            console.Plain($"{file.Path}: skipped, {file.Message}");
        foreach (FileWarning warning in corpus.Warnings)
            console.Plain($"{warning.Path}: {warning.Message}");

        var matched = new List<(TaskData Task, int Number)>();
        foreach (TaskData task in corpus.Tasks)
        {
            if (Match(console, path, model, task) is not { } number)
                return ProgramExit.Mistake;
            matched.Add((task, number));
        }

        foreach ((TaskData task, int number) in matched)
        {
            ValueArray<string> labels = model.Tasks[number].Labels;
            SliceSet set = split switch { "train" => task.Train, "val" => task.Validation, _ => task.Test };
            int[] classes = [.. set.Classes.Select(c => labels.ToList().IndexOf(task.Labels[c]))];
            if (weights is not null)
                Print(console, task.Name + ", float", ConfusionMatrix.Of(labels, classes, Evaluator.Classify(weights.Network, number, set.Codes)));
            Print(console, task.Name + ", integer", ConfusionMatrix.Of(labels, classes, IntegerForward.Classify(model, number, set.Codes)));
        }

        return ProgramExit.Done;
    }

    /// <summary>A model file; null where it is none, which was said.</summary>
    public static ModelArtifact? Read(RunConsole console, string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            console.Error($"the model file cannot be read: {exception.Message}");
            return null;
        }

        ReadResult read = ModelReader.ReadUtf8(bytes);
        foreach (string line in read.Diagnostics.Select(diagnostic => diagnostic.ToText(path)))
            console.Plain(line);
        return read.Model;
    }

    private static FloatWeights? Weights(RunConsole console, string path, ModelArtifact model, out bool isBroken)
    {
        string beside = Path.ChangeExtension(path, FloatWeights.Extension);
        isBroken = false;
        if (!File.Exists(beside))
        {
            console.Line("", $"Integers only: {beside} is not there.");
            return null;
        }

        FloatWeights? weights = QuantiseCommand.Load(console, beside);
        isBroken = weights is null;
        if (weights is null || (weights.Saved.Tasks.Select(task => task.Name).SequenceEqual(model.Tasks.Select(task => task.Name), StringComparer.Ordinal)
            && model.Command.StartsWith(weights.Saved.Command, StringComparison.Ordinal)))
        {
            return weights;
        }

        console.Line("", $"Integers only: {beside} is of another model ('{weights.Saved.Command}').");
        weights.Dispose();
        return null;
    }

    /// <summary>The model's task of that name; null where it has none that knows these classes, which is said.</summary>
    private static int? Match(RunConsole console, string path, ModelArtifact model, TaskData task)
    {
        int number = model.Tasks.ToList().FindIndex(each => each.Name == task.Name);
        if (number < 0)
            console.Error($"'{task.Name}' is not a task of {path}.{Diagnostics.Suggestion.For(task.Name, model.Tasks.Select(each => each.Name))} Tasks: {string.Join(", ", model.Tasks.Select(each => each.Name))}.");
        else if (task.Labels.Except(model.Tasks[number].Labels, StringComparer.Ordinal).FirstOrDefault() is { } strange)
            console.Error($"'{strange}' is not a class of task '{task.Name}' in {path}.{Diagnostics.Suggestion.For(strange, model.Tasks[number].Labels)} Classes: {string.Join(", ", model.Tasks[number].Labels)}.");
        else
            return number;
        return null;
    }

    private static void Print(RunConsole console, string title, ConfusionMatrix matrix)
    {
        console.Raw(matrix.Slices == 0
            ? $"{title}: no slices"
            : FormattableString.Invariant($"{title}: {(double)matrix.Correct / matrix.Slices:F3}, {matrix.Correct} of {matrix.Slices} slices"));
        foreach (string line in ClassTable.Lines(title, matrix))
            console.Raw(line);
    }
}
