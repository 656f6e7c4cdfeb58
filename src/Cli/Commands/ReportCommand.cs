using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Boards;
using AdapterCompiler.Compilation;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc report</c>: what a model costs on a device, layer by layer and task by task.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Prints what a model costs: work per layer and task, predicted time, IL, tables, strings and RAM against the limits.");
        var options = new ModelOptions();
        options.AddTo(command, withPart: false);
        var profile = new Option<string?>("--profile") { Description = "Profile that adapterc calibrate wrote, instead of --device: docs/calibration.md." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of Markdown." };
        command.Options.Add(profile);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(profile);
            if (file is not null && parsed.GetResult(options.Device) is { Implicit: false })
            {
                Console.Error.WriteLine("adapterc: --device and --profile both name a device; use one of them.");
                return 2;
            }

            return Run(parsed.GetValue(options.Model)!, options.Read(parsed), file, parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(string path, CompilationOptions options, string? profile, bool json)
    {
        DeviceProfile? device = profile is null ? DeviceProfiles.Find(options.Device) : Load(profile);
        if (profile is not null && device is null)
            return 1;
        if (ModelFile.Load(path) is not { } model)
            return 1;

        // Mistakes in the options first. A model over a limit is what a report is for: it is cut into as many parts as it needs, and
        // one that no cut helps is shown as it is.
        CompilationOptions unlimited = device is null ? options : options with { Device = DeviceLimits.Desktop };
        if (model.Compile(unlimited) is not { } whole)
            return 1;
        // The parts and kernels that a build takes are those that keep the limits, so the limits decide what is reported wherever they can be kept.
        CompilationOptions limited = Limited(options, profile is null ? null : device);
        int count = options.Device == DeviceLimits.Desktop ? 1 : Math.Max(1, ModelFile.Patiently(limited, () => ModelCompiler.PartsNeeded(model.Text, limited)));
        ValueArray<CompilationResult>? built = Parts(model, limited, count);
        if ((built ?? (count == 1 ? ValueArray.Of(whole) : Parts(model, unlimited, count))) is not { } parts)
            return 1;
        Report report = ReportBuilder.Build(parts, options, WithMost(device!, options));
        report = report with { Plan = report.Plan with { IsBuilt = built is not null } };
        Console.Write(json ? ReportJson.Write(report) : ReportMarkdown.Write(report));
        return 0;
    }

    private static ValueArray<CompilationResult>? Parts(ModelFile model, CompilationOptions options, int count)
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

    private static DeviceProfile? Load(string path)
    {
        try
        {
            (DeviceProfile? device, string? mistake) = ProfileFile.Read(File.ReadAllText(path));
            if (device is null)
                Console.Error.WriteLine($"adapterc: {path}{mistake}");
            return device;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"adapterc: cannot read the profile: {exception.Message}");
            return null;
        }
    }
}
