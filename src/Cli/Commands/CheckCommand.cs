using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Checking;
using AdapterCompiler.Checking.Reports;
using AdapterCompiler.Cli.NanoClr;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc check</c>: what nanoFramework's interpreter cannot run in any assembly, or runs differently.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Checks an assembly, ours or any other, against nanoFramework's limits, class library and silent differences.");
        var assembly = new Argument<string>("assembly") { Description = "The .dll or .exe that the project's build wrote, before its conversion; with --nanoclr a model file." };
        var device = new Option<string?>("--device") { Description = "Device whose flash counts too: " + string.Join(", ", Devices) + "." };
        device.AcceptOnlyFromAmong(Devices);
        Option<string[]> noAllocation = Several("--no-allocation", "Methods that must not allocate, with all that they call: Namespace.Type.Method or its end, * and ? allowed.");
        Option<string[]> noFloat = Several("--no-float", "Methods that must not use floating point, with all that they call.");
        Option<string[]> reference = Several("--reference", "Folders of referenced assemblies, beside the assembly's own.");
        Option<string[]> ignore = Several("--ignore", "Ids of findings to leave out, such as NFC003.");
        ignore.AcceptOnlyFromAmong([.. CheckCatalogue.All.Select(rule => rule.Id)]);
        var failOn = new Option<string>("--fail-on") { Description = "error or warning: what makes the exit code 1.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong("error", "warning");
        var json = new Option<bool>("--json") { Description = "Print JSON: docs/checks.md describes it." };
        var sarif = new Option<string?>("--sarif") { Description = "File for the findings as SARIF 2.1.0, which code scanning shows in pull requests." };
        command.Arguments.Add(assembly);
        foreach (Option option in new Option[] { device, noAllocation, noFloat, reference, ignore, failOn, json, sarif })
            command.Options.Add(option);
        var nanoClr = new NanoClrOptions();
        nanoClr.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(assembly)!;
            if (nanoClr.Run(parsed, file) is { } ended)
                return ended;
            if (ModelFile.IsNamedLikeOne(file))
            {
                Console.Error.WriteLine($"adapterc: {file} is a model, not an assembly. Give the assembly that the firmware's build wrote; a model's self-test runs with --nanoclr PATH, its costs are printed by 'adapterc report'.");
                return 1;
            }

            var options = new CheckOptions
            {
                Device = parsed.GetValue(device),
                NoAllocation = parsed.GetValue(noAllocation)!.ToValueArray(),
                NoFloat = parsed.GetValue(noFloat)!.ToValueArray(),
                ReferenceFolders = parsed.GetValue(reference)!.ToValueArray(),
                Ignored = parsed.GetValue(ignore)!.ToValueArray(),
            };
            CheckReport report = AssemblyCheck.Run(file, options);
            int code = Print(report, parsed.GetValue(json), parsed.GetValue(failOn) == "warning");
            return parsed.GetValue(sarif) is { } log && !WriteSarif(report, log) ? 1 : code;
        });
        return command;
    }

    private static string[] Devices => [.. DeviceNames.All.Where(name => name != DeviceLimits.Desktop)];

    private static Option<string[]> Several(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    private static bool WriteSarif(CheckReport report, string file)
    {
        try
        {
            File.WriteAllText(file, CheckReportSarif.Write(report, Environment.CurrentDirectory));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine($"adapterc: {file} cannot be written: {exception.Message} Give another file with --sarif.");
            return false;
        }
    }

    private static int Print(CheckReport report, bool json, bool failsOnWarnings)
    {
        if (json)
        {
            Console.Write(CheckReportJson.Write(report));
        }
        else
        {
            foreach (string line in CheckReportText.Lines(report))
                Console.WriteLine(line);
        }

        return (failsOnWarnings ? report.IsClean : !report.HasErrors) ? 0 : 1;
    }
}
