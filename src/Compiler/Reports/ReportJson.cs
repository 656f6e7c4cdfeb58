using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Reports;

/// <summary>A report for other programs. Fields may be added, none is renamed or removed within a version. Bytes, weighted instructions, microseconds.</summary>
public static class ReportJson
{
    /// <summary>Names format and version.</summary>
    public const string Schema = "adapterc-report/1";

    /// <summary>The whole document, indented, with a final line end.</summary>
    public static string Write(Report report) => JsonText.Write(Members(
        ("schema", Schema),
        ("class", report.ClassName),
        ("model", report.Source),
        ("origin", report.Origin is not { } origin ? null : Members(
            ("sha256", origin.Hash), ("command", origin.Command),
            ("tool", origin.Provenance?.Tool), ("commit", origin.Provenance?.Commit), ("data", origin.Provenance?.Data))),
        ("plan", Plan(report.Plan)),
        ("device", Device(report.Device)),
        ("rows", report.Rows.Select(Row)),
        ("idle", report.Idle.Select(idle => Members(
            ("layer", idle.Layer), ("block", idle.Block), ("channel", idle.Channel), ("reason", Reason(idle.Reason))))),
        ("total", Row(report.Total)),
        ("choices", report.Choices.Select(choice => Members(
            ("askedFor", choice.Name),
            ("weightedInstructions", choice.Weighted),
            ("lowMicroseconds", choice.Time?.LowMicroseconds),
            ("highMicroseconds", choice.Time?.HighMicroseconds)))),
        ("limits", Members(
            ("ilBytes", AssemblyLimits.IlBytes), ("dataBytes", AssemblyLimits.DataBytes), ("stringBytes", AssemblyLimits.StringBytes))),
        ("assemblies", report.Assemblies.Select(assembly => Members(
            ("class", assembly.ClassName),
            ("ilBytes", assembly.DeviceIlBytes),
            ("dataBytes", assembly.DataBytes),
            ("stringBytes", assembly.StringBytes),
            ("ramBytes", assembly.RamBytes)))),
        ("ramBytes", report.RamBytes),
        ("confusions", report.Confusions.Select(each => Members(
            ("task", each.Task),
            ("labels", each.Labels),
            ("counts", each.Counts.Select(row => row.Select(count => (object?)count)))))),
        ("detections", report.Detections.Select(each => Members(
            ("task", each.Task),
            ("smoothing", each.Rule.Smoothing),
            ("refractory", each.Rule.Refractory),
            ("labels", each.Labels),
            ("thresholds", each.Rule.Thresholds.Select(threshold => (object?)(threshold == DetectionRule.Never ? null : threshold))))))));

    private static (string Name, object? Value)[] Plan(ReportPlan plan)
    {
        (string Name, object? Value)[] members = Members(("reason", plan.Reason), ("optimize", plan.Optimize), ("parts", plan.Parts), ("built", plan.IsBuilt));
        return plan.ProgramRoom is { } room ? [.. members, ("programRoomBytes", room)] : members;
    }

    private static string Reason(IdleReason reason) => reason switch
    {
        IdleReason.AlwaysZero => "always 0",
        IdleReason.Folded => "folded",
        IdleReason.Constant => "constant",
        _ => "unread",
    };

    private static (string Name, object? Value)[] Device(DeviceProfile device) => Members(
        ("name", device.Name),
        ("board", device.Board),
        ("heapLowBytes", device.HeapLowBytes),
        ("heapHighBytes", device.HeapHighBytes),
        ("weightedPerSecondLow", device.WeightedPerSecondLow),
        ("weightedPerSecondHigh", device.WeightedPerSecondHigh),
        ("measured", device.IsMeasured),
        ("source", device.Source));

    private static (string Name, object? Value)[] Row(ReportRow row) => Members(
        ("layer", row.Layer),
        ("block", row.Block),
        ("channels", row.Channels),
        ("declaredChannels", row.DeclaredChannels),
        ("multiplyAccumulates", row.MultiplyAccumulates),
        ("weightedInstructions", row.Weighted),
        ("ilBytes", row.IlBytes));

    private static (string Name, object? Value)[] Members(params (string Name, object? Value)[] members) => members;
}
