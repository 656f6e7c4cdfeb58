using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>A comparison for other programs. Fields may be added, none is renamed or removed within a version.</summary>
internal static class ComparisonJson
{
    /// <summary>Names format and version.</summary>
    public const string Schema = "adapterc-diff/1";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The whole document, with a final line end.</summary>
    public static string Write(ModelComparison comparison, IReadOnlyList<string> failures) => JsonSerializer.Serialize(
        new
        {
            schema = Schema,
            @class = comparison.ClassName,
            device = comparison.Device.Name,
            same = comparison.IsSame,
            sameNetwork = comparison.IsSameNetwork,
            before = Model(comparison.Old),
            after = Model(comparison.New),
            figures = comparison.Figures.Select(figure => new { metric = figure.Metric, task = figure.Task, @class = figure.Class.Length == 0 ? null : figure.Class, before = figure.Before, after = figure.After, change = figure.Change, limit = figure.Limit, testSlices = figure is { Kind: FigureKind.Accuracy, Change: not null } ? Slices(figure.Tested) : null }),
            gates = comparison.Gates.Select(gate => new { task = gate.Task, layer = gate.Layer, channel = gate.Channel, open = gate.IsOpen }),
            blocks = comparison.Blocks.Select(block => new { layer = block.Layer, block = block.Block, weights = block.Weights, changedWeights = block.ChangedWeights, changedOthers = block.ChangedOthers, before = Row(block.Before), after = Row(block.After) }),
            detections = comparison.Detections.Select(change => new { task = change.Task, before = Rule(change.Before), after = Rule(change.After) }),
            gateLayers = new { compared = comparison.GateLayers.Compared, all = comparison.GateLayers.All },
            notes = comparison.Notes.AsEnumerable(),
            failures,
        },
        Indented) + "\n";

    private static object Model(ComparedModel model) => new { file = model.Name, sha256 = model.Hash, command = model.Command, bytes = model.Bytes, built = model.IsBuilt, provenance = model.Provenance is { } made ? new { tool = made.Tool, commit = made.Commit, data = made.Data } : null };

    private static string Slices(TestSlices tested) => tested switch
    {
        TestSlices.Same => "same",
        TestSlices.Other => "other",
        _ => "unknown",
    };

    private static object? Rule(Reports.ReportDetection? detection) => detection is null ? null : new
    {
        smoothing = detection.Rule.Smoothing,
        refractory = detection.Rule.Refractory,
        thresholds = detection.Labels.Zip(detection.Rule.Thresholds, (label, threshold) => new { label, threshold = threshold == DetectionRule.Never ? (int?)null : threshold }),
    };

    private static object? Row(Reports.ReportRow? row) => row is null ? null : new { channels = row.Channels, declaredChannels = row.DeclaredChannels, ilBytes = row.IlBytes, weightedInstructions = row.Weighted };
}
