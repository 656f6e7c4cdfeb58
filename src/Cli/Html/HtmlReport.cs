using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Reports;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Html;

/// <summary>A model's report as one HTML document: no script, no font, no picture from anywhere, light or dark as its reader's system is.</summary>
internal static class HtmlReport
{
    /// <summary>The document, "\n" line ends.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="made">What it costs, and the code that it became.</param>
    public static string Write(ModelFile model, ModelReport made)
    {
        Report report = made.Report;
        Network network = made.Parts[0].Program!.Network;
        TaskArtifact[] tasks = [.. network.Tasks.Select(task => model.Artifact.Tasks.First(each => each.Name == task.Name))];
        XElement page = Markup.Of(
            "html", new XAttribute("lang", "en"),
            Markup.Of(
                "head",
                Markup.Of("meta", new XAttribute("charset", "utf-8")),
                Markup.Of("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                Markup.Of("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", "default-src 'none'; style-src 'unsafe-inline'")),
                Markup.Of("title", report.ClassName + " on " + report.Device.Name),
                Markup.Of("style", Stylesheet.Text)),
            Markup.Of(
                "body",
                Markup.Of(
                    "main",
                    Markup.Of("h1", report.ClassName),
                    Markup.Styled("p", "lead", $"{Sentence(tasks)} From {report.Source}, for {report.Device.Name}{(report.Device.Board.Length > 0 ? $" ({report.Device.Board})" : "")}."),
                    Tiles.Of(report),
                    Accuracies(tasks),
                    ConfusionMaps.Of(report, tasks),
                    Detections(report),
                    GateMap.Of(model.Artifact, tasks, network),
                    CostBars.Of(report, tasks),
                    TimeRanges.Of(report),
                    ArenaMap.Of(made),
                    WeightHistograms.Of(model.Artifact, tasks),
                    Table(report),
                    Footer(model))));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting).Replace("\r\n", "\n") + "\n";
    }

    private static string Sentence(TaskArtifact[] tasks) => tasks.Length == 1
        ? $"One task: {tasks[0].Name}, {tasks[0].Labels.Count} classes."
        : $"{tasks.Length} tasks: {string.Join(", ", tasks.Select(task => $"{task.Name} ({task.Labels.Count} classes)"))}.";

    private static XElement? Accuracies(TaskArtifact[] tasks) => tasks.All(task => task.Accuracy is null) ? null : Markup.Section(
        "accuracy", "Accuracy", "Share of right answers on test slices that training never saw: as trained in floating point, and as the integers that the device runs.",
        Markup.Styled(
            "table", "full",
            Row("th", "", 1, ["task", "classes", "slices", "float", "integer", ""]),
            tasks.Select((task, k) => Markup.Of(
                "tr", Markup.Of("td", task.Name), Right(TextTable.Number(task.Labels.Count)), Right(task.Accuracy is { } of ? TextTable.Number(of.Slices) : "-"),
                Right(Share(task.Accuracy, accuracy => accuracy.FloatCorrect)), Right(Share(task.Accuracy, accuracy => accuracy.QuantisedCorrect)),
                Markup.Of("td", new XAttribute("style", "width:50%"), task.Accuracy is { Slices: > 0 } shown ? Bar(task.Name, shown, k) : null)))));

    private static XElement Bar(string name, MeasuredAccuracy accuracy, int task) => Markup.Svg(
        $"{name}: {accuracy.QuantisedCorrect} of {accuracy.Slices} right", 400, 12,
        Markup.Rect(0, 1, 400, 10, "track", "all slices", 3),
        Markup.Rect(0, 1, 400.0 * accuracy.QuantisedCorrect / accuracy.Slices, 10, Markup.Colour(task), $"{accuracy.QuantisedCorrect} of {accuracy.Slices} right", 3));

    private static string Share(MeasuredAccuracy? accuracy, System.Func<MeasuredAccuracy, int> right) =>
        accuracy is { Slices: > 0 } ? ((decimal)right(accuracy) / accuracy.Slices).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) : "-";

    private static XElement? Detections(Report report) => report.Detections.Count == 0 ? null : Markup.Section(
        "detections", "Detections", DetectionText.About,
        Markup.Styled("div", "wide", Markup.Styled(
            "table", "full",
            Row("th", "", 2, DetectionText.Headings),
            DetectionText.Rows(report.Detections).Select(row => Row("td", row[0].Length > 0 ? "first" : "", 2, row)))));

    private static XElement Table(Report report) => Markup.Section(
        "layers", "Layer by layer", ReportMarkdown.IlTotals,
        Markup.Styled("div", "wide", Markup.Styled(
            "table", "full",
            Row("th", "", 2, ["layer", "block", "channels", "multiply-accumulates", "weighted instructions", "share", "IL bytes"]),
            report.Rows.Append(report.Total).Select((row, i) => Row(
                "td", row == report.Total ? "sum" : i > 0 && report.Rows[i - 1].Layer != row.Layer ? "first" : "", 2,
                [
                    row.Layer, row.Block,
                    row.Block.Length == 0 ? "" : row.Channels == row.DeclaredChannels ? TextTable.Number(row.Channels) : $"{row.Channels} of {row.DeclaredChannels}",
                    row.Layer is "other" or "sound" ? "" : TextTable.Number(row.MultiplyAccumulates), CostText.Weighted(row.Weighted),
                    CostText.Percent(row.Weighted, report.Total.Weighted), TextTable.Number(row.IlBytes),
                ])))));

    private static XElement Footer(ModelFile model) => Markup.Of("footer", Markup.Of(
        "table",
        new[] { ("model", model.Artifact.Name), ("sha256", model.Hash), ("trained by", model.Artifact.Command) }
            .Concat(model.Artifact.Provenance is { } made ? [("trainer", made.Tool), ("commit", made.Commit), ("data", made.Data)] : [])
            .Select(each => Markup.Of("tr", Markup.Of("td", each.Item1), Markup.Of("td", Markup.Of("code", each.Item2))))));

    /// <summary>A table's line; names left, figures right.</summary>
    private static XElement Row(string cell, string style, int names, IEnumerable<string> cells) =>
        Markup.Styled("tr", style, cells.Select((text, column) => column < names ? Markup.Of(cell, text) : Markup.Styled(cell, "right", text)));

    private static XElement Right(string text) => Markup.Styled("td", "right", text);
}
