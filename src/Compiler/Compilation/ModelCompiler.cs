using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Model;

namespace AdapterCompiler.Compilation;

/// <summary>The whole way from a model file's text to C#. Generator and command line both go through here, so they give the same bytes.</summary>
public static class ModelCompiler
{
    /// <summary>Compiles the part of a model that the options ask for. All parts are built and inside their limits before any is given out.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks, device, and what to optimize for.</param>
    public static CompilationResult Compile(string text, CompilationOptions options) => One(text, options, null);

    /// <summary>Compiles a part of a model with given kernels.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks and device.</param>
    /// <param name="plans">Plans for a network, best first; the first that keeps all limits is taken. Each kernel must suit its layer.</param>
    public static CompilationResult Compile(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>> plans) => One(text, options, plans);

    /// <summary>Compiles every part of a model, each as <see cref="Compile(string, CompilationOptions)"/> gives it.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">As there; which part they ask for does not matter.</param>
    public static ValueArray<CompilationResult> CompileParts(string text, CompilationOptions options) => All(text, options, null);

    /// <summary>Compiles every part of a model with given kernels.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks and device; which part they ask for does not matter.</param>
    /// <param name="plans">As for one part.</param>
    public static ValueArray<CompilationResult> CompileParts(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>> plans) => All(text, options, plans);

    /// <summary>
    /// Into how many parts to cut a model: the fewest in which its best plan keeps every limit of an assembly, or, where that takes more than
    /// may be, the best plan that does. 0 where none does. <see cref="CompileParts(string, CompilationOptions)"/> then compiles them.
    /// </summary>
    /// <param name="text">Text of a *.adapter file that compiles for the desktop.</param>
    /// <param name="options">Names, tasks, what to optimize for, and MaxParts (else a few where those do); part and device do not matter.</param>
    public static int PartsNeeded(string text, CompilationOptions options) =>
        ModelInput.Read(text, options).Network is { } network ? PlanDriver.PartsNeeded(network, options) : 0;

    private static CompilationResult One(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>>? plans)
    {
        (BuiltModel? built, ValueArray<Diagnostic> mistakes) = Build(text, options, plans);
        return built is null ? Failed(mistakes) : Emit(built.Parts[options.Part - 1], options);
    }

    // The mistakes of one part are those of all.
    private static ValueArray<CompilationResult> All(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>>? plans)
    {
        (BuiltModel? built, ValueArray<Diagnostic> mistakes) = Build(text, options with { Part = 1 }, plans);
        return built is null
            ? Enumerable.Range(0, Math.Max(1, options.Parts)).Select(_ => Failed(mistakes)).ToValueArray()
            : built.Parts.Select(part => Emit(part, options)).ToValueArray();
    }

    private static (BuiltModel? Built, ValueArray<Diagnostic> Mistakes) Build(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>>? plans)
    {
        (Network? network, ValueArray<Diagnostic> mistakes) = ModelInput.Read(text, options);
        if (network is null)
            return (null, mistakes);
        (BuiltModel? built, Refusal? refused) = PlanDriver.Build(network, options, plans?.Invoke(network));
        return (built, built is null ? refused!.Describe().ToValueArray() : mistakes);
    }

    private static CompilationResult Emit(BuiltPart part, CompilationOptions options) => new(
        CSharpEmitter.Emit(part.Program, part.Budget, new EmitOptions(options.ClassName, options.Namespace, options.SourceName, options.Device)),
        ValueArray<Diagnostic>.Empty,
        part.Program,
        part.Budget);

    private static CompilationResult Failed(ValueArray<Diagnostic> mistakes) => new(ValueArray<EmittedFile>.Empty, mistakes, null);
}
