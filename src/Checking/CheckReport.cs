using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Checking;

/// <summary>A figure and what is allowed.</summary>
/// <param name="Key">Name in JSON, never changed.</param>
/// <param name="Title">In the table.</param>
/// <param name="Value">Found.</param>
/// <param name="Limit">Allowed; null where nothing limits it.</param>
/// <param name="Place">The method or type that has the most, or empty.</param>
public sealed record Measurement(string Key, string Title, int Value, int? Limit, string Place);

/// <summary>The result of a check.</summary>
/// <param name="Assembly">File or name, as given.</param>
/// <param name="Device">The device asked for.</param>
/// <param name="Measurements">Empty for a file that could not be read.</param>
/// <param name="Findings">In the order of the catalogue's ids, then of the assembly.</param>
public sealed record CheckReport(string Assembly, DeviceProfile? Device, ValueArray<Measurement> Measurements, ValueArray<Finding> Findings)
{
    /// <summary>Nothing was found.</summary>
    public bool IsClean => Findings.Count == 0;

    /// <summary>Something is certain to fail on the device, or to do something else there.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Rule.Severity == CheckSeverity.Error);
}
