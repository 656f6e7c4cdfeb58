using System.Diagnostics;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Memory;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;

namespace AdapterCompiler.Compilation;

/// <summary>
/// The passes from a plan to the code of every part, by name, in order; reading, proving, folding and choosing come before (<see cref="ModelInput"/>,
/// <see cref="PlanDriver"/>), printing after. Each is a function of what the ones before it returned; in debug builds <see cref="PassCheck"/> looks at
/// what each of them returns.
/// </summary>
internal static class Pipeline
{
    /// <summary>Steps in order of execution, names.</summary>
    public static ScheduledProgram Schedule(PlanSpace space, KernelPlan plan, CompilationOptions options) =>
        Checked(Scheduler.Of(space.Proofs, options.ClassName, plan, options.Parts), scheduled => PassCheck.Scheduled(scheduled));

    /// <summary>Where the program is cut; null where it has fewer channels than parts.</summary>
    /// <param name="scheduled">The program.</param>
    /// <param name="sizes">Of its code, as the planner measured them.</param>
    /// <param name="options">How many parts, and the room that the last of them leaves to the program.</param>
    /// <param name="margin">IL bytes that are kept free in every part.</param>
    public static PartPlan? Cut(ScheduledProgram scheduled, LayerSizes sizes, CompilationOptions options, int margin = 0) =>
        PartPlan.Find(scheduled, sizes, options.Parts, margin, options.KeptRoom);

    /// <summary>Codes, packed images and sums placed, which depends on the cut.</summary>
    public static PlacedProgram Place(PlanSpace space, ScheduledProgram scheduled, PartPlan? cut) =>
        Checked(Placement.Of(scheduled, cut is null ? null : cut.HoldsWhole, space.Shelf), placed => PassCheck.Placed(placed));

    /// <summary>All steps and tables as one class: what the parts take together.</summary>
    public static PartProgram Whole(PlacedProgram placed) => PartCutter.Whole(placed);

    /// <summary>Steps and tables of every part.</summary>
    public static ValueArray<PartProgram> Divide(PlacedProgram placed, PartPlan? cut, int parts) => Checked(
        Enumerable.Range(1, parts).Select(number => cut is null ? Whole(placed) : PartCutter.Cut(placed, cut, number)).ToValueArray(), divided => PassCheck.Divided(Whole(placed), divided));

    /// <summary>The methods of a part.</summary>
    public static CodedProgram Code(PlanSpace space, PartProgram part) => Checked(ProgramCode.Build(part, space.Shelf), coded => PassCheck.Coded(coded));

    /// <summary>What a part with its code takes of an assembly.</summary>
    public static AssemblyBudget Budget(CodedProgram coded, CompilationOptions options) => AssemblyBudget.Of(coded, options.Namespace);

    private static T Checked<T>(T result, System.Action<T> check)
    {
        Check(result, check);
        return result;
    }

    [Conditional("DEBUG")]
    private static void Check<T>(T result, System.Action<T> check) => check(result);
}
