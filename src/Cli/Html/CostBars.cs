using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Reports;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Html;

/// <summary>Work and IL of each layer, cut into shared encoder and adapters.</summary>
internal static class CostBars
{
    private const int Width = 500, Left = 52, Right = 74, Row = 25, Bar = 17;

    public static XElement Of(Report report, TaskArtifact[] tasks)
    {
        string[] names = [.. tasks.Select(task => task.Name)];
        return Markup.Section(
            "cost", "Where time and code go",
            "A window of all tasks, layer by layer. An adapter's part is what asking for fewer tasks saves; 'other' is Run itself, the loops' code and the members.",
            Legend(names),
            Markup.Styled(
                "div", "pair",
                Markup.Of("div", Markup.Of("h3", "Weighted instructions"), Chart("Weighted instructions by layer", report, names, row => row.Weighted, CostText.Weighted)),
                Markup.Of("div", Markup.Of("h3", "IL bytes"), Chart("IL bytes by layer", report, names, row => row.IlBytes, value => TextTable.Number(value)))));
    }

    /// <summary>Which colour is whose.</summary>
    public static XElement Legend(string[] tasks) => Markup.Styled(
        "div", "legend", Enumerable.Range(-1, tasks.Length + 1).Select(task => Markup.Of("span", Markup.Styled("i", Markup.Colour(task)), task < 0 ? "shared" : tasks[task])));

    private static XElement Chart(string label, Report report, string[] tasks, Func<ReportRow, long> value, Func<long, string> words)
    {
        IGrouping<string, ReportRow>[] layers = [.. report.Rows.GroupBy(row => row.Layer, StringComparer.Ordinal)];
        long most = Math.Max(1, layers.Max(layer => layer.Sum(value)));
        var shapes = new List<XElement>();
        for (int i = 0; i < layers.Length; i++)
        {
            double y = i * Row, x = Left;
            string name = layers[i].Key is "heads" or "sound" or "other" ? layers[i].Key : "layer " + layers[i].Key;
            long sum = layers[i].Sum(value);
            shapes.Add(Markup.Text(Left - 8, y + 13, name, "end", "soft"));
            shapes.Add(Markup.Rect(Left, y, Width - Left - Right, Bar, "track", $"{name}: {words(sum)}", 3));
            foreach (ReportRow row in layers[i].Where(row => value(row) > 0))
            {
                double width = (Width - Left - Right) * (double)value(row) / most;
                string who = row.Block.Length > 0 ? row.Block : "other";
                shapes.Add(Markup.Rect(x, y, width, Bar, Markup.Colour(Array.IndexOf(tasks, row.Block)) + " edge", $"{name}, {who}: {words(value(row))}, {CostText.Percent(value(row), report.Rows.Sum(value))}"));
                x += width;
            }

            shapes.Add(Markup.Text(Width, y + 13, words(sum), "end"));
        }

        return Markup.Svg(label, Width, layers.Length * Row, shapes);
    }
}
