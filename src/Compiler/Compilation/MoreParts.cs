using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Compilation;

/// <summary>
/// Says where more parts would make a model much faster. By the planner's figures, which are there already: nothing is built, and nothing but the plans
/// that pass the factor is placed in memory.
/// </summary>
internal static class MoreParts
{
    /// <summary>How many times faster more parts must be to be worth a word.</summary>
    private const int Factor = 3;

    /// <summary>Parts that are looked at where there is one; else twice as many as there are.</summary>
    private const int Least = 4;

    /// <summary>Plans of one number of parts that are placed in memory.</summary>
    private const int MostPlaced = 8;

    /// <summary>More than the factor slower.</summary>
    /// <param name="now">Weighted instructions as it is.</param>
    /// <param name="then">As it could be.</param>
    internal static bool IsSlow(long now, long then) => now > then * Factor;

    /// <summary>ADC049 for the first part of a model, if it deserves it.</summary>
    /// <param name="built">All of its parts.</param>
    /// <param name="options">As it was built.</param>
    public static IEnumerable<Diagnostic> Warnings(BuiltModel built, CompilationOptions options)
    {
        // Who gives the kernels has chosen; a stream is one assembly.
        bool isPlanned = built.Scheduled.Plan is MeasuredPlan;
        if (options.Device == DeviceLimits.Desktop || options.Part != 1 || options.Streams || !isPlanned)
            yield break;
        long now = built.Parts.Sum(part => ProgramCost.Of(part.Program).Of());
        for (int parts = options.Parts + 1; parts <= Math.Min(AssemblyLimits.Parts, Math.Max(Least, 2 * options.Parts)); parts++)
        {
            if (Weighted(built.Space, options with { Parts = parts }, now) is not { } then)
                continue;
            yield return DiagnosticCatalogue.SlowInFewParts.At(
                default, options.ClassName, Time(now, options), Wording.Count(options.Parts, "part"), Wording.Count(parts, "part"), Time(then, options), Wording.Number(parts),
                options.HearsHere ? " with Sound=\"apart\", since a model that is cut does not hold the class that hears" : "");
            yield break;
        }
    }

    // Of the best plan that fits so many parts, where that is fast enough; plans come fastest first, or the goal is another.
    private static long? Weighted(PlanSpace space, CompilationOptions options, long now)
    {
        int placed = 0;
        return PlanSearch.First(space, options.Goal, options.Parts, BudgetDiagnostics.MostRam(options), Judge, options.ProgramRoomBytes)?.Weighted;

        Verdict<MeasuredPlan> Judge(MeasuredPlan plan)
        {
            if (!IsSlow(now, plan.Weighted) || placed++ == MostPlaced)
                return default;
            ScheduledProgram scheduled = Pipeline.Schedule(space, plan, options);
            if (Pipeline.Cut(scheduled, plan.Sizes, options) is not { Fits: true } cut)
                return default;
            return BudgetDiagnostics.RamOver(Pipeline.Whole(Pipeline.Place(space, scheduled, cut)), options) is > 0 and int over
                ? new Verdict<MeasuredPlan>(null, new Overrun(Limit.Memory, over))
                : new Verdict<MeasuredPlan>(plan, null);
        }
    }

    private static string Time(long weighted, CompilationOptions options) =>
        PredictedTime.Of(weighted, DeviceProfiles.Find(options.Device))?.ToText() ?? CostText.Weighted(weighted) + " weighted instructions";
}
