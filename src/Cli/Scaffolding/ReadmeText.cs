using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>What the folder is, what each part needs, and what to do next.</summary>
internal static class ReadmeText
{
    public static string Of(ScaffoldPlan plan)
    {
        string rows = string.Concat(plan.Parts.Select((part, p) => Row(plan.PartProjects[p], part.Budget!)));
        string parts = plan.Parts.Count == 1
            ? $"The model fits one assembly, `{plan.Options.ClassName}`."
            : $"It is cut into {plan.Parts.Count} parts, an assembly each. {plan.WhyParts} Firmware calls `{plan.Options.ClassName}` only, which calls the others in order; the first part holds the activations of all.";
        return $"""
            # {plan.Options.ClassName}

            Written by `adapterc scaffold` from `{plan.ModelCopy}`. {parts}
            `{plan.Demo}` is a program that runs it once: replace it with your firmware.

            | project | IL bytes on the device | tables and signatures | RAM |
            | --- | --- | --- | --- |
            {rows}| one assembly holds | {TextTable.Number(AssemblyLimits.IlBytes)} | {TextTable.Number(AssemblyLimits.DataBytes)} | |

            Build: `dotnet build -c Release`. The C# is generated inside the build; `EmitCompilerGeneratedFiles` shows it.

            A retrained model: copy the new file over `{plan.ModelCopy}` and build. Where it needs another number of parts the build says so
            (ADC042, ADC046): then run `adapterc scaffold` again with `--force`.

            Flash: these projects compile against nanoFramework's class library but do not convert for a device. Use nanoFramework's own
            project SDK (`<Project Sdk="nanoFramework.NET.Sdk">`) or add the generated C# (`adapterc emit --part 1/{plan.Parts.Count}` and so on) to `.nfproj` projects.

            """;
    }

    private static string Row(string project, AssemblyBudget budget) =>
        $"| {project} | {TextTable.Number(budget.DeviceIlBytes)} | {TextTable.Number(budget.DataBytes)} | {TextTable.Number(budget.RamBytes)} |\n";
}
