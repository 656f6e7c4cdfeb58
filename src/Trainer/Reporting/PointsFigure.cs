using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Reporting.Paper;
using ScottPlot;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>Accuracy of a search's trained points over what a window costs.</summary>
internal static class PointsFigure
{
    private const int Width = 760, Height = 480;

    private const double Million = 1e6;

    /// <summary>Draws it.</summary>
    /// <param name="points">Mild to severe.</param>
    public static string Svg(IReadOnlyList<CompressionPoint> points)
    {
        CompressionPoint[] shown = [.. points.Where(point => point is { Accuracy: not null, Measured.Fits: true }).OrderBy(point => point.Measured!.Weighted)];
        var plot = new Plot();
        double[] costs = [.. shown.Select(point => point.Measured!.Weighted / Million)];
        if (shown.Length > 0)
        {
            CompressionPoint[] best = [.. shown.Where(point => point.IsBest(shown))];
            plot.Add.Scatter([.. best.Select(point => point.Measured!.Weighted / Million)], best.Select(point => point.Accuracy!.Validation).ToArray()).LegendText = "best, validation";
            Add([.. shown.Select(point => point.Accuracy!.Validation)], "validation");
            Add([.. shown.Select(point => point.Accuracy!.Test)], "test");
            plot.Add.HorizontalLine(shown[0].Accuracy!.FloatValidation).LegendText = "float, validation";
            foreach ((CompressionPoint point, double cost) in shown.Zip(costs))
                plot.Add.Text(point.Text, cost, point.Accuracy!.Validation);
        }

        plot.XLabel("weighted instructions of a window (millions)");
        plot.YLabel("accuracy, mean of the tasks");
        plot.ShowLegend(Edge.Right);
        return StableSvg.Of(plot.GetSvgXml(Width, Height));

        void Add(double[] accuracies, string name)
        {
            ScottPlot.Plottables.Scatter dots = plot.Add.ScatterPoints(costs, accuracies);
            dots.LegendText = name;
        }
    }
}
