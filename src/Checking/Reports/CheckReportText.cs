using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;
using static AdapterCompiler.Text.TextTable;

namespace AdapterCompiler.Checking.Reports;

/// <summary>The report for a terminal: one line per finding, the table of figures, what is known of the device, the verdict.</summary>
public static class CheckReportText
{
    /// <summary>Lines without line ends.</summary>
    public static IEnumerable<string> Lines(CheckReport report)
    {
        foreach (Finding finding in report.Findings)
            yield return finding.ToText(report.Assembly);
        if (report.Measurements.Count > 0)
        {
            if (!report.IsClean)
                yield return "";
            foreach (string line in Table(report))
                yield return line;
            yield return "";
        }

        if (report.Device is { } device)
            yield return Describe(device);
        yield return Verdict(report);
    }

    private static IEnumerable<string> Table(CheckReport report)
    {
        string[][] rows = [["", "found", "allowed"], .. report.Measurements.Select(each => new[] { each.Title, Number(each.Value), each.Limit is { } limit ? Number(limit) : "" })];
        return Align(rows).Zip(report.Measurements.Select(each => each.Place).Prepend(""), (line, place) => place.Length == 0 ? line : line + "  " + place);
    }

    private static string Describe(DeviceProfile device)
    {
        string heap = device.HeapHighBytes is not { } high ? "heap differs" : "heap " + (device.HeapLowBytes is { } low && low != high ? Number(low) + " to " : "up to ") + Number(high) + " bytes";
        string rate = device.IlPerSecondLow is { } slow && device.IlPerSecondHigh is { } fast ? $"{Number(slow)} to {Number(fast)} IL instructions a second" : "speed not known";
        return $"{device.Name}: {device.Board}; {heap}; {rate} ({(device.IsMeasured ? "measured" : "an estimate, not measured")}: {device.Source})";
    }

    private static string Verdict(CheckReport report)
    {
        int errors = report.Findings.Count(finding => finding.Rule.Severity == CheckSeverity.Error);
        return report.IsClean
            ? report.Assembly + ": clean"
            : report.Assembly + ": " + Wording.Count(errors, "error") + ", " + Wording.Count(report.Findings.Count - errors, "warning");
    }
}
