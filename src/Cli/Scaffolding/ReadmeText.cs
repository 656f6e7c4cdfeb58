using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>What the folder is, what each part needs, and what to do next.</summary>
internal static class ReadmeText
{
    public static string Of(ScaffoldPlan plan)
    {
        string rows = string.Concat(plan.Budgets.Select(each => Row(each.Project, each.Budget)));
        string parts = plan.Parts.Count == 1
            ? $"The model fits one assembly, `{plan.Options.ClassName}`."
            : $"It is cut into {plan.Parts.Count} parts, an assembly each. {plan.WhyParts} Firmware calls `{plan.Options.ClassName}` only, which calls the others in order; the first part holds the activations of all.";
        return $"""
            # {plan.Options.ClassName}

            Written by `adapterc scaffold` from `{plan.ModelCopy}`. {parts}
            {Program(plan)}

            | project | IL bytes on the device | tables and signatures | RAM |
            | --- | --- | --- | --- |
            {rows}| one assembly holds | {TextTable.Number(AssemblyLimits.IlBytes)} | {TextTable.Number(AssemblyLimits.DataBytes)} | |

            Build: `dotnet build -c Release`. The C# is generated inside the build; `EmitCompilerGeneratedFiles` shows it.

            A retrained model: copy the new file over `{plan.ModelCopy}` and build. Where it needs another number of parts the build says so
            (ADC042, ADC046): then run `adapterc scaffold` again with `--force`.

            Flash: these projects compile against nanoFramework's class library but do not convert for a device. Use nanoFramework's own
            project SDK (`<Project Sdk="nanoFramework.NET.Sdk">`), or add the generated C# to `.nfproj` projects. It is written, the same bytes, by
            ```
            {string.Join("\n", Emits(plan))}
            ```

            """;
    }

    private static string Program(ScaffoldPlan plan) => plan.Options.Hears
        ? $"`{plan.Demo}` hears a microphone and writes a line for every decision. As it stands it hears tones that it makes itself; `dotnet build -c Release -p:Microphone=i2s` takes `I2sMicrophone.cs`, for an ESP32, and the packages that this needs (AdapterCompiler's docs/wiring.md says where the pins go)."
        : plan.Options.Streams ? $"`{plan.Demo}` is a program that gives it silence, two frames at a time, until a decision is due: replace it with your firmware."
        : $"`{plan.Demo}` is a program that runs it once: replace it with your firmware.";

    // The commands that write what the build makes, one a project; outside of the projects, which would compile it a second time.
    private static IEnumerable<string> Emits(ScaffoldPlan plan) => plan.Projects.Select(project =>
    {
        int number = plan.PartProjects.ToList().IndexOf(project) + 1;
        string model = plan.ModelCopy.Contains(' ', StringComparison.Ordinal) ? $"\"{plan.ModelCopy}\"" : plan.ModelCopy;
        string options = string.Join(" ", ProjectTexts.Settings(plan, number == 0 ? PartSetting.Sound : ProjectTexts.PartOf(plan, number)).Select(Option));
        return $"adapterc emit {model} {options} -o emitted/{project}";
    });

    private static string Option((string Name, string Value) setting) => setting.Name switch
    {
        "Streaming" => OptionNames.Of(setting.Name),
        // A shell ends its command at a semicolon.
        "Tasks" => OptionNames.Of(setting.Name) + " " + setting.Value.Replace(';', ','),
        _ => OptionNames.Of(setting.Name) + " " + setting.Value,
    };

    private static string Row(string project, AssemblyBudget budget) =>
        $"| {project} | {TextTable.Number(budget.DeviceIlBytes)} | {TextTable.Number(budget.DataBytes)} | {TextTable.Number(budget.RamBytes)} |\n";
}
