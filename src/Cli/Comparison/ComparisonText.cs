using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>A comparison for the terminal and for a pull request's comment.</summary>
internal static class ComparisonText
{
    private static readonly string[] BlockHeadings = ["layer", "block", "channels", "weights changed", "IL bytes", "", "weighted instructions", ""];

    /// <summary>For a terminal.</summary>
    public static IEnumerable<string> Lines(ModelComparison comparison, IReadOnlyList<string> failures)
    {
        yield return ComparisonRows.Verdict(comparison);
        yield return "";
        foreach (string line in Figures([.. ComparisonRows.Figures(comparison).Prepend([comparison.ClassName, "before", "after", "", ""])]))
            yield return line;
        if (comparison.Gates.Count > 0)
            yield return "";
        (string Task, string Gates)[] gates = [.. ComparisonRows.Gates(comparison)];
        int width = gates.Select(task => task.Task.Length).DefaultIfEmpty().Max();
        foreach ((string task, string turned) in gates)
            yield return $"{task.PadRight(width)}  {turned}";
        if (comparison.Notes.Count > 0)
            yield return "";
        foreach (string note in comparison.Notes)
            yield return "- " + note;
        string[][] blocks = [.. ComparisonRows.Blocks(comparison)];
        if (blocks.Length > 0)
        {
            yield return "";
            foreach (string line in TextTable.Align([BlockHeadings, .. blocks]))
                yield return line;
        }

        yield return "";
        foreach ((string side, ComparedModel model) in new[] { ("before", comparison.Old), ("after", comparison.New) })
        {
            yield return $"{side,-6}  {model.Name}  sha256 {model.ShortHash}  {model.Command}";
            if (model.Provenance is { } made)
                yield return $"        trainer {made.Tool}  commit {made.Commit}  data {Short(made.Data)}";
        }

        foreach (string line in Unbuilt(comparison))
            yield return line;
        foreach (string failure in failures)
            yield return "FAILED  " + failure;
    }

    /// <summary>For a comment: the verdict and the figures at once, layers folded.</summary>
    public static IEnumerable<string> Markdown(ModelComparison comparison, IReadOnlyList<string> failures)
    {
        yield return $"### {(failures.Count > 0 ? "❌ " : "")}{comparison.ClassName}: {ComparisonRows.Verdict(comparison)}";
        yield return "";
        foreach (string failure in failures)
            yield return $"- **{Escaped(failure)}**";
        if (failures.Count > 0)
            yield return "";
        foreach (string line in Table(["", "before", "after", "change", ""], ComparisonRows.Figures(comparison), ":--- | ---: | ---: | ---: | :---"))
            yield return line;
        yield return "";
        string[] points = [.. comparison.Notes.Concat(Unbuilt(comparison)).Select(Escaped), .. ComparisonRows.Gates(comparison).Select(task => $"gates of {task.Task}: {task.Gates}")];
        foreach (string point in points)
            yield return "- " + point;
        if (points.Length > 0)
            yield return "";
        string[][] blocks = [.. ComparisonRows.Blocks(comparison)];
        if (blocks.Length > 0)
        {
            yield return "<details><summary>Layer by layer</summary>";
            yield return "";
            foreach (string line in Table(BlockHeadings, blocks, ":--- | :--- | ---: | ---: | ---: | ---: | ---: | ---:"))
                yield return line;
            yield return "";
            yield return "</details>";
            yield return "";
        }

        yield return $"<sub>{Of(comparison.Old)} → {Of(comparison.New)}; {comparison.Device.Name}</sub>";
    }

    private static string Of(ComparedModel model) => $"`{model.Name}` {model.ShortHash} ({Escaped(model.Command)}{(model.Provenance is { } made ? $"; trainer {made.Tool}, commit {made.Commit}, data {Short(made.Data)}" : "")})";

    // As many digits as tell data apart; JSON has all of them.
    private static string Short(string data) => data == Provenance.Unknown ? data : data[..12];

    private static IEnumerable<string> Unbuilt(ModelComparison comparison) => new[] { ("Before", comparison.Old), ("After", comparison.New) }
        .Where(side => !side.Item2.IsBuilt)
        .Select(side => $"{side.Item1}: over the limits of {comparison.Device.Name} in any number of parts, so nothing builds it.");

    // Figures in columns, remarks behind them from the left.
    private static IEnumerable<string> Figures(string[][] rows)
    {
        string[] lines = [.. TextTable.Align([.. rows.Select(row => row[..4])])];
        int width = lines.Max(line => line.Length);
        return lines.Zip(rows, (line, row) => row[4].Length == 0 ? line : line.PadRight(width) + "  " + row[4]);
    }

    private static IEnumerable<string> Table(string[] headings, IEnumerable<string[]> rows, string sides) =>
        [Row(headings), $"| {sides} |", .. rows.Select(row => Row([.. row.Select(cell => Escaped(cell.Trim()))]))];

    private static string Row(string[] cells) => "| " + string.Join(" | ", cells) + " |";

    // Names and labels are the model's: they must not become markup.
    private static string Escaped(string text) => text.Replace("&", "&amp;", System.StringComparison.Ordinal).Replace("<", "&lt;", System.StringComparison.Ordinal)
        .Replace("|", "\\|", System.StringComparison.Ordinal).Replace("`", "\\`", System.StringComparison.Ordinal).Replace("*", "\\*", System.StringComparison.Ordinal)
        .Replace("@", "@\u200B", System.StringComparison.Ordinal);
}
