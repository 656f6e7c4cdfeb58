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
    /// <summary>Parts that a model is cut into for speed where nobody says how many may be.</summary>
    private const int FewParts = 4;

    /// <summary>Load of the fullest part from which all parts are built to see.</summary>
    private const int NearlyFull = PartLoad.Full / 100 * 93;

    /// <summary>IL bytes more that are kept free where they pass a limit.</summary>
    private const int MarginStep = 512;

    /// <summary>Compiles a model file with the kernels that the planner finds best.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks, device, and what to optimize for.</param>
    public static CompilationResult Compile(string text, CompilationOptions options) =>
        Compile(text, options, (network, limits) => KernelPlanner.Plans(network, options.Goal, options.Device == DeviceLimits.Desktop ? int.MaxValue : options.Parts, limits));

    /// <summary>Compiles a model file with given kernels.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks and device.</param>
    /// <param name="plans">Plans for a network, best first; the first that keeps all limits is taken. Each kernel must suit its layer.</param>
    /// <param name="keepsIdle">Channels that do no work are computed too: for tests that drive kernels to their limits.</param>
    public static CompilationResult Compile(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>> plans, bool keepsIdle = false) =>
        Compile(text, options, (network, _) => plans(network), keepsIdle);

    private static CompilationResult Compile(string text, CompilationOptions options, Func<Network, PlanLimits, IEnumerable<KernelPlan>> plans, bool keepsIdle = false)
    {
        (Network? network, CompilationResult? failed) = Read(text, options, keepsIdle);
        if (network is null)
            return failed!;

        CompilationResult? lacking = null;
        var limits = new PlanLimits(BudgetDiagnostics.MostRam(options));
        foreach (KernelPlan plan in plans(network, limits))
        {
            CompilationResult result = Compile(network, options, plan);
            if (result.Diagnostics.Count == 0)
                return result;
            if (result.Diagnostics.All(diagnostic => diagnostic.Rule == DiagnosticCatalogue.RamOverBudget))
                limits.TooMuchMemory(plan, result.Over);
            else if (result.Diagnostics.Any(diagnostic => diagnostic.Rule == DiagnosticCatalogue.TablesOverBudget) || plan.TableBytes > plan.IlBytes)
                limits.TooManyTables(plan);
            else
                limits.TooLarge(plan);
            // Where nothing fits, what the smallest plan lacks is said; plans come with the smallest first, or with it at last.
            if (lacking is null || options.Goal != Optimize.Size)
                lacking = result;
        }

        return lacking!;
    }

    /// <summary>
    /// Into how many parts to cut a model: the fewest in which its best plan keeps every limit of an assembly, or, where that takes more than
    /// may be, the best plan that does. 0 where none does.
    /// </summary>
    /// <param name="text">Text of a *.adapter file that compiles for the desktop.</param>
    /// <param name="options">Names, tasks, what to optimize for, and MaxParts (else a few where those do); part and device do not matter.</param>
    public static int PartsNeeded(string text, CompilationOptions options)
    {
        if (Read(text, options).Network is not { } network)
            return 0;
        if (options.MostParts > 0)
            return PartsNeeded(network, options, options.MostParts);
        return PartsNeeded(network, options, FewParts) is > 0 and int few ? few
            : PartsNeeded(network, options, AssemblyLimits.Parts) is > 0 and int many ? many
            // What memory it lacks is then an error of its own.
            : PartsNeeded(network, options with { Device = DeviceLimits.Desktop, MaxRam = "" }, AssemblyLimits.Parts);
    }

    private static int PartsNeeded(Network network, CompilationOptions options, int most)
    {
        var limits = new PlanLimits(BudgetDiagnostics.MostRam(options));
        foreach (KernelPlan plan in KernelPlanner.Plans(network, options.Goal, most, limits))
        {
            LoweredProgram whole = LanePlacement.Apply(Lowerer.Lower(network, options.ClassName, plan), null);
            if (BudgetDiagnostics.RamOver(whole, options) is > 0 and int over)
            {
                limits.TooMuchMemory(plan, over);
                continue;
            }

            if (BudgetDiagnostics.Fits(AssemblyBudget.Of(ProgramCode.Build(whole), options.ClassName, options.Namespace)))
                return 1;
            if (most > 1 && PartPlan.Smallest(whole, most) is > 0 and int parts)
                return parts;
            if (plan.TableBytes > plan.IlBytes)
                limits.TooManyTables(plan);
            else
                limits.TooLarge(plan);
        }

        return 0;
    }

    private static (Network? Network, CompilationResult? Failed) Read(string text, CompilationOptions options, bool keepsIdle = false)
    {
        Diagnostic[] settings = SettingsCheck.Of(options).ToArray();
        if (settings.Length > 0)
            return (null, Failed(settings));

        ReadResult read = ModelReader.Read(text);
        if (read.Model is not { } model)
            return (null, Failed(read.Diagnostics));

        Diagnostic[] unknown = UnknownTasks(model, options).ToArray();
        if (unknown.Length > 0)
            return (null, Failed(unknown));

        Network network = NetworkBuilder.Build(model, options.Tasks);
        Diagnostic[] unproven = RangeProof.Violations(network).Take(DiagnosticBag.Most).Select(v => Describe(v, text)).ToArray();
        return unproven.Length > 0 ? (null, Failed(unproven)) : (keepsIdle ? network : ConstantFolding.Apply(network), null);
    }

    private static CompilationResult Compile(Network network, CompilationOptions options, KernelPlan kernels)
    {
        LoweredProgram whole = Lowerer.Lower(network, options.ClassName, kernels, options.Parts);
        if (options.Parts == 1)
        {
            whole = LanePlacement.Apply(whole, null);
            return Emit(whole, whole, options);
        }

        (PartPlan? parts, CompilationResult? failed) = Cut(whole, options);
        if (parts is null)
            return failed!;
        whole = LanePlacement.Apply(whole, parts);
        return Emit(whole, PartCutter.Cut(whole, parts, options.Part), options);
    }

    // The cut goes by estimates of the code. Where a part comes close to its limits, all of them are built and checked, and some room is left
    // if one passes: every project of a model must find the same cut.
    private static (PartPlan? Parts, CompilationResult? Failed) Cut(LoweredProgram whole, CompilationOptions options)
    {
        StageSizes sizes = whole.Plan.Sizes ?? StageSizes.Of(whole);
        for (int margin = 0; ; margin += MarginStep)
        {
            PartPlan? parts = PartPlan.Find(whole, sizes, options.Parts, margin);
            if (parts is null)
                return (null, Failed([BudgetDiagnostics.TooManyParts(options)]));
            if (options.Device == DeviceLimits.Desktop)
                return (parts, null);
            if (!parts.Fits)
                return (null, Failed([BudgetDiagnostics.TooFewParts(whole, parts, options)]));
            LoweredProgram placed = LanePlacement.Apply(whole, parts);
            if (parts.Load < NearlyFull || Enumerable.Range(1, options.Parts).All(number =>
                BudgetDiagnostics.Fits(AssemblyBudget.Of(ProgramCode.Build(PartCutter.Cut(placed, parts, number)), options.ClassName, options.Namespace))))
            {
                return (parts, null);
            }
        }
    }

    private static CompilationResult Emit(LoweredProgram whole, LoweredProgram part, CompilationOptions options)
    {
        LoweredProgram program = ProgramCode.Build(part);
        var budget = AssemblyBudget.Of(program, options.ClassName, options.Namespace);
        Diagnostic[] overBudget = BudgetDiagnostics.Check(whole, program, budget, options).ToArray();
        return overBudget.Length > 0
            ? new CompilationResult(ValueArray<EmittedFile>.Empty, overBudget.ToValueArray(), null, budget) { Over = BudgetDiagnostics.RamOver(whole, options) }
            : new CompilationResult(
                CSharpEmitter.Emit(program, budget, new EmitOptions(options.ClassName, options.Namespace, options.SourceName, options.Device)),
                ValueArray<Diagnostic>.Empty,
                program,
                budget);
    }

    private static CompilationResult Failed(IEnumerable<Diagnostic> diagnostics) =>
        new(ValueArray<EmittedFile>.Empty, diagnostics.ToValueArray(), null);

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
