using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Experiments;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>What became of each class: confusion matrices and recall, as Markdown, which reads well in a terminal too.</summary>
internal static class ClassTable
{
    /// <summary>The matrices of a run's tasks.</summary>
    public static string Markdown(IEnumerable<TaskResult> tasks)
    {
        var lines = new List<string> { "## Class by class", "", "A row is what was heard, a column what was answered; recall is the share of the row that was found.", "" };
        foreach (TaskResult task in tasks)
        {
            if (task.Float is not null)
                lines.AddRange(Lines(task.Task + ", float", task.Float));
            if (task.Integer is not null)
                lines.AddRange(Lines(task.Task + ", integer", task.Integer));
        }

        return string.Join('\n', lines);
    }

    /// <summary>One matrix, an empty line behind it.</summary>
    /// <param name="title">Left corner.</param>
    /// <param name="matrix">The counts.</param>
    public static IEnumerable<string> Lines(string title, ConfusionMatrix matrix)
    {
        var rows = new List<string[]> { (string[])[title, .. matrix.Labels, "recall"] };
        rows.AddRange(matrix.Labels.Select((label, c) => (string[])
        [
            label, .. matrix.Counts[c].Select(count => count.ToString(CultureInfo.InvariantCulture)), matrix.Recall[c]?.ToString("F3", CultureInfo.InvariantCulture) ?? "-",
        ]));
        string[][] cells = [.. rows.Select(row => row.Select(cell => cell.Replace("|", "\\|", System.StringComparison.Ordinal)).ToArray())];
        int[] widths = [.. cells[0].Select((_, column) => cells.Max(row => row[column].Length))];
        for (int r = 0; r < cells.Length; r++)
        {
            yield return "| " + string.Join(" | ", cells[r].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |";
            if (r == 0)
                yield return "| " + string.Join(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")) + " |";
        }

        yield return "";
    }
}
