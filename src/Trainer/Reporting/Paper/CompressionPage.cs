using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Training;
using ScottPlot;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>The page of an experiment that makes networks small: bits, zeros, accuracy of the integers and cost as a program, and which runs they come from.</summary>
/// <param name="name">Name of the experiment.</param>
/// <param name="file">The experiment.</param>
/// <param name="done">Numbers of its runs.</param>
internal sealed class CompressionPage(string name, ExperimentFile file, IReadOnlyList<RunMetrics> done)
{
    /// <summary>Assemblies of the programs in the figure.</summary>
    private const int Shown = 2;

    private readonly RowSummary[] rows = [.. file.Rows.Where(row => row.Kind == RunKind.Compression).Select(row => RowSummary.Of(row, file.Tasks, done)).Where(row => row.IsKnown)];

    /// <summary>The page as Markdown.</summary>
    /// <param name="figures">Names of the figures beside it, with what they show.</param>
    public string Markdown(IReadOnlyList<(string File, string Title)> figures)
    {
        var page = new StringBuilder();
        PlannedRun[] planned = [.. file.Runs().Where(run => run.Row.Kind == RunKind.Compression)];
        page.Append(CultureInfo.InvariantCulture, $"# Results of {name}\n\nWritten by `adapter-train results docs/experiments/{name}.json`; a new run overwrites it. {rows.Sum(row => row.Seeds.Count)} of {planned.Length} runs are done.\n");
        page.Append("Accuracy is the share of right answers on the test split, the mean over the tasks; of the integers it is the trainer's own integer forward pass of the model file, which tests hold to the compiler's interpreter on every buffer. Differences\n");
        page.Append("are to the float network that the integers were made of, in points, with the 95 % interval of the mean over seeds (Student's t) where there are two or more. Rows without steps are rounded and not trained: post-training quantisation.\n");
        page.Append("Cost is the compiler's own, every task asked for: weighted instructions of a window in the plan that is fastest in so many assemblies of an ESP32, and for each multiply-accumulate that a dense network of the same open channels would take.\n");
        Points(page);
        Tasks(page);
        foreach ((string figure, string title) in figures)
            page.Append(CultureInfo.InvariantCulture, $"\n![{title}]({figure})\n\n{title}\n");
        Runs(page);
        return page.ToString();
    }

    /// <summary>Draws accuracy over cost.</summary>
    /// <param name="folder">Where.</param>
    public IReadOnlyList<(string File, string Title)> Draw(string folder)
    {
        Directory.CreateDirectory(folder);
        var plot = new Plot();
        foreach (IGrouping<string, RowSummary> group in rows.Where(row => Costs(row, Shown).Length > 0).GroupBy(row => row.Row.From!, StringComparer.Ordinal))
        {
            (double Cost, double Accuracy, string Text)[] points = [.. group.Select(row => (Costs(row, Shown).Average(cost => cost.Weighted) / 1e6, row.Mean(task => task.QuantisedAccuracy).Mean, Widths(row) + Share(row))).OrderBy(point => point.Item1)];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterPoints(points.Select(point => point.Cost).ToArray(), points.Select(point => point.Accuracy).ToArray());
            line.LegendText = "made of " + group.Key;
            line.MarkerSize = 9;
            foreach ((double cost, double accuracy, string text) in points)
                plot.Add.Text(text, cost, accuracy).LabelFontSize = 11;
        }

        if (plot.GetPlottables().Any() is false)
            return [];
        plot.XLabel("weighted instructions of a window in two assemblies (millions)");
        plot.YLabel("accuracy of the integers, mean over the tasks");
        plot.ShowLegend(Alignment.LowerRight);
        WholeFile.Write(Path.Combine(folder, "accuracy.svg"), StableSvg.Of(plot.GetSvgXml(760, 480)));
        return [("accuracy.svg", "Accuracy of the integers over their cost on the device; bits a weight and share of zeros beside each point. Mean of the seeds.")];
    }

    private void Points(StringBuilder page)
    {
        page.Append("\n## Bits, zeros, accuracy and cost\n\n");
        Row(page, ["row", "made of", "bits", "codes", "input", "zeros", "steps", "float", "integers", "difference, points", "seeds"]);
        Row(page, ["---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---"]);
        foreach (RowSummary row in rows)
        {
            Row(page, [
                row.Row.Name, row.Row.From!, Widths(row), Number(row.Row.ActivationBits, "0"), Number(row.Row.InputBits, "0"), Share(row), Number(row.Row.Steps ?? file.Steps, "0"), row.Mean(task => task.Accuracy).Text, row.Mean(task => task.QuantisedAccuracy).Text,
                row.Mean(task => 100 * (task.QuantisedAccuracy - task.Accuracy)).Points, string.Join(", ", row.Seeds.Select(seed => seed.Seed))]);
        }

        int[] counts = [.. done.SelectMany(run => run.InParts ?? []).Select(cost => cost.Parts).Distinct().Order()];
        page.Append("\nAs a program: millions of weighted instructions (for each multiply-accumulate), kB of IL on the device, kB of RAM. Empty where some seed's does not fit.\n\n");
        Row(page, ["row", .. counts.Select(count => count == 1 ? "1 assembly" : $"{count} assemblies")]);
        Row(page, ["---", .. counts.Select(_ => "---:")]);
        foreach (RowSummary row in rows)
        {
            double work = Own(row).Average(run => run.SharedFlops + run.Tasks.Sum(task => task.Flops)) / 2;
            Row(page, [row.Row.Name, .. counts.Select(count => Costs(row, count) is { Length: > 0 } costs
                ? string.Create(CultureInfo.InvariantCulture, $"{costs.Average(cost => cost.Weighted) / 1e6:F1} ({costs.Average(cost => cost.Weighted) / 1e6 / work:F1}), {costs.Average(cost => cost.IlBytes) / 1e3:F0}, {costs.Average(cost => cost.RamBytes) / 1e3:F0}")
                : "")]);
        }
    }

    private void Tasks(StringBuilder page)
    {
        page.Append("\n## Task by task\n\nDifference between integers and float network, in points.\n\n");
        Row(page, ["task", .. rows.Select(row => row.Row.Name)]);
        Row(page, ["---", .. rows.Select(_ => "---:")]);
        for (int k = 0; k < file.Tasks.Length; k++)
        {
            int task = k;
            Row(page, [file.Tasks[k], .. rows.Select(row => row.Task(task, each => 100 * (each.QuantisedAccuracy - each.Accuracy)).Points)]);
        }
    }

    private void Runs(StringBuilder page)
    {
        page.Append("\n## Runs\n\n");
        Row(page, ["row", "learning rate", "float network's share of the loss", "lanes", "seconds of a step", "commit", "costs by"]);
        Row(page, ["---", "---:", "---:", "---", "---:", "---", "---"]);
        foreach (RowSummary row in rows)
        {
            RunMetrics[] own = Own(row);
            bool isTrained = (row.Row.Steps ?? file.Steps) > 0;
            PlannedRun planned = file.Runs().First(run => run.Row.Name == row.Row.Name);
            Row(page, [
                row.Row.Name, isTrained ? Number(planned.LearningRate, "0.####") : "", isTrained ? Number(row.Row.Distillation, "0.##") : "", row.Row.Lanes == 0 ? "" : Number(row.Row.Lanes, "0"),
                isTrained ? Number(own.Average(run => run.SecondsPerStep), "F2") : "", string.Join(", ", own.Select(run => run.Commit).Distinct(StringComparer.Ordinal)),
                string.Join(", ", own.Select(run => run.CostCommit ?? run.Commit).Distinct(StringComparer.Ordinal))]);
        }
    }

    private RunMetrics[] Own(RowSummary row) => [.. done.Where(run => run.Row == row.Row.Name && row.Seeds.Any(seed => seed.Seed == run.Seed))];

    /// <summary>Of every seed; none where some seed's does not fit.</summary>
    private CompiledCost[] Costs(RowSummary row, int parts)
    {
        CompiledCost[] costs = [.. Own(row).SelectMany(run => run.InParts ?? []).Where(cost => cost.Parts == parts)];
        return costs.Length == row.Seeds.Count ? costs : [];
    }

    private static string Widths(RowSummary row) => string.Join('/', row.Row.Bits!);

    private string Share(RowSummary row) => Own(row).Average(run => run.Zeros) is { } zeros ? string.Create(CultureInfo.InvariantCulture, $"{100 * zeros:F0} %") : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
