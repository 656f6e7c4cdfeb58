using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli;

/// <summary>A model's report, and the compiled parts that it tells of.</summary>
/// <param name="Report">What it costs.</param>
/// <param name="Parts">In order.</param>
internal sealed record ModelReport(Report Report, ValueArray<CompilationResult> Parts)
{
    /// <summary>Compiles a model as a build would and reports on it; prints what is wrong and returns null.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Names, tasks and device.</param>
    /// <param name="board">A board of one's own instead of the options' device; null for that.</param>
    public static ModelReport? Of(ModelFile model, CompilationOptions options, DeviceProfile? board)
    {
        DeviceProfile? device = board ?? DeviceProfiles.Find(options.Device);
        // Mistakes in the options first. A model over a limit is what a report is for: it is cut into as many parts as it needs, and
        // one that no cut helps is shown as it is.
        CompilationOptions unlimited = device is null ? options : options with { Device = DeviceLimits.Desktop };
        // The parts and kernels that a build takes are those that keep the limits, so the limits decide what is reported wherever they can be kept.
        CompilationOptions limited = Limited(options, board);
        (ValueArray<CompilationResult> shown, bool isBuilt) = ModelFile.Patiently(limited, () => ModelCompiler.CompileShown(model.Text, limited, unlimited));
        if (model.OrMistakes(shown) is not { } parts)
            return null;
        Report report = ReportBuilder.Build(parts, options, WithMost(device!, options));
        return new ModelReport(report with { Plan = report.Plan with { IsBuilt = isBuilt } }, parts);
    }

    /// <summary>Who names a limit wants it kept: where nothing builds a model within it, that is a failure. A device's own limits are told, for to see by how much they are passed is what a report is for.</summary>
    /// <param name="options">As asked for.</param>
    public static bool NamesLimit(CompilationOptions options) => Named(options).Any();

    /// <summary>The end of a sentence about a model that nothing builds.</summary>
    /// <param name="device">Whose limits it passes.</param>
    /// <param name="options">With limits of the user's.</param>
    public static string Unbuilt(DeviceProfile device, CompilationOptions options)
    {
        string[] named = [.. Named(options)];
        return $"is over the limits of {device.Name}{(named.Length > 0 ? " with " + string.Join(" and ", named) : "")} in any number of parts: nothing builds it.";
    }

    private static IEnumerable<string> Named(CompilationOptions options) =>
        new[] { ("--max-ram", options.MaxRam), ("--max-parts", options.MaxParts), ("--program-room", options.ProgramRoom) }.Where(each => each.Item2.Length > 0).Select(each => each.Item1 + " " + each.Item2);

    // A board of one's own has its own heap: it limits as MaxRam, on a device whose heap limits nothing.
    private static CompilationOptions Limited(CompilationOptions options, DeviceProfile? board)
    {
        if (board is null)
            return options;
        int most = Math.Min(board.HeapHighBytes ?? int.MaxValue, options.MaxRamBytes > 0 ? options.MaxRamBytes : int.MaxValue);
        return options with
        {
            Device = DeviceProfiles.All.First(device => device.Name != DeviceLimits.Desktop && device.HeapHighBytes is null).Name,
            MaxRam = most.ToString(CultureInfo.InvariantCulture),
        };
    }

    // What MaxRam allows is compared with where it is less than the heap.
    private static DeviceProfile WithMost(DeviceProfile device, CompilationOptions options) =>
        options.MaxRamBytes > 0 && !(device.HeapHighBytes <= options.MaxRamBytes) && device.Name != DeviceLimits.Desktop
            ? device with { HeapLowBytes = null, HeapHighBytes = options.MaxRamBytes }
            : device;
}
