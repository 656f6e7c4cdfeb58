using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
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
    /// <param name="space">The network and its plans.</param>
    /// <param name="options">Names, limits and the number of parts.</param>
    /// <param name="plans">Best first; null for the planner's.</param>
    public static (BuiltModel? Built, Refusal? Refused) Build(PlanSpace space, CompilationOptions options, IEnumerable<KernelPlan>? plans = null)
    {
        bool isLimited = options.Device != DeviceLimits.Desktop;
        options = options with { HearingRam = SoundBudget.Ram(space.Hearing) };
        var trial = new PlanTrial(space, options, options.Parts, options.Parts, isLimited);
        BuiltModel? built = plans is null
            ? PlanSearch.First(space, options.Goal, isLimited ? options.Parts : int.MaxValue, BudgetDiagnostics.MostRam(options), trial.Judge, options.ProgramRoomBytes)
            : plans.Select(plan => trial.Judge(plan).Taken).FirstOrDefault(taken => taken is not null);
        return (built, built is null ? trial.Lacking : null);
    }

    /// <summary>
    /// The model in the fewest parts that hold it: what a project builds that says nothing of parts, or has to say. Where MaxParts says how many there may
    /// be, in the fewest in which the best plan for so many keeps every limit. For its number of parts the same as <see cref="Build"/>. Null where there is no such number.
    /// </summary>
    /// <param name="space">The network and its plans.</param>
    /// <param name="options">Names, limits, and MaxParts; part and number of parts do not matter. For the desktop an assembly's limits count all the same.</param>
    public static BuiltModel? Fewest(PlanSpace space, CompilationOptions options) =>
        // What memory it lacks is then an error of its own.
        FewestKept(space, options) ?? FewestOfAnyMemory(space, options);

    /// <summary>The same of those that keep the device's memory too: what is built.</summary>
    /// <param name="space">The network and its plans.</param>
    /// <param name="options">As there.</param>
    public static BuiltModel? FewestKept(PlanSpace space, CompilationOptions options)
    {
        if (IsOnePart(space))
            return Build(space, options with { Part = 1, Parts = 1 }).Built;
        if (options.MostParts > 0)
            return Fewest(space, options, options.MostParts);
        // A device's limits are all kept by Build.
        BuiltModel? fewest = options.Device == DeviceLimits.Desktop ? null
            : Enumerable.Range(1, FewParts).Select(parts => Build(space, options with { Part = 1, Parts = parts }).Built).FirstOrDefault(built => built is not null);
        return fewest ?? Fewest(space, options, AssemblyLimits.Parts);
    }

    /// <summary>The same where memory does not matter: what a model is shown as that nothing builds.</summary>
    /// <param name="space">The network and its plans.</param>
    /// <param name="options">As there.</param>
    public static BuiltModel? FewestOfAnyMemory(PlanSpace space, CompilationOptions options) =>
        IsOnePart(space) || options.MostParts > 0 ? null : Fewest(space, options with { Device = DeviceLimits.Desktop, MaxRam = "" }, AssemblyLimits.Parts);

    // Beside the class that hears there is room for one part, and a stream runs in one.
    private static bool IsOnePart(PlanSpace space) => space.Hearing is { IsHere: true } || space.Network.Streaming is not null;

    private static BuiltModel? Fewest(PlanSpace space, CompilationOptions options, int most)
    {
        options = options with { HearingRam = SoundBudget.Ram(space.Hearing) };
        var trial = new PlanTrial(space, options, least: 1, most, isLimited: true);
        BuiltModel? built = PlanSearch.First(space, options.Goal, most, BudgetDiagnostics.MostRam(options), trial.Judge, options.ProgramRoomBytes);
        // With one number of parts only, plans are refused for other reasons, and those after them with them.
        for (int count = built?.Parts.Count ?? most + 1; count <= most; count++)
        {
            CompilationOptions cut = options with { Part = 1, Parts = count };
            if (Build(space, cut).Built is { } same)
                return same;
        }

        return null;
    }
}
