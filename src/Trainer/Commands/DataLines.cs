using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
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
    /// <param name="settings">Front end, shape of a slice, seed of the built-in set, and where the list of skipped files goes.</param>
    public static IReadOnlyList<TaskData>? Load(RunConsole console, string? folder, RunSettings settings)
    {
        if (folder is not null)
            return Load(console, folder, settings.FrontEnd, settings.Input, settings.Folder);
        IReadOnlyList<TaskData> tasks = QuickstartCommand.Generate(settings.Training.Seed, console);
        Print(console, tasks);
        return tasks;
    }

    /// <summary>A folder's tasks; null when something has to be changed, which was said.</summary>
    /// <param name="console">Terminal.</param>
    /// <param name="folder">DIR/task/train|val|test/class/files.</param>
    /// <param name="frontEnd">How sound becomes codes.</param>
    /// <param name="input">Shape of a slice.</param>
    /// <param name="output">Where the list of skipped files goes.</param>
    public static IReadOnlyList<TaskData>? Load(RunConsole console, string folder, FrontEndSpec frontEnd, InputSpec input, string output)
    {
        FolderCorpusResult result = console.Working("Reading", "files", report => FolderCorpus.Load(folder, frontEnd, input, Progress(report)));
        foreach (FolderError error in result.Errors)
            console.Error(error.Path + ": " + error.Message);
        if (!result.Success)
            return null;
        if (result.SkippedSummary is { } skipped)
        {
            string list = Path.Combine(output, "skipped.txt");
            result.WriteSkipped(list);
            console.Line("", $"{skipped}, list in {list}");
        }

        Print(console, result.Tasks);
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
