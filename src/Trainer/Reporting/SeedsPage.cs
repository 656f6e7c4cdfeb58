using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting.Paper;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>The page docs/results/seeds.md: what every seed came to, beside what the same seeds came to earlier.</summary>
internal static class SeedsPage
{
    private const string Share = "F3";

    /// <summary>What the tables are called unless told otherwise.</summary>
    public const string Now = "now", Before = "before";

    /// <summary>The whole page.</summary>
    /// <param name="now">At least one row.</param>
    /// <param name="before">Another table, shown beside, or null.</param>
    /// <param name="names">What the two are called.</param>
    public static string Markdown(SeedTable now, SeedTable? before, (string Now, string Before)? names = null)
    {
        (string nowName, string beforeName) = names ?? (Now, Before);
        Column[] columns = [.. Columns(now, before, nowName, beforeName)];
        var lines = new List<string>
        {
            "# Every seed learns",
            "",
            "Written by `adapter-train seeds`; a new run overwrites it. The seed decides the built-in tasks' sounds, the first weights and the batches. Accuracies are means over the tasks, on the",
            "test split; linear is logistic regression on the codes; dead channels are shared and open adapter channels whose output never changes on training slices.",
            "",
            Line(columns.Select(c => c.Title).Prepend("seed")),
            Line(columns.Select(_ => "---:").Prepend("---:")),
        };
        lines.AddRange(now.Rows.Select(row => Line(columns.Select(c => c.Text(c.Of(row))).Prepend(row.Seed.ToString(CultureInfo.InvariantCulture)))));
        lines.AddRange(
        [
            Line(columns.Select(c => c.Over(now, Enumerable.Min)).Prepend("least")),
            Line(columns.Select(c => c.Over(now, SeedTable.Median)).Prepend("median")),
            Line(columns.Select(c => c.Over(now, Enumerable.Max)).Prepend("greatest")),
            Line(columns.Select(c => c.Mean(now)).Prepend("mean, 95 %")),
            "",
            FormattableString.Invariant($"Not above their own linear baseline: {Below(now)} of {now.Rows.Count} seeds{(before is null ? "" : FormattableString.Invariant($", {beforeName} {Below(before)} of {before.Rows.Count}"))}."),
            FormattableString.Invariant($"Chance is {now.Rows.Average(r => r.Chance):F3}."),
            "",
            "| | |",
            "| --- | --- |",
            $"| command of one seed | `{now.Command}` |",
            $"| commit | {now.Commit} |",
        ]);
        if (before is not null)
            lines.AddRange([$"| {beforeName}: command | `{before.Command}` |", $"| {beforeName}: commit | {before.Commit} |"]);
        lines.Add("");
        return string.Join('\n', lines);
    }

    private static IEnumerable<Column> Columns(SeedTable now, SeedTable? before, string nowName, string beforeName)
    {
        yield return new Column("linear", Share, row => row.Linear);
        if (before is not null)
        {
            Func<SeedRow, SeedRow?> old = row => before.Rows.FirstOrDefault(b => b.Seed == row.Seed);
            yield return new Column(beforeName + ": float", Share, row => old(row)?.Adapters);
            yield return new Column("8-bit", Share, row => old(row)?.Quantised);
            yield return new Column("dead", "0.#", row => old(row)?.Dead);
        }

        string prefix = before is null ? "" : nowName + ": ";
        if (now.Rows.Any(row => row.MultiHead is not null))
            yield return new Column(prefix + "multi-head", Share, row => row.MultiHead);
        yield return new Column(prefix + "float", Share, row => row.Adapters);
        yield return new Column("8-bit", Share, row => row.Quantised);
        yield return new Column("dead", "0.#", row => row.Dead);
        yield return new Column("revived", "0.#", row => row.Revived);
        yield return new Column($"open of {now.Rows[0].AdapterChannels}", "0.#", row => row.Open);
    }

    private static int Below(SeedTable table) => table.Rows.Count(row => row.Quantised <= row.Linear);

    private static string Line(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |";

    private sealed record Column(string Title, string Format, Func<SeedRow, double?> Of)
    {
        public string Text(double? value) => value?.ToString(Format, CultureInfo.InvariantCulture) ?? "-";

        public string Over(SeedTable table, Func<IEnumerable<double>, double> summary)
        {
            double[] values = [.. table.Rows.Select(Of).OfType<double>()];
            return values.Length == 0 ? "-" : Text(summary(values));
        }

        // Of what is a share; the mean of counts says nothing that the median does not.
        public string Mean(SeedTable table)
        {
            double[] values = [.. table.Rows.Select(Of).OfType<double>()];
            return values.Length == 0 || Format != Share ? "" : Estimate.Of(values).Text;
        }
    }
}
