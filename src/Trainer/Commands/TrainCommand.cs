using System.CommandLine;
using System.IO;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>train</c>: folders of recordings, or the built-in set.</summary>
internal static class TrainCommand
{
    /// <summary>Name of the option with the recordings.</summary>
    public const string DataOption = "--data";

    /// <summary>Name of the option for TensorBoard's events.</summary>
    public const string EventsOption = "--tensorboard";

    private static readonly OptionDefaults Defaults = new("audio", "out/train", "4,8,16,32,48", Alpha: 0.2m, Steps: 2000, Batch: 96, Lambda: 0.001, LearningRate: 2e-3);

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("train", "Trains on DIR/<task>/<train|val|test>/<class>/*.wav (flac, ogg, mp3 …) and writes the model and its C#.");
        var data = new Option<string?>(DataOption) { Description = "folder of recordings; without it the built-in set is used" };
        var multiHead = new Option<bool>("--multi-head") { Description = "also train the multi-head baseline, for comparison" };
        command.Add(data);
        var plainDraws = new Option<bool>("--no-balance") { Description = "draw slices as they come, also where one class has more than three times the slices of another" };
        var events = new Option<bool>(EventsOption) { Description = "also write TensorBoard events, to OUTPUT/tensorboard" };
        command.Add(ConfigFile.Option());
        command.Add(events);
        command.Add(multiHead);
        command.Add(plainDraws);
        var recordings = new RecordingOptions(command);
        var options = new CommonOptions(command, Defaults);
        var compression = new CompressionChoice(command, options, unlessAsked: false);
        command.SetAction(parsed => Run(parsed, options, compression, recordings, parsed.GetValue(data), parsed.GetValue(multiHead), !parsed.GetValue(plainDraws), parsed.GetValue(events), console));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, CompressionChoice compression, RecordingOptions recordings, string? data, bool multiHead, bool balance, bool events, RunConsole console)
    {
        if (options.Settings(parsed, multiHead, out string? problem) is not { } settings)
            return ExitCode.Usage(console, problem!);
        if (recordings.Of(parsed, data, out problem) is not { } reading)
            return ExitCode.Usage(console, problem!);
        if (data is not null && IsInside(settings.Folder, data))
            return ExitCode.Usage(console, $"--output {settings.Folder} lies in --data {data}, where every folder is a task. Choose another place for the results.");
        settings = compression.Apply(parsed, settings with { Training = settings.Training with { Balance = balance }, WithEvents = events });
        return TrainingRun.Run(
            settings, data is null ? BuiltInCorpus.TaskNames.Count : Preparation.TaskFolders(data), console, () => DataLines.Load(console, data, settings, reading),
            _ => console.Raw($"Next:  adapter-train evaluate {Path.Combine(settings.Folder, settings.Name + ".adapter")} DIR, or put the model in a firmware project: docs/getting-started.md"));
    }

    private static bool IsInside(string folder, string outer)
    {
        string relative = Path.GetRelativePath(outer, folder);
        return !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, System.StringComparison.Ordinal);
    }
}
