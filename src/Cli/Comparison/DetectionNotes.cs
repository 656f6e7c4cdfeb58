using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Reports;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>When decisions are detections, and what became of that: a number that no figure shows and every user hears.</summary>
internal static class DetectionNotes
{
    /// <summary>Rules that came, went or changed, in numbers or in the classes that they name.</summary>
    /// <param name="tasks">Before and after.</param>
    public static IEnumerable<DetectionChange> Changes(IEnumerable<(TaskArtifact? Old, TaskArtifact? New)> tasks) => tasks
        .Select(task => new DetectionChange((task.New ?? task.Old)!.Name, Of(task.Old), Of(task.New)))
        .Where(change => change.Before != change.After);

    /// <summary>A sentence for each of them, and for thresholds that stayed where the sums did not.</summary>
    /// <param name="tasks">Before and after.</param>
    /// <param name="isSameEncoder">The shared encoder's numbers are the same.</param>
    public static IEnumerable<string> Of(IReadOnlyList<(TaskArtifact? Old, TaskArtifact? New)> tasks, bool isSameEncoder) => [
        .. Changes(tasks).Select(Sentence),
        .. tasks.Where(task => task is ({ Detection: { } before }, { Detection: { } after }) && before.Thresholds.Equals(after.Thresholds) && !(isSameEncoder && task.Old!.Layers.Equals(task.New!.Layers) && task.Old.Head == task.New.Head))
            .Select(task => $"Detections of '{task.New!.Name}' have the thresholds that they had, but its logits are others, and so are their units: choose them again with adapter-train thresholds.")];

    private static ReportDetection? Of(TaskArtifact? task) => task?.Detection is { } rule ? new ReportDetection(task.Name, task.Labels, rule) : null;

    private static string Sentence(DetectionChange change) => change switch
    {
        { After: null } => $"Detections of '{change.Task}' are gone: firmware that asks for them does not compile.",
        { Before: null, After: { } now } => $"Detections of '{change.Task}' are new: smoothing {Number(now.Rule.Smoothing)}, refractory {Number(now.Rule.Refractory)}, thresholds {string.Join(", ", now.Labels.Select(label => $"{label} {DetectionText.Threshold(At(now, label)!.Value)}"))}.",
        { Before: { } before, After: { } now } => $"Detections of '{change.Task}': {string.Join(", ", Differences(before, now))}.",
    };

    private static IEnumerable<string> Differences(ReportDetection before, ReportDetection now)
    {
        if (before.Rule.Smoothing != now.Rule.Smoothing)
            yield return $"smoothing {Number(now.Rule.Smoothing)}, was {Number(before.Rule.Smoothing)}";
        if (before.Rule.Refractory != now.Rule.Refractory)
            yield return $"refractory {Number(now.Rule.Refractory)}, was {Number(before.Rule.Refractory)}";
        foreach (string label in now.Labels.Where(label => At(now, label) != At(before, label)))
            yield return $"threshold of \"{label}\" {DetectionText.Threshold(At(now, label)!.Value)}, {(At(before, label) is { } was ? "was " + DetectionText.Threshold(was) : "new")}";
        string[] gone = [.. before.Labels.Except(now.Labels, StringComparer.Ordinal)];
        if (gone.Length > 0)
            yield return $"none of {string.Join(", ", gone.Select(label => $"\"{label}\""))} any more";
        else if (!before.Labels.SequenceEqual(now.Labels, StringComparer.Ordinal) && before.Labels.Count == now.Labels.Count)
            yield return "in the new order of labels";
    }

    private static int? At(ReportDetection detection, string label) =>
        detection.Labels.ToList().IndexOf(label) is >= 0 and int row ? detection.Rule.Thresholds[row] : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
