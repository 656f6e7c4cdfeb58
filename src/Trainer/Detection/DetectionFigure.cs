using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Reporting.Paper;
using AdapterCompiler.Trainer.Training;
using ScottPlot;

namespace AdapterCompiler.Trainer.Detection;

/// <summary>The detection error trade-off of a task's classes as SVG: share of recordings missed over false alarms an hour, the chosen threshold marked.</summary>
internal static class DetectionFigure
{
    private const int Width = 760, Height = 480;

    /// <summary>Draws it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="labels">Of its classes.</param>
    /// <param name="thresholds">One per class.</param>
    public static void Draw(string path, string task, IReadOnlyList<string> labels, IReadOnlyList<ClassThreshold> thresholds)
    {
        var plot = new Plot();
        for (int c = 0; c < labels.Count; c++)
        {
            ClassThreshold found = thresholds[c];
            if (found.Recordings == 0 || found.Hours <= 0)
                continue;
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
                found.Curve.Select(point => point.FalseAlarms / found.Hours).ToArray(), found.Curve.Select(point => (double)point.Missed / found.Recordings).ToArray());
            line.LegendText = labels[c];
            line.MarkerSize = 3;
            plot.Add.Marker(found.PerHour, (double)found.Chosen.Missed / found.Recordings, MarkerShape.OpenCircle, 12, line.Color);
        }

        plot.Title($"{task}: detection error trade-off, circles are the chosen thresholds");
        plot.XLabel("false alarms an hour");
        plot.YLabel("recordings missed");
        plot.ShowLegend();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WholeFile.Write(path, StableSvg.Of(plot.GetSvgXml(Width, Height)));
    }
}
