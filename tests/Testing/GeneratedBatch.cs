using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Testing;

/// <summary>A random model compiled for a random subset of its tasks.</summary>
public sealed record GeneratedCase(int Seed, ModelArtifact Artifact, CompilationOptions Options, CompilationResult Result, Network Network)
{
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
        var options = new CompilationOptions("Model", FormattableString.Invariant($"Seed{seed}"), "random.adapter", tasks.ToValueArray(), DeviceLimits.Desktop);
        string text = ModelWriter.Write(artifact);
        CompilationResult result = planner is null ? ModelCompiler.Compile(text, options) : ModelCompiler.Compile(text, options, network => [planner(network)]);
        if (result.Program is null)
            throw new InvalidOperationException(FormattableString.Invariant($"seed {seed}: ") + string.Join("; ", result.Diagnostics.Select(d => d.ToText("random.adapter"))));
        return new GeneratedCase(seed, artifact, options, result, result.Program.Network);
    }

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
