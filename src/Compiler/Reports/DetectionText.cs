using System.Collections.Generic;
using System.Globalization;
using AdapterCompiler.Artifact;
using AdapterCompiler.Text;

namespace AdapterCompiler.Reports;

/// <summary>When decisions are detections, as a table: a line a class.</summary>
public static class DetectionText
{
    /// <summary>What the table is.</summary>
    public const string About =
        "The logits of the last decisions are added; the class with the greatest sum is detected where it is ahead of every other by its threshold, and after that nothing is for some decisions (docs/detection.md).";

    /// <summary>Headings.</summary>
    public static ValueArray<string> Headings { get; } = ValueArray.Of("task", "class", "threshold", "decisions added", "decisions without another");

    /// <summary>A line for each class of each task that has a rule.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IEnumerable<ReportDetection> detections)
    {
        foreach (ReportDetection each in detections)
        {
            for (int c = 0; c < each.Labels.Count; c++)
                yield return [c == 0 ? each.Task : "", each.Labels[c], Threshold(each.Rule.Thresholds[c]), c == 0 ? Number(each.Rule.Smoothing) : "", c == 0 ? Number(each.Rule.Refractory) : ""];
        }
    }

    /// <summary>"310", in units of the sum of logits; "never".</summary>
    public static string Threshold(int threshold) => threshold == DetectionRule.Never ? "never" : TextTable.Number(threshold);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
