using System;
using System.Collections.Generic;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>One task: name, labels, accuracy, detections, adapter, head.</summary>
internal sealed class TaskParser(FieldReader fields, ValueArray<LayerArtifact> shared)
{
    // Names by what they become in C#: 'a-1' and 'a1' would be one member.
    private readonly Dictionary<string, (string Name, int Line)> taken = new(StringComparer.Ordinal);

    /// <summary>Reads the task that starts in the current line; null where reading stopped.</summary>
    public TaskArtifact? Parse()
    {
        if (!fields.Line(Keywords.Task, "line 'task'"))
            return null;
        string name = ParseName();
        ValueArray<string>? labels = ParseLabels(name);
        if (labels is null)
            return null;
        MeasuredAccuracy? accuracy = new AccuracyParser(fields, name, labels.Count).Parse();
        DetectionRule? detection = fields.Stopped ? null : new DetectionParser(fields, name, labels.Count).Parse();
        if (fields.Stopped)
            return null;

        var layers = new List<LayerArtifact>();
        var layerParser = new LayerParser(fields, "task '" + name + "'", isAdapter: true);
        for (int index = 0; index < shared.Count; index++)
        {
            int sharedBelow = index == 0 ? 1 : shared[index - 1].Channels.Count;
            int ownBelow = index == 0 ? 0 : layers[index - 1].Channels.Count;
            if (layerParser.Parse(index + 1, ValueArray.Of(shared[index].Kind), sharedBelow, ownBelow) is not { } layer)
                return null;
            layers.Add(layer);
        }

        int embedding = shared[shared.Count - 1].Channels.Count;
        HeadArtifact? head = new HeadParser(fields, name).Parse(labels.Count, embedding, layers[layers.Count - 1].Channels.Count);
        return head is null ? null : new TaskArtifact(name, labels, accuracy, new ValueArray<LayerArtifact>(layers), head) { Detection = detection };
    }

    private string ParseName()
    {
        LineCursor cursor = fields.Cursor;
        int line = cursor.Number;
        string? name = fields.Name(out TextPosition position);
        if (name is not null)
        {
            string identifier = ArtifactNames.ToIdentifier(name);
            if (taken.TryGetValue(identifier, out (string Name, int Line) other))
                fields.Report(DiagnosticCatalogue.DuplicateName, position, "task name", name, other.Name, Wording.Number(other.Line));
            else
                taken.Add(identifier, (name, line));
        }

        fields.EndLine(name is not null);
        return name ?? "in line " + Wording.Number(line);
    }

    private ValueArray<string>? ParseLabels(string task)
    {
        LineCursor cursor = fields.Cursor;
        var labels = new List<string>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        TextPosition position = cursor.EndOfLinePosition;
        while (cursor.StartsWith(Keywords.Label) && labels.Count <= ArtifactLimits.Classes && !fields.Stopped)
        {
            fields.Line(Keywords.Label, "line 'label'");
            Word word = cursor.Rest();
            string label = word.Length > ArtifactLimits.LabelLength + 1 ? cursor.TextOf(word with { Length = ArtifactLimits.LabelLength + 1 }) : cursor.TextOf(word);
            position = cursor.PositionOf(word);
            if (WrongWith(label) is { } reason)
                fields.Report(DiagnosticCatalogue.BadLabel, position, Wording.Excerpt(label), reason, Wording.Number(ArtifactLimits.LabelLength));
            else if (lines.TryGetValue(label, out int line))
                fields.Report(DiagnosticCatalogue.DuplicateName, position, "label", Wording.Excerpt(label), Wording.Excerpt(label), Wording.Number(line));
            else
                lines.Add(label, cursor.Number);
            labels.Add(label);
            cursor.Advance();
        }

        if (fields.Stopped)
            return null;
        if (!cursor.HasLine && labels.Count < ArtifactLimits.LeastClasses)
        {
            // The file ended: that is the mistake, not the count.
            fields.Line(Keywords.Label, "line 'label' of task '" + task + "'");
            return null;
        }

        if (labels.Count is >= ArtifactLimits.LeastClasses and <= ArtifactLimits.Classes)
            return new ValueArray<string>(labels);
        fields.Report(
            DiagnosticCatalogue.CountOutOfRange, position, "Task '" + task + "'", Wording.Count(labels.Count, "label"), Wording.Number(ArtifactLimits.LeastClasses), Wording.Number(ArtifactLimits.Classes));
        fields.Stop();
        return null;
    }

    private static string? WrongWith(string label)
    {
        if (label.Length == 0)
            return "is empty";
        if (label.Length > ArtifactLimits.LabelLength)
            return "is too long";
        return label[0] == ' ' || label[label.Length - 1] == ' ' ? "has a space at an end" : null;
    }
}
