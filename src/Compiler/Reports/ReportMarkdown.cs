using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Reports;

/// <summary>A report as Markdown tables, which read well in a terminal too.</summary>
public static class ReportMarkdown
{
    /// <summary>The two totals of IL, which differ: what each counts.</summary>
    public const string IlTotals = "IL bytes in this table count every method as it is in the assembly's file; 'IL on the device' counts them as converted for it, which is what its limit is about.";

    /// <summary>The whole text, "\n" line ends.</summary>
    public static string Write(Report report)
    {
        var lines = new List<string> { $"# {report.ClassName} from {report.Source}", "", Plan(report), "", Times(report.Device), "" };
        lines.AddRange(Table(Rows(report)));
        lines.Add("");
        string[] idle = [.. IdleText.Lines(report.Idle.Select(each => (each.Layer, each.Block, each.Channel, each.Reason)))];
        if (idle.Length > 0)
            lines.AddRange([.. idle.Select(line => "- " + line), ""]);
        lines.AddRange([IlTotals, "", .. Table(Choices(report)), ""]);
        lines.AddRange(Table(Assemblies(report)));
        lines.Add("");
        if (report.Plan.ProgramRoom is { } room)
            lines.AddRange([Room(report, room), ""]);
        lines.Add(Ram(report));
        if (report.Confusions.Count > 0)
            lines.AddRange(["", ConfusionText.About]);
        foreach (ReportConfusion confusion in report.Confusions)
            lines.AddRange(["", .. Table(ConfusionText.Rows(confusion))]);
        if (report.Detections.Count > 0)
            lines.AddRange(["", DetectionText.About, "", .. Table(DetectionText.Rows(report.Detections).Prepend(DetectionText.Headings))]);
        if (report.Origin is { } origin)
            lines.AddRange(["", .. origin.Lines.Select(line => "- " + line)]);
        return string.Join("\n", lines) + "\n";
    }

    private static string Plan(Report report)
    {
        (string reason, string optimize, int parts, bool isBuilt) = report.Plan;
        string number = FormattableString.Invariant($"{parts}");
        string builders = !isBuilt
            ? $"Over the limits of {report.Device.Name}, so nothing builds it: 'adapterc emit' says what is lacking."
            : parts == 1
                ? "'adapterc emit' and an AdapterModel item with the same settings build this."
                : $"'adapterc scaffold' and AdapterModel items with the same settings and Part=\"1/{number}\" to Part=\"{number}/{number}\" build this.";
        return $"Plan: {reason}; Optimize=\"{optimize}\", {(parts == 1 ? "one assembly" : number + " assemblies")}. {builders}";
    }

    /// <summary>Where predicted times come from.</summary>
    public static string Times(DeviceProfile device)
    {
        string who = device.Board.Length == 0 ? device.Name : $"{device.Name} ({device.Board})";
        return device is { WeightedPerSecondLow: { } low, WeightedPerSecondHigh: { } high }
            ? $"Times on {who}: {CostText.Weighted(low)} to {CostText.Weighted(high)} weighted instructions a second, {Kind(device)}. {(device.IsMeasured ? "" : "A calibration on the board replaces it: docs/calibration.md.")}".TrimEnd()
            : $"No times on {who}: its speed is not known. A calibration measures it: docs/calibration.md.";
    }

    private static string Kind(DeviceProfile device) => (device.IsMeasured ? "measured" : "an estimate") + $" ({device.Source})";

    private static IEnumerable<IReadOnlyList<string>> Rows(Report report)
    {
        ReportRow total = report.Total;
        yield return ["layer", "block", "channels", "multiply-accumulates", "weighted instructions", "share", "IL bytes"];
        foreach (ReportRow row in report.Rows.Append(total))
        {
            bool isBlock = row.Block.Length > 0;
            yield return
            [
                row.Layer,
                row.Block,
                !isBlock ? "" : row.Channels == row.DeclaredChannels ? TextTable.Number(row.Channels) : FormattableString.Invariant($"{row.Channels} of {row.DeclaredChannels}"),
                isBlock || row == total ? TextTable.Number(row.MultiplyAccumulates) : "",
                CostText.Weighted(row.Weighted),
                CostText.Percent(row.Weighted, total.Weighted),
                TextTable.Number(row.IlBytes),
            ];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Choices(Report report)
    {
        long all = report.Choices[report.Choices.Count - 1].Weighted;
        yield return ["asked for", "weighted instructions", "share", "time of a window"];
        foreach (ReportChoice choice in report.Choices)
        {
            yield return
            [
                choice.Name, CostText.Weighted(choice.Weighted), CostText.Percent(choice.Weighted, all),
                choice.Time is { } time ? $"{time.ToText()} ({time.Kind})" : "not known",
            ];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Assemblies(Report report)
    {
        yield return
        [
            "assembly of", $"IL on the device, of {TextTable.Number(AssemblyLimits.IlBytes)}", $"tables, of {TextTable.Number(AssemblyLimits.DataBytes)}",
            $"strings, of {TextTable.Number(AssemblyLimits.StringBytes)}", "RAM",
        ];
        foreach (ReportAssembly each in report.Assemblies)
        {
            yield return
            [
                each.ClassName, Of(each.DeviceIlBytes, AssemblyLimits.IlBytes), Of(each.DataBytes, AssemblyLimits.DataBytes),
                Of(each.StringBytes, AssemblyLimits.StringBytes), TextTable.Number(each.RamBytes),
            ];
        }
    }

    private static string Of(int bytes, int limit) => TextTable.Number(bytes) + " = " + CostText.Percent(bytes, limit) + (bytes > limit ? " OVER" : "");

    private static string Room(Report report, int room)
    {
        int left = AssemblyLimits.IlBytes - report.Assemblies.Single(each => each.ClassName == report.ClassName).DeviceIlBytes;
        return $"IL left to the program beside {report.ClassName}: {TextTable.Number(Math.Max(0, left))} bytes, of which ProgramRoom asks for {TextTable.Number(room)}{(left < room ? "; it is OVER" : "")}.";
    }

    private static string Ram(Report report)
    {
        string ram = $"RAM {TextTable.Number(report.RamBytes)} bytes, all allocated once";
        string over = report.RamBytes > report.Device.HeapHighBytes ? "; it is OVER" : "";
        return (report.Device.HeapLowBytes, report.Device.HeapHighBytes) switch
        {
            (null, null) => $"{ram}; the heap of {report.Device.Name} is not known or not limited.",
            (null, { } high) => $"{ram}: {CostText.Percent(report.RamBytes, high)} of a heap of at most {TextTable.Number(high)}{over}.",
            ({ } low, { } high) when low < high =>
                $"{ram}: {CostText.Percent(report.RamBytes, high)} to {CostText.Percent(report.RamBytes, low)} of a heap of {TextTable.Number(low)} to {TextTable.Number(high)}{over}.",
            ({ } low, _) => $"{ram}: {CostText.Percent(report.RamBytes, low)} of a heap of {TextTable.Number(low)}{over}.",
        };
    }

    // First two columns left, the others right, as the second line says.
    private static IEnumerable<string> Table(IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => cell.Replace("|", "\\|"))])];
        int[] widths = [.. Enumerable.Range(0, all[0].Count).Select(column => all.Max(row => row[column].Length))];
        bool[] left = [.. all[0].Select((name, column) => column == 0 || name == "block")];
        for (int i = 0; i < all.Length; i++)
        {
            yield return "| " + string.Join(" | ", all[i].Select((cell, column) => left[column] ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |";
            if (i == 0)
                yield return "| " + string.Join(" | ", widths.Select((width, column) => left[column] ? new string('-', width) : new string('-', width - 1) + ":")) + " |";
        }
    }
}
