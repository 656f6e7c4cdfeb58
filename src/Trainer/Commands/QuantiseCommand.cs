using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Targets;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>quantise</c>: another model of a finished training's float weights, without training.</summary>
internal static class QuantiseCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("quantise", "Makes another model of a finished training, with other widths: the bytes that training with these widths would write.");
        var weights = new Argument<string>("weights") { Description = "NAME.safetensors that a training left in its output folder" };
        var data = new Option<string?>(TrainCommand.DataOption) { Description = "the recordings that it was trained on; without it the built-in set" };
        var weightBits = new Option<string>("--weight-bits") { Description = CommonOptions.WeightBitsText, DefaultValueFactory = _ => "8" };
        var activationBits = new Option<int>("--activation-bits") { Description = CommonOptions.ActivationBitsText, DefaultValueFactory = _ => 7 };
        var folder = new Option<string?>("--output", "-o") { Description = "folder for the results [beside the weights, named after the widths]" };
        var device = new Option<string>("--device") { Description = CommonOptions.DeviceText, DefaultValueFactory = _ => DeviceNames.Default };
        device.AcceptOnlyFromAmong([.. DeviceNames.All]);
        command.Add(weights);
        foreach (Option option in new Option[] { data, weightBits, activationBits, folder, device })
            command.Add(option);
        var recordings = new RecordingOptions(command);
        command.SetAction(parsed =>
        {
            if (CommonOptions.Numbers(parsed.GetValue(weightBits)!) is not { } bits)
                return ExitCode.Usage(console, CommonOptions.NoWidths(parsed.GetValue(weightBits)!));
            var widths = new QuantisationOptions(bits, parsed.GetValue(activationBits));
            if (recordings.Of(parsed, parsed.GetValue(data), out string? problem) is not { } reading)
                return ExitCode.Usage(console, problem!);
            return Run(console, parsed.GetValue(weights)!, parsed.GetValue(data), reading, widths, parsed.GetValue(folder), parsed.GetValue(device)!);
        });
        return command;
    }

    private static int Run(RunConsole console, string path, string? data, FolderOptions reading, QuantisationOptions widths, string? folder, string device)
    {
        if (Load(console, path) is not { } weights)
            return ExitCode.Of(RunOutcome.Failed);
        using (weights)
        {
            SavedRun saved = weights.Saved;
            string output = folder ?? Path.Combine(
                Path.GetDirectoryName(Path.GetFullPath(path))!, string.Create(CultureInfo.InvariantCulture, $"weights-{string.Join('-', widths.WeightBits)}-activations-{widths.ActivationBits}"));
            RunSettings settings = Settings(saved, output, widths, device);
            if (widths.Problem(saved.Shape.Layers) is { } mistake)
                return ExitCode.Mistake(console, mistake);
            using RunFolder? own = RunFolder.Take(output, out string? problem);
            if (own is null)
                return ExitCode.Mistake(console, problem!);
            if (Data(console, path, data, settings, reading, weights) is not { } tasks)
                return ExitCode.Of(RunOutcome.Failed);
            return ExitCode.Of(new Experiment(settings, tasks, console).Quantise(weights));
        }
    }

    /// <summary>Loads the slices that weights were trained on; null where these are others, or something has to be changed, which was said.</summary>
    /// <param name="console">Terminal.</param>
    /// <param name="path">Of the weights.</param>
    /// <param name="data">Recordings, or null for the built-in set.</param>
    /// <param name="settings">Of the weights.</param>
    /// <param name="reading">How recordings are read.</param>
    /// <param name="weights">The weights.</param>
    public static IReadOnlyList<TaskData>? Data(RunConsole console, string path, string? data, RunSettings settings, FolderOptions reading, FloatWeights weights)
    {
        if (DataLines.Load(console, data, settings, reading) is not { } tasks)
            return null;
        // Another corpus may have other tasks, with which the network would have another shape.
        string run = tasks.Select(task => task.Name).SequenceEqual(weights.Saved.Tasks.Select(task => task.Name), System.StringComparer.Ordinal)
            ? NetworkTraining.Identity(settings.Shape(tasks), tasks, weights.Saved.Training)
            : "tasks " + string.Join(", ", tasks.Select(task => task.Name));
        if (run == weights.Saved.Run)
            return tasks;
        console.Error($"{path} was trained on other data ({weights.Saved.Run}; this is {run}). Give the same recordings with {TrainCommand.DataOption}{(data is null ? ", which are not the built-in set" : "")}.");
        return null;
    }

    /// <summary>Reads the weights; null when they cannot be, which was said.</summary>
    public static FloatWeights? Load(RunConsole console, string path)
    {
        try
        {
            return FloatWeights.Load(path);
        }
        catch (InvalidDataException exception)
        {
            console.Error($"{path} cannot be used: {exception.Message}. Give the NAME{FloatWeights.Extension} that a training left in its output folder.");
        }
        catch (System.Exception exception) when (exception is IOException or System.UnauthorizedAccessException)
        {
            console.Error($"{path} cannot be read: {exception.Message} A training leaves NAME{FloatWeights.Extension} in its output folder.");
        }

        return null;
    }

    /// <summary>A run's settings as its weights tell them.</summary>
    public static RunSettings Settings(SavedRun saved, string folder, QuantisationOptions widths, string device) => new(
        saved.Name, folder, saved.Command, saved.Input, saved.FrontEnd, saved.Channels.ToValueArray(), saved.Alpha, saved.Training, widths, device, saved.MultiHead is not null)
    {
        IsStreaming = saved.IsStreaming,
    };
}
