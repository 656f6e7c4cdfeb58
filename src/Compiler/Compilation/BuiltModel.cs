using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Emit;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;

namespace AdapterCompiler.Compilation;

/// <summary>A model with one plan and one cut, and the code of every part of it.</summary>
/// <param name="Space">The network and all plans that it could have had.</param>
/// <param name="Scheduled">Before the cut.</param>
/// <param name="Parts">In order; one where the model is not cut.</param>
internal sealed record BuiltModel(PlanSpace Space, ScheduledProgram Scheduled, ValueArray<BuiltPart> Parts)
{
    /// <summary>Builds the code of every part.</summary>
    /// <param name="space">The network and its plans.</param>
    /// <param name="placed">The network, its images placed for this cut.</param>
    /// <param name="cut">Where it is cut; null where one class holds everything.</param>
    /// <param name="options">Names.</param>
    public static BuiltModel Of(PlanSpace space, PlacedProgram placed, PartPlan? cut, CompilationOptions options) => new(
        space,
        placed.Scheduled,
        Pipeline.Divide(placed, cut, options.Parts).Select(part => Pipeline.Code(space, part)).Select(coded => Part(space, coded, options)).ToValueArray());

    private static BuiltPart Part(PlanSpace space, CodedProgram coded, CompilationOptions options)
    {
        AssemblyBudget own = Pipeline.Budget(coded, options);
        return new BuiltPart(coded, own, coded.Part.IsLast && space.Hearing is { } hearing ? own.With(hearing, SoundFiles.ClassName(options.ClassName), options.Namespace) : own);
    }
}

/// <summary>A part with its code.</summary>
/// <param name="Program">The part.</param>
/// <param name="Own">What its class takes of an assembly.</param>
/// <param name="Budget">The same with what hears, as far as it is there.</param>
internal sealed record BuiltPart(CodedProgram Program, AssemblyBudget Own, AssemblyBudget Budget);
