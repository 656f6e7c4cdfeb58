using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Compilation;

/// <summary>
/// Finds the plan and the cut of a model, and builds all of its parts: a function of network, settings and number of parts alone. All who
/// ask what a model becomes go through here, so generator, command line, reports and scaffold speak of one program.
/// </summary>
internal static class PlanDriver
{
    /// <summary>Parts that are tried one number after the other where nobody says how many may be.</summary>
    private const int FewParts = 8;

    /// <summary>The model in as many parts as the options say, under the first of the plans with which every part keeps every limit.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="options">Names, limits and the number of parts.</param>
    /// <param name="plans">Best first; null for the planner's.</param>
    public static (BuiltModel? Built, Refusal? Refused) Build(Network network, CompilationOptions options, IEnumerable<KernelPlan>? plans = null)
    {
        bool isLimited = options.Device != DeviceLimits.Desktop;
        var limits = new PlanLimits(BudgetDiagnostics.MostRam(options));
        plans ??= KernelPlanner.Plans(network, options.Goal, isLimited ? options.Parts : int.MaxValue, limits);
        return First(network, options, plans, limits, options.Parts, options.Parts, isLimited);
    }

    /// <summary>
    /// The model in the fewest parts that hold it: what a project builds that says nothing of parts, or has to say. Where MaxParts says how many there may
    /// be, in the fewest in which the best plan for so many keeps every limit. For its number of parts the same as <see cref="Build"/>. Null where there is no such number.
    /// </summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="options">Names, limits, and MaxParts; part and number of parts do not matter. For the desktop an assembly's limits count all the same.</param>
    public static BuiltModel? Fewest(Network network, CompilationOptions options)
    {
        if (options.MostParts > 0)
            return Fewest(network, options, options.MostParts);
        // A device's limits are all kept by Build.
        BuiltModel? fewest = options.Device == DeviceLimits.Desktop ? null
            : Enumerable.Range(1, FewParts).Select(parts => Build(network, options with { Part = 1, Parts = parts }).Built).FirstOrDefault(built => built is not null);
        return fewest
            ?? Fewest(network, options, AssemblyLimits.Parts)
            // What memory it lacks is then an error of its own.
            ?? Fewest(network, options with { Device = DeviceLimits.Desktop, MaxRam = "" }, AssemblyLimits.Parts);
    }

    private static BuiltModel? Fewest(Network network, CompilationOptions options, int most)
    {
        var limits = new PlanLimits(BudgetDiagnostics.MostRam(options));
        (BuiltModel? built, _) = First(network, options, KernelPlanner.Plans(network, options.Goal, most, limits), limits, 1, most, isLimited: true);
        // With one number of parts only, plans are refused for other reasons, and those after them with them.
        for (int count = built?.Parts.Count ?? most + 1; count <= most; count++)
        {
            CompilationOptions cut = options with { Part = 1, Parts = count };
            if (Build(network, cut).Built is { } same)
                return same;
        }

        return null;
    }

    private static (BuiltModel? Built, Refusal? Refused) First(
        Network network, CompilationOptions options, IEnumerable<KernelPlan> plans, PlanLimits limits, int least, int most, bool isLimited)
    {
        Refusal? lacking = null;
        foreach (KernelPlan plan in plans)
        {
            Refusal? refused = null;
            foreach (int count in Counts(network, options, plan, least, most))
            {
                (BuiltModel? built, refused) = PartsBuilder.Build(network, plan, options with { Part = 1, Parts = count }, isLimited);
                if (built is not null)
                    return (built, null);
                // More parts bring no memory, and no shorter arrays.
                if (refused!.Limit is Limit.Memory or Limit.Array)
                    break;
            }

            refused!.Narrow(limits, plan);
            // Where nothing fits, what the smallest plan lacks is said; plans come with the smallest first, or with it at last.
            if (lacking is null || options.Goal != Optimize.Size)
                lacking = refused;
        }

        return (null, lacking);
    }

    // Numbers of parts that are worth building, least first, and one at least, to say what the plan lacks.
    private static IEnumerable<int> Counts(Network network, CompilationOptions options, KernelPlan plan, int least, int most)
    {
        if (least == 1 && (most == 1 || plan.IlBytes <= AssemblyLimits.IlBytes))
            yield return 1;
        if (most == 1)
            yield break;
        int smallest = least == most ? most : PartPlan.Smallest(Lowerer.Lower(network, options.ClassName, plan), most);
        for (int count = smallest == 0 ? most : smallest; count <= most; count++)
            yield return count;
    }
}
