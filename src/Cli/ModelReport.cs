using System;
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
        if (model.Compile(unlimited) is not { } whole)
            return null;
        // The parts and kernels that a build takes are those that keep the limits, so the limits decide what is reported wherever they can be kept.
        CompilationOptions limited = Limited(options, board);
        int count = options.Device == DeviceLimits.Desktop ? 1 : Math.Max(1, ModelFile.Patiently(limited, () => ModelCompiler.PartsNeeded(model.Text, limited)));
        ValueArray<CompilationResult>? built = Compiled(model, limited, count);
        if ((built ?? (count == 1 ? ValueArray.Of(whole) : Compiled(model, unlimited, count))) is not { } parts)
            return null;
        Report report = ReportBuilder.Build(parts, options, WithMost(device!, options));
        return new ModelReport(report with { Plan = report.Plan with { IsBuilt = built is not null } }, parts);
    }

    private static ValueArray<CompilationResult>? Compiled(ModelFile model, CompilationOptions options, int count)
    {
        ValueArray<CompilationResult> parts = ModelFile.Patiently(options, () => ModelCompiler.CompileParts(model.Text, options with { Parts = count }));
        return parts.All(part => part.Program is not null) ? parts : null;
    }

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
