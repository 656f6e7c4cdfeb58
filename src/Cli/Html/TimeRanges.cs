using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Reports;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Html;

/// <summary>What a window takes for each task alone and for all, from the hopeful to the cautious end.</summary>
internal static class TimeRanges
{
    private const int Width = 1000, Left = 120, Right = 230, Row = 26, Bar = 14;

    public static XElement Of(Report report)
    {
        long most = Math.Max(1, report.Choices.Max(Most));
        var shapes = new List<XElement>();
        for (int i = 0; i < report.Choices.Count; i++)
        {
            ReportChoice choice = report.Choices[i];
            double unit = (Width - Left - Right) / (double)most, y = i * Row;
            string words = choice.Time is { } time ? time.ToText() : CostText.Weighted(choice.Weighted) + " weighted instructions";
            double low = (choice.Time?.LowMicroseconds ?? choice.Weighted) * unit, high = Most(choice) * unit;
            string colour = Markup.Colour(choice.Name == "all tasks" ? -1 : i);
            shapes.Add(Markup.Text(Left - 10, y + 12, choice.Name, "end", "soft"));
            shapes.Add(Markup.Rect(Left, y, Width - Left - Right, Bar, "track", words, 3));
            XElement certain = Markup.Rect(Left, y, low, Bar, colour, choice.Name + ": at least " + words, 3);
            certain.Add(new XAttribute("fill-opacity", choice.Time is null ? "1" : "0.35"));
            shapes.Add(certain);
            if (high > low)
                shapes.Add(Markup.Rect(Left + low, y, high - low, Bar, colour, $"{choice.Name}: {words}", 3));
            shapes.Add(Markup.Text(Width - Right + 12, y + 12, words + (choice.Time is null ? "" : $"  ({CostText.Weighted(choice.Weighted)})")));
        }

        return Markup.Section("time", "Time of a window", ReportMarkdown.Times(report.Device), Markup.Svg("Predicted time of a window", Width, report.Choices.Count * Row, shapes));
    }

    private static long Most(ReportChoice choice) => choice.Time?.HighMicroseconds ?? choice.Weighted;
}
