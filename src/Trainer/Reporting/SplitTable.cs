using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>What the user has of each class, before anything is trained on it.</summary>
internal static class SplitTable
{
    /// <summary>Classes of a task that are listed; of more, those with the fewest training slices.</summary>
    private const int MostClasses = 40;

    /// <summary>A table per task: files, slices and seconds of each class in each split.</summary>
    public static IEnumerable<string> Lines(FolderCorpusResult result)
    {
        ILookup<(string Task, string Class, FolderSplit Split), FolderCount> counts = result.Counts.ToLookup(count => (count.Task, count.Class, count.Split));
        foreach (TaskData task in result.Tasks)
        {
            int Slices(string name, FolderSplit split) => counts[(task.Name, name, split)].Sum(count => count.Slices);
            string[] shown = task.Labels.Count <= MostClasses
                ? [.. task.Labels]
                : [.. task.Labels.OrderBy(name => Slices(name, FolderSplit.Train)).Take(MostClasses).Order(StringComparer.Ordinal)];
            var rows = new List<string[]> { (string[])[task.Name, "train files", "slices", "seconds", "val files", "slices", "seconds", "test files", "slices", "seconds"] };
            rows.AddRange(shown.Select(name => (string[])[name, .. Enum.GetValues<FolderSplit>().SelectMany(split => Cells(counts[(task.Name, name, split)]))]));
            foreach (string line in TextTable.Align(rows))
                yield return line;
            if (shown.Length < task.Labels.Count)
                yield return string.Create(CultureInfo.InvariantCulture, $"… and {task.Labels.Count - shown.Length} classes with more training slices than these");
            yield return "";
        }
    }

    /// <summary>A sentence for every task whose classes are uneven.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="isCountered">Batches draw their classes alike.</param>
    public static IEnumerable<string> Uneven(IReadOnlyList<TaskData> tasks, bool isCountered) =>
        from task in tasks
        let balance = ClassBalance.Of(task)
        where balance.IsUneven
        let ratio = (balance.Most / (double)balance.Fewest).ToString("0.#", CultureInfo.InvariantCulture)
        select $"{task.Name}: '{task.Labels[balance.Commonest]}' has {TextTable.Number(balance.Most)} training slices, '{task.Labels[balance.Rarest]}' {TextTable.Number(balance.Fewest)} ({ratio} to 1); "
            + (isCountered ? "batches draw every class alike (--no-balance: as they come)" : "--no-balance leaves it so: expect the rarer class to be missed");

    // Files that gave nothing count as none; what was made for a class is slices without a file.
    private static string[] Cells(IEnumerable<FolderCount> counts)
    {
        FolderCount[] all = [.. counts];
        return [TextTable.Number(all.Sum(count => count.Files)), TextTable.Number(all.Sum(count => count.Slices)), all.Sum(count => count.Seconds).ToString("0.0", CultureInfo.InvariantCulture)];
    }
}
