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
    /// <param name="options">How recordings are read; the seed is the settings'.</param>
    public static IReadOnlyList<TaskData>? Load(RunConsole console, string? folder, RunSettings settings, FolderOptions options)
    {
        if (folder is not null)
            return LoadFolder(console, folder, settings, options);
        IReadOnlyList<TaskData> tasks = QuickstartCommand.Generate(settings.Training.Seed, settings.FrontEnd, settings.Input, console);
        Print(console, tasks);
        return tasks;
    }

    private static IReadOnlyList<TaskData>? LoadFolder(RunConsole console, string folder, RunSettings settings, FolderOptions options)
    {
        FolderReading reading = console.Working("Reading", "files", report => FolderCorpus.Read(folder, settings.FrontEnd, settings.Input, options with { Seed = settings.Training.Seed }, Progress(report)));
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
