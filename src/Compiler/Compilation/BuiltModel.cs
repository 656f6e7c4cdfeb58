using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Kernels;
using AdapterCompiler.Memory;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;

namespace AdapterCompiler.Compilation;

/// <summary>A model with one plan and one cut, and the code of every part of it.</summary>
/// <param name="Space">The network and all plans that it could have had.</param>
/// <param name="Whole">Before the cut, its images placed.</param>
/// <param name="Parts">In order; one where the model is not cut.</param>
internal sealed record BuiltModel(PlanSpace Space, LoweredProgram Whole, ValueArray<BuiltPart> Parts)
{
    /// <summary>Builds the code of every part.</summary>
    /// <param name="space">The network and its plans.</param>
    /// <param name="placed">The network, its images placed for this cut.</param>
    /// <param name="cut">Where it is cut; null where one class holds everything.</param>
    /// <param name="options">Names.</param>
    public static BuiltModel Of(PlanSpace space, LoweredProgram placed, PartPlan? cut, CompilationOptions options) => new(
        space,
        placed,
        Enumerable.Range(1, options.Parts)
            .Select(number => BuiltPart.Of(cut is null ? placed : PartCutter.Cut(placed, cut, number), options, space.Shelf))
            .ToValueArray());

    /// <summary>The network with its images placed, which depends on the cut.</summary>
    public static LoweredProgram Place(PlanSpace space, LoweredProgram whole, PartPlan? cut) => LanePlacement.Apply(whole, cut is null ? null : cut.HoldsWhole, space.Shelf);
}

/// <summary>A part with its code, and what that takes of an assembly.</summary>
internal sealed record BuiltPart(LoweredProgram Program, AssemblyBudget Budget)
{
    public static BuiltPart Of(LoweredProgram part, CompilationOptions options, CodeShelf shelf)
    {
        LoweredProgram program = ProgramCode.Build(part, shelf);
        return new BuiltPart(program, AssemblyBudget.Of(program, options.ClassName, options.Namespace));
    }
}
