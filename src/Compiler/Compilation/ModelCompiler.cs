using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Compilation;

/// <summary>The whole way from a model file's text to C#. Generator and command line both go through here, so they give the same bytes.</summary>
public static class ModelCompiler
{
    /// <summary>Compiles a model file.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks and device.</param>
    public static CompilationResult Compile(string text, CompilationOptions options) => Compile(text, options, KernelPlan.Loops);

    /// <summary>Compiles a model file with given kernels.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks and device.</param>
    /// <param name="planner">Chooses the kernels of a network; each must suit its layer.</param>
    public static CompilationResult Compile(string text, CompilationOptions options, Func<Network, KernelPlan> planner)
    {
        Diagnostic[] settings = CheckSettings(options).ToArray();
        if (settings.Length > 0)
            return Failed(settings);

        ReadResult read = ModelReader.Read(text);
        if (read.Model is not { } model)
            return Failed(read.Diagnostics);

        Diagnostic[] unknown = UnknownTasks(model, options).ToArray();
        if (unknown.Length > 0)
            return Failed(unknown);

        Network network = NetworkBuilder.Build(model, options.Tasks);
        Diagnostic[] unproven = RangeProof.Violations(network).Take(DiagnosticBag.Most).Select(v => Describe(v, text)).ToArray();
        if (unproven.Length > 0)
            return Failed(unproven);

        LoweredProgram whole = Lowerer.Lower(network, options.ClassName, planner(network), options.Parts);
        PartPlan? plan = null;
        if (options.Parts > 1)
        {
            plan = PartPlan.Find(whole, StageSizes.Of(whole), options.Parts);
            if (plan is null)
                return Failed([BudgetDiagnostics.TooManyParts(options)]);
            if (!plan.Fits && options.Device != DeviceLimits.Desktop)
                return Failed([BudgetDiagnostics.TooFewParts(whole, plan, options)]);
        }

        whole = LanePlacement.Apply(whole, plan);
        LoweredProgram program = ProgramCode.Build(plan is null ? whole : PartCutter.Cut(whole, plan, options.Part));

        var budget = AssemblyBudget.Of(program, options.ClassName, options.Namespace);
        Diagnostic[] overBudget = BudgetDiagnostics.Check(whole, program, budget, options).ToArray();
        return overBudget.Length > 0
            ? Failed(overBudget)
            : new CompilationResult(
                CSharpEmitter.Emit(program, budget, new EmitOptions(options.ClassName, options.Namespace, options.SourceName, options.Device)),
                ValueArray<Diagnostic>.Empty,
                program,
                budget);
    }

    /// <summary>The least number of parts in which a model keeps every limit of an assembly: 1 where it needs no cut, 0 where none does.</summary>
    /// <param name="text">Text of a *.adapter file that compiles for the desktop.</param>
    /// <param name="options">Names and tasks; part and device do not matter.</param>
    public static int PartsNeeded(string text, CompilationOptions options)
    {
        if (ModelReader.Read(text).Model is not { } model)
            return 0;
        Network network = NetworkBuilder.Build(model, options.Tasks);
        LoweredProgram whole = LanePlacement.Apply(Lowerer.Lower(network, options.ClassName, KernelPlan.Loops(network)), null);
        var budget = AssemblyBudget.Of(ProgramCode.Build(whole), options.ClassName, options.Namespace);
        return BudgetDiagnostics.Fits(budget) ? 1 : PartPlan.Smallest(whole, AssemblyLimits.Parts);
    }

    private static CompilationResult Failed(IEnumerable<Diagnostic> diagnostics) =>
        new(ValueArray<EmittedFile>.Empty, diagnostics.ToValueArray(), null);

    private static IEnumerable<Diagnostic> CheckSettings(CompilationOptions options)
    {
        if (!CSharpIdentifier.IsValid(options.ClassName))
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "ClassName", options.ClassName, "it is not a C# identifier");
        if (options.Namespace.Length > 0 && !options.Namespace.Split('.').All(CSharpIdentifier.IsValid))
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "Namespace", options.Namespace, "it is not a C# namespace");
        if (!DeviceNames.All.Contains(options.Device, StringComparer.Ordinal))
        {
            yield return DiagnosticCatalogue.InvalidMetadata.At(
                default, "Device", options.Device,
                "no such device is known;" + Suggestion.For(options.Device, DeviceNames.All) + " devices are " + string.Join(", ", DeviceNames.All));
        }

        if (CheckPart(options) is { } part)
            yield return part;
    }

    private static Diagnostic? CheckPart(CompilationOptions options)
    {
        string range = FormattableString.Invariant($"a part is written as number/count such as 2/3, with at most {AssemblyLimits.Parts} parts");
        return options.PartText is null && options.Part >= 1 && options.Part <= options.Parts && options.Parts <= AssemblyLimits.Parts
            ? null
            : DiagnosticCatalogue.InvalidMetadata.At(default, "Part", options.PartText ?? FormattableString.Invariant($"{options.Part}/{options.Parts}"), range);
    }

    private static IEnumerable<Diagnostic> UnknownTasks(ModelArtifact model, CompilationOptions options)
    {
        string[] known = model.Tasks.Select(task => task.Name).ToArray();
        foreach (string name in options.Tasks.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            yield return DiagnosticCatalogue.UnknownTask.At(
                default, name, options.SourceName, Suggestion.For(name, known), string.Join(", ", known));
        }
    }

    private static Diagnostic Describe(RangeViolation violation, string text)
    {
        long reached = violation.Range.High > int.MaxValue ? violation.Range.High : violation.Range.Low;
        string owner = violation.Task is null ? "the shared encoder" : "task '" + violation.Task + "'";
        return DiagnosticCatalogue.AccumulatorRange.At(
            ModelLocator.Find(text, violation.Task, violation.Layer, violation.Number),
            FormattableString.Invariant($"{owner}, layer {violation.Layer}, output {violation.Number}"),
            Wording.Number(reached));
    }
}
