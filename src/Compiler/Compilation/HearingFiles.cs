using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Planning;

namespace AdapterCompiler.Compilation;

/// <summary>The files of a model that hears, beside those of its network.</summary>
internal static class HearingFiles
{
    /// <summary>The class that hears, for a project of its own.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names and hop.</param>
    public static CompilationResult Alone(string text, CompilationOptions options)
    {
        (PlanSpace? space, ValueArray<Diagnostic> mistakes) = ModelInput.Read(text, options);
        if (space?.Hearing is not { } hearing)
            return new CompilationResult(ValueArray<EmittedFile>.Empty, mistakes, null);
        EmitOptions names = new(options.ClassName, options.Namespace, options.SourceName, options.Device);
        AssemblyBudget budget = SoundBudget.Of(hearing.Code, SoundFiles.ClassName(options.ClassName), options.Namespace);
        return new CompilationResult(
            SoundFiles.Hearing(hearing.Code, budget, names with { Mark = SoundFiles.MarkOf(hearing.Code, names) }), ValueArray<Diagnostic>.Empty, null, budget);
    }

    /// <summary>What the class that hears costs, for the last part of a model that does; null for other parts and models.</summary>
    /// <param name="built">All parts.</param>
    /// <param name="part">The one that is printed.</param>
    /// <param name="names">Of the model.</param>
    public static HearingCost? CostBeside(BuiltModel built, BuiltPart part, EmitOptions names)
    {
        if (!part.Program.Part.IsLast || built.Space.Hearing is not { } hearing)
            return null;
        string className = SoundFiles.ClassName(names.ClassName);
        return new HearingCost(hearing.Code.Hop, SoundCost.OfFrame(hearing.Code), className, SoundBudget.Of(hearing.Code, className, names.Namespace), hearing.IsHere);
    }

    /// <summary>What the last part of a model that hears has more; nothing for other parts and models.</summary>
    /// <param name="built">All parts.</param>
    /// <param name="part">The one that is printed.</param>
    /// <param name="names">Of the model.</param>
    public static IEnumerable<EmittedFile> Beside(BuiltModel built, BuiltPart part, EmitOptions names)
    {
        if (!part.Program.Part.IsLast || built.Space.Hearing is not { } hearing)
            return [];
        EmitOptions own = names with { Mark = "" };
        EmittedFile face = SoundFiles.Face(
            hearing.Code, built.Parts.Sum(each => ProgramCost.Of(each.Program).Of()), hearing.IsHere ? own : own with { Mark = SoundFiles.MarkOf(hearing.Code, own) });
        return hearing.IsHere
            ? SoundFiles.Hearing(hearing.Code, SoundBudget.Of(hearing.Code, SoundFiles.ClassName(names.ClassName), names.Namespace), own).Prepend(face)
            : [face];
    }
}
