using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Cli.Scaffolding;
using AdapterCompiler.Compilation;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc scaffold</c>: projects and solution for a model, one project for each part that it needs.</summary>
internal static class ScaffoldCommand
{
    private const string Automatic = "auto";

    public static Command Create()
    {
        var command = new Command("scaffold", "Writes firmware projects for a model, cut into as many parts as it needs.");
        var options = new ModelOptions();
        options.AddTo(command, withPart: false);
        options.AddSoundTo(command);
        var output = new Option<string>("--output", "-o") { Description = "Folder to write to.", Required = true };
        var parts = new Option<string>("--parts") { Description = "Number of parts, or auto for as few as fit.", DefaultValueFactory = _ => Automatic };
        var force = new Option<bool>("--force") { Description = "Write over files that are there." };
        command.Options.Add(output);
        command.Options.Add(parts);
        command.Options.Add(force);
        command.SetAction(parsed => Run(
            parsed.GetValue(options.Model)!, options.Read(parsed), parsed.GetValue(output)!, parsed.GetValue(parts)!, parsed.GetValue(force)));
        return command;
    }

    private static int Run(string path, CompilationOptions options, string folder, string parts, bool force)
    {
        int count = 0;
        if (parts != Automatic && (!int.TryParse(parts, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count == 0))
        {
            Console.Error.WriteLine($"adapterc: --parts is '{parts}', a number from 1 or 'auto' is expected.");
            return 2;
        }

        // A project's class lives in a namespace; without one the items would take each project's own.
        if (options.Namespace.Length == 0)
            options = options with { Namespace = "Firmware" };
        if (ModelFile.Load(path) is not { } model)
            return 1;
        // The desktop has no limits to keep, and a stream runs in one assembly.
        ValueArray<CompilationResult>? compiled = count == 0 && options.Device != DeviceLimits.Desktop && !options.Streams
            ? model.CompileFitting(options)
            : model.CompileParts(options with { Parts = Math.Max(1, count) });
        if (compiled is null)
            return ProgramExit.Mistake;
        // The class that hears is a project beside the others where it is apart from the model.
        CompilationResult? hearing = options.HearsApart ? model.Compile(PartSetting.Apply(options, PartSetting.Sound)) : null;
        return options.HearsApart && hearing is null
            ? ProgramExit.Mistake
            : Write(new ScaffoldPlan(path, options, compiled, WhyParts(model, options, compiled), hearing, model.Artifact.FrontEnd.SampleRate), folder, force);
    }

    /// <summary>What the model would be in one assembly: more than it holds, or slower.</summary>
    private static string WhyParts(ModelFile model, CompilationOptions options, ValueArray<CompilationResult> parts)
    {
        if (parts.Count == 1)
            return "";
        CompilationResult one = ModelCompiler.Compile(model.Text, options with { Part = 1, Parts = 1, MaxParts = "" });
        if (one.Program is null)
            return $"One assembly does not hold it: {OptionNames.In(one.Diagnostics[0].Message)}";
        return $"One assembly would hold it too ('adapterc scaffold --parts 1'), and a window would then take {Time(ValueArray.Of(one))} instead of {Time(parts)} for all tasks.";

        string Time(ValueArray<CompilationResult> cut)
        {
            ReportChoice all = ReportBuilder.Build(cut, options, DeviceProfiles.Find(options.Device)!).Choices[^1];
            return all.Time is { } time ? $"{time.ToText()} ({time.Kind})" : CostText.Weighted(all.Weighted) + " weighted instructions";
        }
    }

    private static int Write(ScaffoldPlan plan, string folder, bool force)
    {
        (string Path, string Text)[] files = [.. plan.Files()];
        string[] present = [.. files.Select(file => file.Path).Append(plan.ModelCopy).Where(file => File.Exists(Path.Combine(folder, file)))];
        if (present.Length > 0 && !force)
        {
            Console.Error.WriteLine($"adapterc: {folder} has {present[0]} already{(present.Length > 1 ? $" and {present.Length - 1} more of the files" : "")}. Nothing was written. Choose another folder, or --force to write over them.");
            return 1;
        }

        try
        {
            foreach ((string file, string text) in files)
            {
                string target = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllText(target, text);
            }

            string copy = Path.Combine(folder, plan.ModelCopy);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetFullPath(copy) != Path.GetFullPath(plan.ModelPath))
                File.Copy(plan.ModelPath, copy, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"adapterc: cannot write to {folder}: {exception.Message} Choose another folder with --output.");
            return 1;
        }

        foreach ((string project, AssemblyBudget budget) in plan.Budgets)
            Console.WriteLine($"{project}  IL {TextTable.Number(budget.IlBytes)} bytes  RAM {TextTable.Number(budget.RamBytes)} bytes");
        Console.WriteLine($"Next: dotnet build -c Release {Path.Combine(folder, plan.Options.ClassName + ".sln")}");
        return 0;
    }
}
