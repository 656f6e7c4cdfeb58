using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using ScottPlot;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>The paper's figures as SVG: accuracy over task-specific cost (figures 2 and 3), open gates per task and layer (figure 4), and confusion matrices.</summary>
internal static class PaperFigures
{
    private const int Width = 760, Height = 480;

    /// <summary>Draws what there are numbers for.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="file">The experiment.</param>
    /// <param name="done">Numbers of its runs.</param>
    /// <returns>Files, with what they show.</returns>
    public static IReadOnlyList<(string File, string Title)> Draw(string folder, ExperimentFile file, IReadOnlyList<RunMetrics> done)
    {
        Directory.CreateDirectory(folder);
        RowSummary[] rows = [.. file.Rows.Select(row => RowSummary.Of(row, file.Tasks, done)).Where(row => row.IsKnown && row.Row is { Each: false, Encoder: null, FrontEnd: null, Gates: Training.GateChoice.Learned })];
        decimal? alpha = file.Rows.FirstOrDefault(row => row.HasLearningGates)?.Alpha;
        var figures = new List<(string File, string Title)>();
        foreach (CostMeasure measure in (CostMeasure[])[CostMeasure.Parameters, CostMeasure.Flops])
        {
            // The multi-head baseline is the leftmost point; smaller lambda lies to the right. Adapters of another width than the first row's have points of their own in the tables.
            RowSummary[] curve = [.. rows.Where(row => row.Row.Alpha is null || row.Row.Alpha == alpha).Where(row => row.Row.Alpha is null || row.Row.Lambda == 0 || row.Row.Cost == measure).OrderBy(row => row.Row.Alpha is null ? double.NegativeInfinity : -row.Row.Lambda)];
            if (curve.Length < 2)
                continue;
            string name = measure.ToString().ToLowerInvariant();
            figures.Add(Save(folder, $"cost-{name}.svg", $"Accuracy over task-specific cost, {name}; from left to right smaller lambda, multi-head first. Mean of the seeds.", Curves(file, curve, measure)));
            RowSummary[] gated = [.. curve.Where(row => row.Row.Alpha is not null && row.Row.Lambda > 0)];
            if (gated.Length > 0)
                figures.Add(Save(folder, $"gates-{name}.svg", $"Share of open adapter channels per task and layer, cost {name}; lambda grows from left to right. Mean of the seeds.", Gates(file, [.. gated.OrderBy(row => row.Row.Lambda)]), 300 * gated.Length));
        }

        if (rows.FirstOrDefault(row => row.Row.Alpha is not null) is { } shown)
        {
            for (int k = 0; k < file.Tasks.Length; k++)
            {
                string task = file.Tasks[k];
                figures.Add(Save(folder, $"confusion-{task}.svg", $"{task}: class found (across) for each class (down), {PaperPage.Title(shown)}, seed {shown.Seeds[0].Seed}.", Confusion(shown.Seeds[0].Tasks[k])));
            }
        }

        return figures;
    }

    private static (string File, string Title) Save(string folder, string name, string title, Plot plot, int width = Width)
    {
        Training.WholeFile.Write(Path.Combine(folder, name), StableSvg.Of(plot.GetSvgXml(width, Height)));
        return (name, title);
    }

    private static Plot Curves(ExperimentFile file, RowSummary[] curve, CostMeasure measure)
    {
        var plot = new Plot();
        for (int k = 0; k < file.Tasks.Length; k++)
        {
            int task = k;
            double[] costs = [.. curve.Select(row => row.Task(task, each => measure == CostMeasure.Parameters ? each.Parameters : each.Flops).Mean)];
            double[] accuracies = [.. curve.Select(row => row.Task(task, each => each.Accuracy).Mean)];
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(costs, accuracies);
            line.LegendText = file.Tasks[k];
        }

        plot.XLabel(measure == CostMeasure.Parameters ? "task-specific weights (thousands)" : "task-specific operations (millions)");
        plot.YLabel("accuracy");
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    // One map beside the other: layers across, tasks down.
    private static Plot Gates(ExperimentFile file, RowSummary[] rows)
    {
        int layers = rows[0].Seeds[0].Tasks[0].Channels.Length, each = layers + 1;
        double[,] open = new double[file.Tasks.Length, (each * rows.Length) - 1];
        var ticks = new List<Tick>();
        var plot = new Plot();
        for (int r = 0; r < rows.Length; r++)
        {
            for (int k = 0; k < file.Tasks.Length; k++)
            {
                for (int i = 0; i < layers; i++)
                {
                    int task = k, layer = i;
                    open[k, (r * each) + i] = rows[r].Task(task, metrics => metrics.Open[layer] / (double)metrics.Channels[layer]).Mean;
                }

                if (r > 0)
                    open[k, (r * each) - 1] = double.NaN;
            }

            for (int i = 0; i < layers; i++)
                ticks.Add(new Tick((r * each) + i, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + (i == layers / 2 ? "\n" + PaperPage.Title(rows[r]) : "")));
        }

        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(open);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        map.ManualRange = new ScottPlot.Range(0, 1);
        plot.Add.ColorBar(map).Label = "open";
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks]);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. file.Tasks.Select((task, k) => new Tick(file.Tasks.Length - 1 - k, task))]);
        plot.XLabel("layer");
        plot.HideGrid();
        return plot;
    }

    private static Plot Confusion(TaskMetrics task)
    {
        int count = task.Labels.Count;
        double[,] shares = new double[count, count];
        foreach (IGrouping<int, int[]> right in task.Confusion.GroupBy(each => each[0]))
        {
            double all = right.Sum(each => each[2]);
            foreach (int[] each in right)
                shares[each[0], each[1]] = each[2] / all;
        }

        var plot = new Plot();
        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        map.ManualRange = new ScottPlot.Range(0, 1);
        plot.Add.ColorBar(map).Label = "share of the class";
        int step = Math.Max(1, count / 24);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. task.Labels.Select((label, i) => new Tick(count - 1 - i, label)).Where((_, i) => i % step == 0)]);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. task.Labels.Select((label, i) => new Tick(i, label)).Where((_, i) => i % step == 0)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = 90;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.HideGrid();
        return plot;
    }
}
