using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Compilation;

/// <summary>
/// Cuts a network under one plan and builds all of its parts. A plan is taken only where every part keeps every limit, so which part a
/// project asks for has no say in it.
/// </summary>
internal static class PartsBuilder
{
    /// <summary>IL bytes by which more is kept free where a part passes the limit.</summary>
    private const int MarginStep = 512;

    /// <summary>All parts, or why the plan cannot be taken.</summary>
    /// <param name="space">The network.</param>
    /// <param name="kernels">The plan.</param>
    /// <param name="options">Names, limits and the number of parts; which part is asked for does not matter.</param>
    /// <param name="isLimited">The limits of assemblies count.</param>
    public static (BuiltModel? Built, Refusal? Refused) Build(PlanSpace space, KernelPlan kernels, CompilationOptions options, bool isLimited)
    {
        ScheduledProgram scheduled = Pipeline.Schedule(space, kernels, options);
        return options.Parts == 1 ? Whole(space, Pipeline.Place(space, scheduled, null), options, isLimited) : Cut(space, scheduled, options, isLimited);
    }

    private static (BuiltModel? Built, Refusal? Refused) Whole(PlanSpace space, PlacedProgram placed, CompilationOptions options, bool isLimited)
    {
        // What lacks memory is not worth building, unless it is the plan whose mistakes are told.
        var built = new Lazy<BuiltModel>(() => BuiltModel.Of(space, placed, null, options));
        PartProgram whole = Pipeline.Whole(placed);
        if (isLimited && TooLong(whole, options) is { } array)
            return (null, array);
        if (isLimited && BudgetDiagnostics.RamOver(whole, options) is > 0 and int over)
            return (null, Refusal.Of(Limit.Memory, () => Mistakes(built.Value, options).Concat(BudgetDiagnostics.Ram(whole, options)), over));
        return !isLimited || Fits(built.Value.Parts[0], options) ? (built.Value, null) : (null, Refuse(built.Value, options));
    }

    // The cut goes by estimates of the code. Where a part turns out larger than estimated and passes the limit, so much more is kept free in
    // all of them.
    private static (BuiltModel? Built, Refusal? Refused) Cut(PlanSpace space, ScheduledProgram scheduled, CompilationOptions options, bool isLimited)
    {
        LayerSizes sizes = LayerSizing.Of(scheduled);
        for (int margin = 0; ;)
        {
            PartPlan? cut = Pipeline.Cut(scheduled, sizes, options, margin);
            if (cut is null)
                return (null, Refusal.Of(Limit.Code, () => [BudgetDiagnostics.TooManyParts(options)]));
            if (isLimited && !cut.Fits)
                return (null, Refusal.Of(Limit.Code, () => [BudgetDiagnostics.TooFewParts(scheduled, cut, options)]));
            PlacedProgram placed = Pipeline.Place(space, scheduled, cut);
            PartProgram whole = Pipeline.Whole(placed);
            if (isLimited && TooLong(whole, options) is { } array)
                return (null, array);
            if (isLimited && BudgetDiagnostics.RamOver(whole, options) is > 0 and int over)
                return (null, Refusal.Of(Limit.Memory, () => BudgetDiagnostics.Ram(whole, options), over));
            var built = BuiltModel.Of(space, placed, cut, options);
            if (!isLimited || built.Parts.All(part => Fits(part, options)))
                return (built, null);
            int excess = built.Parts.Max(part => IlOver(part, options));
            if (excess <= 0)
                return (null, Refuse(built, options));
            margin += (excess + MarginStep - 1) / MarginStep * MarginStep;
        }
    }

    private static bool Fits(BuiltPart part, CompilationOptions options) => BudgetDiagnostics.Fits(part.Budget) && IlOver(part, options) <= 0;

    // The last part is the one that a program calls, so it is the one that a program may be beside.
    private static int IlOver(BuiltPart part, CompilationOptions options) => part.Budget.DeviceIlBytes + (part.Program.Part.IsLast ? options.KeptRoom : 0) - AssemblyLimits.IlBytes;

    private static Refusal? TooLong(PartProgram whole, CompilationOptions options)
    {
        Diagnostic[] arrays = [.. BudgetDiagnostics.Arrays(ArrayCost.Of(whole), options.ClassName)];
        return arrays.Length == 0 ? null : Refusal.Of(Limit.Array, () => arrays.Concat(BudgetDiagnostics.Ram(whole, options)));
    }

    private static Refusal Refuse(BuiltModel built, CompilationOptions options)
    {
        int tables = built.Parts.Max(part => part.Budget.DataBytes) - AssemblyLimits.DataBytes, il = built.Parts.Max(part => IlOver(part, options));
        // Of several parts one being full says little of them all.
        return Refusal.Of(tables > 0 ? Limit.Tables : Limit.Code, () => Mistakes(built, options), built.Parts.Count > 1 ? 0 : Math.Max(0, tables > 0 ? tables : il));
    }

    private static IEnumerable<Diagnostic> Mistakes(BuiltModel built, CompilationOptions options) => built.Parts
        .SelectMany(part => BudgetDiagnostics.Overruns(part.Budget, part.Program.Part.Class, () => BudgetDiagnostics.SplitOrSmaller(built.Scheduled, options)))
        .Concat(BudgetDiagnostics.Room(built, options));
}
