using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Model;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

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
    /// <param name="keepsIdle">Channels that do no work are computed too: for tests that drive kernels to their limits.</param>
    public static CompilationResult Compile(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>> plans, bool keepsIdle = false) =>
        One(text, options, plans, keepsIdle);

    /// <summary>Compiles every part of a model, each as <see cref="Compile(string, CompilationOptions)"/> gives it.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">As there; which part they ask for does not matter.</param>
    public static ValueArray<CompilationResult> CompileParts(string text, CompilationOptions options) => All(text, options, null);

    /// <summary>Compiles every part of a model with given kernels.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">Names, tasks and device; which part they ask for does not matter.</param>
    /// <param name="plans">As for one part.</param>
    public static ValueArray<CompilationResult> CompileParts(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>> plans) => All(text, options, plans);

    /// <summary>Compiles a model in as few parts as <see cref="PartsNeeded"/> says, each as <see cref="CompileParts(string, CompilationOptions)"/> gives it.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">As there; where no number of parts fits, the mistakes are those of one part.</param>
    public static ValueArray<CompilationResult> CompileFitting(string text, CompilationOptions options) => All(options, () =>
    {
        (PlanSpace? space, ValueArray<Diagnostic> mistakes) = ModelInput.Read(text, options with { Part = 1, Parts = 1 });
        if (space is null)
            return (null, mistakes);
        CompilationOptions cut = options with { Part = 1, Parts = PlanDriver.Fewest(space, options)?.Parts.Count ?? 1 };
        return Built(PlanDriver.Build(space, cut));
    });

    /// <summary>Compiles a model in each of several numbers of parts, each as <see cref="CompileParts(string, CompilationOptions)"/> gives it; kernels are measured once.</summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">As there; part and number of parts do not matter.</param>
    /// <param name="counts">Numbers of parts.</param>
    public static IEnumerable<ValueArray<CompilationResult>> CompileEach(string text, CompilationOptions options, IEnumerable<int> counts)
    {
        var input = ModelInput.Read(text, options with { Part = 1, Parts = 1 });
        return counts.Select(count => CompileParts(input, options with { Part = 1, Parts = count }));
    }

    /// <summary>
    /// A model as a report shows it: in as few parts as its limits allow, or, where nothing keeps them, as it would be without. Read, and its kernels measured, once.
    /// </summary>
    /// <param name="text">Text of a *.adapter file.</param>
    /// <param name="options">With the limits; part and number of parts do not matter.</param>
    /// <param name="unlimited">The same without.</param>
    /// <returns>Every part in order, or the mistakes in each of them; and whether the limits are kept.</returns>
    public static (ValueArray<CompilationResult> Parts, bool IsBuilt) CompileShown(string text, CompilationOptions options, CompilationOptions unlimited)
    {
        bool isBuilt = false;
        ValueArray<CompilationResult> parts = All(unlimited with { Parts = 1 }, () =>
        {
            var input = ModelInput.Read(text, unlimited with { Part = 1, Parts = 1 });
            // The class that hears has limits too, and is settled when the model is read.
            PlanSpace? space = options.Hears && input.Space is not null ? ModelInput.Read(text, options with { Part = 1, Parts = 1 }).Space : input.Space;
            bool isDesktop = options.Device == DeviceLimits.Desktop;
            BuiltModel? built = space is null ? null : isDesktop ? PlanDriver.Build(space, options with { Part = 1, Parts = 1 }).Built : PlanDriver.FewestKept(space, options);
            isBuilt = built is not null;
            if (built is not null)
                return (built, ValueArray<Diagnostic>.Empty);
            if (input.Space is null)
                return (null, input.Mistakes);
            int count = isDesktop || space is null ? 1 : PlanDriver.FewestOfAnyMemory(space, options)?.Parts.Count ?? 1;
            return Built(PlanDriver.Build(input.Space, unlimited with { Part = 1, Parts = count }));
        }, warns: false);
        return (parts, isBuilt);
    }

    /// <summary>What is wrong with settings, whatever the model: all that a command line or a project can be told before a file is read.</summary>
    /// <param name="options">As written.</param>
    public static ValueArray<Diagnostic> MistakesOf(CompilationOptions options) => SettingsCheck.Of(options).ToValueArray();

    /// <summary>
    /// Into how many parts to cut a model: the fewest in which its best plan keeps every limit of an assembly, or, where that takes more than
    /// may be, the best plan that does. 0 where none does.
    /// </summary>
    /// <param name="text">Text of a *.adapter file that compiles for the desktop.</param>
    /// <param name="options">Names, tasks, what to optimize for, and MaxParts (else a few where those do); part and number of parts do not matter.</param>
    public static int PartsNeeded(string text, CompilationOptions options) =>
        ModelInput.Read(text, options with { Part = 1, Parts = 1 }).Space is { } space ? PlanDriver.Fewest(space, options)?.Parts.Count ?? 0 : 0;

    /// <summary>ADC009: an exception as an error that names the model and asks for a report. A generator that throws is only a warning, CS8785.</summary>
    /// <param name="options">Of the model.</param>
    /// <param name="exception">What was thrown.</param>
    public static Diagnostic Fault(CompilationOptions options, Exception exception) => DiagnosticCatalogue.CompilerFault.At(
        new TextPosition(1, 1, 1), options.SourceName, exception.GetType().Name + ": " + exception.Message.Replace('\r', ' ').Replace('\n', ' '));

    private static CompilationResult One(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>>? plans, bool keepsIdle = false) => Guarded(options, () =>
    {
        if (options.IsSoundPart)
            return HearingFiles.Alone(text, options);
        (BuiltModel? built, ValueArray<Diagnostic> mistakes) = Build(text, options, plans, keepsIdle);
        return built is null ? Failed(mistakes) : Emit(built, built.Parts[options.Part - 1], Names(built, options)) with { Warnings = Warnings(built, options) };
    });

    private static ValueArray<CompilationResult> All(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>>? plans) =>
        All(options, () => Build(text, options with { Part = 1 }, plans));

    /// <summary>Compiles every part of a model that has been read: for whoever asks for several cuts, the kernels are measured once.</summary>
    internal static ValueArray<CompilationResult> CompileParts(ModelInput input, CompilationOptions options) =>
        All(options, () => input.Space is null ? (null, input.Mistakes) : Built(PlanDriver.Build(input.Space, options)));

    // The mistakes of one part are those of all.
    private static ValueArray<CompilationResult> All(CompilationOptions options, Func<(BuiltModel? Built, ValueArray<Diagnostic> Mistakes)> build, bool warns = true)
    {
        var results = new List<CompilationResult>();
        CompilationResult failed = Guarded(options, () =>
        {
            (BuiltModel? built, ValueArray<Diagnostic> mistakes) = build();
            if (built is not null)
            {
                EmitOptions names = Names(built, options);
                results.AddRange(built.Parts.Select(part => Emit(built, part, names)));
                if (warns)
                    results[0] = results[0] with { Warnings = Warnings(built, options with { Part = 1 }) };
            }

            return Failed(mistakes);
        });
        return failed.Diagnostics.Count == 0 ? results.ToValueArray() : Enumerable.Repeat(failed, Math.Max(1, options.Parts)).ToValueArray();
    }

    private static (BuiltModel? Built, ValueArray<Diagnostic> Mistakes) Build(string text, CompilationOptions options, Func<Network, IEnumerable<KernelPlan>>? plans, bool keepsIdle = false)
    {
        (PlanSpace? space, ValueArray<Diagnostic> mistakes) = ModelInput.Read(text, options, keepsIdle);
        return space is null ? (null, mistakes) : Built(PlanDriver.Build(space, options, plans?.Invoke(space.Network)));
    }

    private static (BuiltModel? Built, ValueArray<Diagnostic> Mistakes) Built((BuiltModel? Built, Refusal? Refused) result) =>
        (result.Built, result.Built is null ? result.Refused!.Describe().ToValueArray() : ValueArray<Diagnostic>.Empty);

    // A valid model must compile or be refused with reasons. Whatever is thrown all the same is our mistake, and said to be.
    private static CompilationResult Guarded(CompilationOptions options, Func<CompilationResult> compile)
    {
        try
        {
            return compile();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(ValueArray.Of(Fault(options, e)));
        }
    }

    private static EmitOptions Names(BuiltModel built, CompilationOptions options)
    {
        var names = new EmitOptions(options.ClassName, options.Namespace, options.SourceName, options.Device);
        return names with { Mark = CSharpEmitter.MarkOf([.. built.Parts.Select(part => part.Program)], names) };
    }

    private static CompilationResult Emit(BuiltModel built, BuiltPart part, EmitOptions names)
    {
        ValueArray<EmittedFile> files = CSharpEmitter.Emit(part.Program, part.Own, names).Concat(HearingFiles.Beside(built, part, names)).ToValueArray();
        return new CompilationResult(files, ValueArray<Diagnostic>.Empty, part.Program, part.Budget) { Hearing = HearingFiles.CostBeside(built, part, names) };
    }

    // Once for a model: in its first part.
    private static ValueArray<Diagnostic> Warnings(BuiltModel built, CompilationOptions options) => MoreParts.Warnings(built, options with { Parts = built.Parts.Count }).ToValueArray();

    private static CompilationResult Failed(ValueArray<Diagnostic> mistakes) => new(ValueArray<EmittedFile>.Empty, mistakes, null);
}
