using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Reports;

namespace AdapterCompiler.Cli.Html;

/// <summary>What each class was taken for: a square per pair of classes, the darker the larger its share of the class that was heard.</summary>
internal static class ConfusionMaps
{
    private const int Cell = 26, Left = 92, MostWithCounts = 20, LabelLength = 14;

    /// <summary>Of tasks whose matrices the model file has; nothing where it has none.</summary>
    public static XElement? Of(Report report, TaskArtifact[] tasks) => report.Confusions.Count == 0 ? null : Markup.Section(
        "confusion", "Class by class", ConfusionText.About,
        Markup.Styled("div", "pair", report.Confusions.Select(each => Map(each, Array.FindIndex(tasks, task => task.Name == each.Task)))));

    private static XElement Map(ReportConfusion confusion, int task)
    {
        int classes = confusion.Labels.Count, side = classes * Cell;
        IEnumerable<XElement> cells = Enumerable.Range(0, classes).SelectMany(row => Enumerable.Range(0, classes).SelectMany(column => Square(confusion, task, row, column)));
        IEnumerable<XElement> names = confusion.Labels.SelectMany((label, row) => new[]
        {
            Markup.Text(Left - 8, Middle(row), label.Length > LabelLength ? label[..(LabelLength - 1)] + "…" : label, "end"),
            Markup.Text(Left + side + 8, Middle(row), ConfusionText.Recall(confusion.Counts[row], row), "start", "soft"),
        });
        XElement figure = Markup.Svg($"What classes of {confusion.Task} were taken for", Left + side + 48, side, cells, names);
        figure.Add(new XAttribute("style", FormattableString.Invariant($"max-width:{Left + side + 48}px")));
        return Markup.Of("div", Markup.Of("h3", confusion.Task), figure);
    }

    private static IEnumerable<XElement> Square(ReportConfusion confusion, int task, int row, int column)
    {
        int count = confusion.Counts[row][column];
        long all = Math.Max(1, confusion.Counts[row].Sum(each => (long)each));
        XElement square = Markup.Rect(
            Left + (column * Cell) + 0.5, (row * Cell) + 0.5, Cell - 1, Cell - 1, count == 0 ? "track" : row == column ? Markup.Colour(task) : "over",
            FormattableString.Invariant($"{confusion.Labels[row]} taken for {confusion.Labels[column]}: {count} of {confusion.Counts[row].Sum(each => (long)each)}"), 2);
        if (count > 0)
            square.Add(new XAttribute("fill-opacity", (0.25 + (0.75 * count / all)).ToString("0.##", CultureInfo.InvariantCulture)));
        yield return square;
        if (count > 0 && confusion.Labels.Count <= MostWithCounts)
            yield return Markup.Text(Left + (column * Cell) + (Cell / 2.0), Middle(row), count.ToString(CultureInfo.InvariantCulture), "middle", 2 * count >= all ? "inside" : "soft");
    }

    private static double Middle(int row) => (row * Cell) + (Cell / 2.0) + 4;
}
