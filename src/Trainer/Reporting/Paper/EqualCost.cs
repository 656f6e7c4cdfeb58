using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Text;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>What learned gates are worth: their accuracy less that of channels chosen otherwise at the same cost, seed by seed, so that what a seed does to both cancels.</summary>
internal static class EqualCost
{
    /// <summary>A table with its heading; null where no row with a like has a seed in common with it.</summary>
    /// <param name="rows">Of one scenario.</param>
    /// <param name="tasks">How many tasks there are.</param>
    public static string? Text(IReadOnlyList<RowSummary> rows, int tasks)
    {
        (RowSummary Learned, RowSummary Chosen)[] pairs =
        [
            .. rows.Where(row => row.Row.Like is not null)
                .SelectMany(row => rows.Where(like => like.Row.Name == row.Row.Like).Select(like => (like, row)))
                .Where(pair => Differences(pair.like, pair.row).Count > 0),
        ];
        if (pairs.Length == 0)
            return null;
        var text = new StringBuilder("Learned gates against channels chosen otherwise, at most as dear task by task: points of mean accuracy by which learned gates are better, the mean of the differences seed by seed.\n\n");
        text.Append("| channels chosen | learned gates are better by | tasks in which they are | own weights, learned (k) | chosen (k) | seeds |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach ((RowSummary learned, RowSummary chosen) in pairs)
        {
            var better = Estimate.Of(Differences(learned, chosen));
            (RowSummary ours, RowSummary theirs) = (Common(learned, chosen), Common(chosen, learned));
            int ahead = Enumerable.Range(0, tasks).Count(k => ours.Task(k, task => task.Accuracy).Mean > theirs.Task(k, task => task.Accuracy).Mean);
            text.Append(CultureInfo.InvariantCulture, $"| {PaperPage.Title(chosen)} | {better.Points} | {ahead} of {tasks} ");
            text.Append(CultureInfo.InvariantCulture, $"| {ours.Sum(task => task.Parameters).Mean:F1} | {theirs.Sum(task => task.Parameters).Mean:F1} | {TextTable.Number(better.Count)} |\n");
        }

        return text.ToString();
    }

    private static RowSummary Common(RowSummary row, RowSummary other) => row with { Seeds = [.. row.Seeds.Where(seed => other.Seeds.Any(each => each.Seed == seed.Seed))] };

    // In points, of the seeds that both have.
    private static IReadOnlyList<double> Differences(RowSummary learned, RowSummary chosen) =>
    [
        .. learned.Seeds.Join(chosen.Seeds, seed => seed.Seed, seed => seed.Seed, (ours, theirs) => 100 * (ours.Tasks.Average(task => task.Accuracy) - theirs.Tasks.Average(task => task.Accuracy))),
    ];
}
