using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Text;

namespace AdapterCompiler.Reports;

/// <summary>A confusion matrix as a table: a row is the class that was heard, a column what it was taken for.</summary>
public static class ConfusionText
{
    /// <summary>What the tables are.</summary>
    public const string About = "Test slices that training never saw, classified with integers: a row is what was heard, a column what it was taken for; recall is the share of the row that was found.";

    /// <summary>A line of labels, then one per class with its recall.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(ReportConfusion confusion)
    {
        yield return [confusion.Task, .. confusion.Labels, "recall"];
        for (int row = 0; row < confusion.Labels.Count; row++)
            yield return [confusion.Labels[row], .. confusion.Counts[row].Select(count => TextTable.Number(count)), Recall(confusion.Counts[row], row)];
    }

    /// <summary>The share of a class's slices that was found, three decimals rounded half up; a dash where there are none.</summary>
    public static string Recall(ValueArray<int> counts, int row)
    {
        long all = counts.Sum(count => (long)count);
        if (all == 0)
            return "-";
        long thousandths = ((2000L * counts[row]) + all) / (2 * all);
        return FormattableString.Invariant($"{thousandths / 1000}.{thousandths % 1000:000}");
    }
}
