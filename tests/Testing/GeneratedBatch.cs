using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Testing;

/// <summary>A random model compiled for a random subset of its tasks.</summary>
/// <param name="Seed">Of the model and its inputs.</param>
/// <param name="Artifact">The model.</param>
/// <param name="Options">Names and tasks.</param>
/// <param name="Result">The compilation.</param>
/// <param name="Network">What was lowered: without the channels that do no work.</param>
public sealed record GeneratedCase(int Seed, ModelArtifact Artifact, CompilationOptions Options, CompilationResult Result, Network Network)
{
    /// <summary>The network with every channel that its gates leave open and that something reads: the logits' oracle.</summary>
    public Network Whole => NetworkBuilder.Build(Artifact, Options.Tasks);

    /// <summary>Model, subset and names follow from the seed.</summary>
    public static GeneratedCase Create(int seed)
    {
        ModelArtifact artifact = RandomArtifacts.Create(seed);
        var random = new Random(seed);
        string[] tasks = random.Next(2) == 0 ? [] : [.. artifact.Tasks.Select(task => task.Name).Where((_, k) => k == 0 || random.Next(2) == 0)];
        return Create(seed, artifact, tasks);
    }

    /// <summary>A given model and subset (empty = all).</summary>
    public static GeneratedCase Create(int seed, ModelArtifact artifact, params string[] tasks) => Create(seed, artifact, null, tasks);

    /// <summary>With kernels chosen by the test; null for the planner's.</summary>
    public static GeneratedCase Create(int seed, ModelArtifact artifact, Func<Network, KernelPlan>? planner, params string[] tasks)
    {
        CompilationOptions options = OptionsOf(seed, tasks);
        string text = ModelWriter.Write(artifact);
        return Of(seed, artifact, options, planner is null ? ModelCompiler.Compile(text, options) : ModelCompiler.Compile(text, options, network => [planner(network)]));
    }

    /// <summary>With the channels that do no work too.</summary>
    public static GeneratedCase CreateWhole(int seed, ModelArtifact artifact, Func<Network, KernelPlan> planner)
    {
        CompilationOptions options = OptionsOf(seed, []);
        return Of(seed, artifact, options, ModelCompiler.Compile(ModelWriter.Write(artifact), options, network => [planner(network)], keepsIdle: true));
    }

    private static CompilationOptions OptionsOf(int seed, string[] tasks) =>
        new("Model", FormattableString.Invariant($"Seed{seed}"), "random.adapter", tasks.ToValueArray(), DeviceLimits.Desktop);

    private static GeneratedCase Of(int seed, ModelArtifact artifact, CompilationOptions options, CompilationResult result) => result.Program is { } program
        ? new GeneratedCase(seed, artifact, options, result, program.Network)
        : throw new InvalidOperationException(FormattableString.Invariant($"seed {seed}: ") + string.Join("; ", result.Diagnostics.Select(d => d.ToText("random.adapter"))));

    /// <summary>The same model with other kernels.</summary>
    public GeneratedCase With(Func<Network, KernelPlan> planner) => Create(Seed, Artifact, planner, [.. Options.Tasks]);
}

/// <summary>Many generated classes compiled into one assembly: Roslyn's start-up is paid once.</summary>
public sealed class GeneratedBatch
{
    private readonly Assembly assembly;

    /// <summary>Compiles all cases together.</summary>
    public GeneratedBatch(IReadOnlyList<GeneratedCase> cases, bool checkOverflow = false)
    {
        Compiled = GeneratedAssembly.Compile(Files(cases), ClassLibrary.Desktop, checkOverflow);
        assembly = HostedModel.LoadAssembly(Compiled);
    }

    /// <summary>The assembly's image.</summary>
    public GeneratedAssembly Compiled { get; }

    /// <summary>The same text against the device's class library.</summary>
    public static GeneratedAssembly ForDevice(IReadOnlyList<GeneratedCase> cases) => GeneratedAssembly.Compile(Files(cases), ClassLibrary.NanoFramework);

    /// <summary>The runnable class of one case.</summary>
    public HostedModel Model(GeneratedCase generated) => HostedModel.Load(assembly, FullName(generated), generated.Result.Program!.Names);

    /// <summary>Its type, for tests that look inside.</summary>
    public Type Type(GeneratedCase generated) => assembly.GetType(FullName(generated), throwOnError: true)!;

    private static string FullName(GeneratedCase generated) => generated.Options.Namespace + "." + generated.Options.ClassName;

    /// <summary>Text of all cases.</summary>
    internal static IEnumerable<Emit.EmittedFile> Files(IReadOnlyList<GeneratedCase> cases) =>
        cases.SelectMany(c => c.Result.Files.Select(file => file with { Name = c.Options.Namespace + "." + file.Name }));
}
