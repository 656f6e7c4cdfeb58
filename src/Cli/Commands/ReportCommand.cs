using System;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Boards;
using AdapterCompiler.Cli.Html;
using AdapterCompiler.Compilation;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc report</c>: what a model costs on a device, layer by layer and task by task.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Prints what a model costs: work per layer and task, predicted time, IL, tables, strings and RAM against the limits.");
        var options = new ModelOptions();
        options.AddTo(command, withPart: false);
        options.AddSoundTo(command);
        var profile = new Option<string?>("--profile") { Description = "Profile that adapterc calibrate wrote, instead of --device: docs/calibration.md." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of Markdown." };
        var html = new Option<string?>("--html") { Description = "Also write the report as one HTML file: gates, costs, memory, weights and times as figures." };
        command.Options.Add(profile);
        command.Options.Add(json);
        command.Options.Add(html);
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(profile);
            if (file is not null && parsed.GetResult(options.Device) is { Implicit: false })
            {
                Console.Error.WriteLine("adapterc: --device and --profile both name a device; use one of them.");
                return ProgramExit.Usage;
            }

            if (parsed.GetValue(html) is { } page && page.EndsWith(".adapter", StringComparison.OrdinalIgnoreCase))
            {
                Console.Error.WriteLine($"adapterc: --html {page} is a model's name, and what lies there would be overwritten. Give the page another name, such as {System.IO.Path.ChangeExtension(page, ".html")}.");
                return ProgramExit.Usage;
            }

            return Run(parsed.GetValue(options.Model)!, options.Read(parsed), file, parsed.GetValue(json), parsed.GetValue(html));
        });
        return command;
    }

    private static int Run(string path, CompilationOptions options, string? profile, bool json, string? html)
    {
        DeviceProfile? board = profile is null ? null : Load(profile);
        if (profile is not null && board is null)
            return ProgramExit.Mistake;
        if (ModelFile.Load(path) is not { } model || ModelReport.Of(model, options, board) is not { } made)
            return ProgramExit.Mistake;
        if (html is not null && !Write(html, HtmlReport.Write(model, made)))
            return ProgramExit.Mistake;
        Console.Write(json ? ReportJson.Write(made.Report) : ReportMarkdown.Write(made.Report));
        if (made.Report.Plan.IsBuilt || !ModelReport.NamesLimit(options))
            return ProgramExit.Done;
        Console.Error.WriteLine($"adapterc: {path} {ModelReport.Unbuilt(made.Report.Device, options)}");
        return ProgramExit.Mistake;
    }

    private static bool Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"adapterc: {file} cannot be written: {exception.Message} Give another file with --html.");
            return false;
        }
    }

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
