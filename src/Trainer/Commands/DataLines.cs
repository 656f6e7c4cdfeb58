using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>Loads folders, and says what was loaded.</summary>
internal static class DataLines
{
    /// <summary>Name of the option with a class for none of these.</summary>
    public const string NoneOption = "--none";

    /// <summary>What that option says of itself.</summary>
    public const string NoneText = "a class \"none of these\" of this name for every task, fed with silence, noise and other tasks' recordings; TASK=NAME for one task";

    /// <summary>One line on the slices.</summary>
    public static void Print(RunConsole console, IReadOnlyList<TaskData> tasks)
    {
        int train = tasks.Sum(t => t.Train.Count), validation = tasks.Sum(t => t.Validation.Count), test = tasks.Sum(t => t.Test.Count);
        console.Line("Data", $"{TextTable.Number(train + validation + test)} slices of 975 ms, {tasks.Count} task{(tasks.Count == 1 ? "" : "s")}      "
            + $"train {TextTable.Number(train)}  validation {TextTable.Number(validation)}  test {TextTable.Number(test)}");
    }

    /// <summary>A folder's tasks, or the built-in set's; null when something has to be changed, which was said.</summary>
    /// <param name="console">Terminal.</param>
    /// <param name="folder">Recordings, or null for the built-in set.</param>
    /// <param name="settings">How sound becomes codes, what the seed is, where lists of skipped files go.</param>
    /// <param name="none">Classes that are made here.</param>
    public static IReadOnlyList<TaskData>? Load(RunConsole console, string? folder, RunSettings settings, NoneClasses none)
    {
        if (folder is not null)
            return LoadFolder(console, folder, settings, none);
        IReadOnlyList<TaskData> tasks = QuickstartCommand.Generate(settings.Training.Seed, console);
        Print(console, tasks);
        return tasks;
    }

    /// <summary>The classes "none of these" that the user asks for; null when something has to be changed.</summary>
    /// <param name="folder">Recordings, or null for the built-in set.</param>
    /// <param name="texts">Values of <see cref="NoneOption"/>.</param>
    /// <param name="problem">What.</param>
    public static NoneClasses? None(string? folder, string[] texts, out string? problem)
    {
        NoneClasses none = NoneClasses.Parse(texts, out problem);
        if (folder is null && texts.Length > 0)
            problem = $"{NoneOption} needs {TrainCommand.DataOption}: the built-in tasks have no class for none of these.";
        return problem is null ? none : null;
    }

    private static IReadOnlyList<TaskData>? LoadFolder(RunConsole console, string folder, RunSettings settings, NoneClasses none)
    {
        FolderOptions options = FolderOptions.Default with { Seed = settings.Training.Seed, None = none };
        FolderReading reading = console.Working("Reading", "files", report => FolderCorpus.Read(folder, settings.FrontEnd, settings.Input, options, Progress(report)));
        FolderCorpusResult result = console.Working("Comparing", "files", report => reading.Finish(Progress(report)));
        foreach (FolderError error in result.Errors)
            console.Error(error.Path + ": " + error.Message);
        if (!result.Success)
            return null;
        if (result.SkippedSummary is { } skipped)
        {
            string list = Path.Combine(settings.Folder, "skipped.txt");
            result.WriteSkipped(list);
            console.Line("", $"{skipped}, list in {list}");
        }

        if (result.Warnings.Count > 0)
        {
            string list = Path.Combine(settings.Folder, "warnings.txt");
            result.WriteWarnings(list);
            console.Line("", $"used with a warning: {TextTable.Number(result.Warnings.Count)} of {TextTable.Number(result.FileCount)} files, list in {list}; the first: {result.Warnings[0].Path}: {result.Warnings[0].Message}");
        }

        Print(console, result.Tasks);
        foreach (string line in SplitTable.Lines(result))
            console.Raw(line.Length == 0 ? "" : "  " + line);
        foreach (string line in SplitTable.Uneven(result.Tasks, settings.Training.Balance))
            console.Line("Balance", line);
        return result.Tasks;
    }

    /// <summary>Passes progress on, one report at a time.</summary>
    public static System.IProgress<FolderProgress>? Progress(System.Action<int, int>? report) => report is null ? null : new Direct(report);

    /// <summary>Unlike <see cref="System.Progress{T}"/>, on the thread that reports.</summary>
    private sealed class Direct(System.Action<int, int> report) : System.IProgress<FolderProgress>
    {
        private readonly System.Threading.Lock oneAtATime = new();

        public void Report(FolderProgress value)
        {
            lock (oneAtATime)
                report(value.Done, value.Total);
        }
    }
}
