using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>A model compiled: the C# that firmware would hold, in one part or several, and what it costs there.</summary>
/// <param name="Options">Of every part; the class has no namespace.</param>
/// <param name="Parts">Files and program of each part, the first part first.</param>
/// <param name="Desktop">Each part compiled to run here.</param>
/// <param name="IlOfParts">IL of all methods of each part, compiled against nanoFramework's class library.</param>
internal sealed record Deployment(CompilationOptions Options, IReadOnlyList<CompilationResult> Parts, IReadOnlyList<GeneratedAssembly> Desktop, IReadOnlyList<int> IlOfParts)
{
    /// <summary>IL of all parts.</summary>
    public int IlBytes => IlOfParts.Sum();

    /// <summary>RAM of all parts.</summary>
    public int RamBytes => Parts.Sum(part => part.Program!.RamBytes);

    /// <summary>A copy of the running model with its own memory.</summary>
    public HostedModel Load() => HostedModel.LoadParts(Desktop, Options.ClassName, Parts[^1].Program!.Names);

    /// <summary>Compiles a model file's text, cut into as many parts as it needs.</summary>
    /// <param name="text">Of the file.</param>
    /// <param name="fileName">Its name, for header and messages.</param>
    /// <param name="className">The class that firmware calls.</param>
    /// <param name="device">Whose limits count.</param>
    /// <param name="budget">What it may cost besides; null for nothing but the limits.</param>
    /// <returns>The deployment, or one line per reason why there is none.</returns>
    public static (Deployment? Deployment, IReadOnlyList<string> Errors) Compile(string text, string fileName, string className, string device, DeviceBudget? budget = null)
    {
        (CompilationOptions options, ValueArray<CompilationResult> parts) =
            (budget ?? DeviceBudget.None).Compile(text, new CompilationOptions(className, "", fileName, ValueArray<string>.Empty, device));
        return Build(options, parts);
    }

    /// <summary>Compiles the text again that has other accuracies only: into as many parts as before, of which nothing changes but the comments on top.</summary>
    /// <returns>As above.</returns>
    public (Deployment? Deployment, IReadOnlyList<string> Errors) With(string text)
    {
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(text, Options with { Parts = Parts.Count });
        return parts.SelectMany(Code).SequenceEqual(Parts.SelectMany(Code), StringComparer.Ordinal) ? (this with { Parts = parts }, []) : Build(Options, parts);
    }

    /// <summary>What was written and what it takes: "ToyModel.g.cs      IL 1,234 bytes, RAM 567 bytes, …".</summary>
    public string Describe()
    {
        string model = Options.ClassName;
        string files = Parts.Count == 1 ? $"{model}.g.cs    " : $"{Parts.Count} parts, {PartIdentity.ClassName(model, 1, Parts.Count)}.g.cs to {model}.g.cs, a project each ('adapterc scaffold' writes them)";
        string il = string.Join(" + ", IlOfParts.Select(bytes => TextTable.Number(bytes)));
        return $"{files}  IL {il} bytes, RAM {TextTable.Number(RamBytes)} bytes, {(Parts.Count == 1 ? "builds" : "build")} against nanoFramework mscorlib 1.17";
    }

    /// <summary>Writes the C# of every part.</summary>
    public void Write(string folder)
    {
        foreach (EmittedFile file in Parts.SelectMany(part => part.Files))
            WholeFile.Write(Path.Combine(folder, file.Name), file.Text);
    }

    // What the C# compiler reads of a part's files.
    private static IEnumerable<string> Code(CompilationResult part) => part.Files.SelectMany(file => file.Text.Split('\n').SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal)));

    private static (Deployment? Deployment, IReadOnlyList<string> Errors) Build(CompilationOptions options, ValueArray<CompilationResult> parts)
    {
        if (parts.FirstOrDefault(part => part.Program is null) is { } failed)
            return (null, [.. failed.Diagnostics.Select(d => d.ToText(options.SourceName))]);
        try
        {
            IReadOnlyList<GeneratedAssembly> device = Assemblies(parts, ClassLibrary.NanoFramework);
            return (new Deployment(options, parts, Assemblies(parts, ClassLibrary.Desktop), [.. device.Select(assembly => IlSize.Of(assembly).IlBytes)]), []);
        }
        catch (InvalidOperationException exception)
        {
            return (null, [$"{exception.Message}. This is a defect of AdapterCompiler; please report it with {options.SourceName}."]);
        }
    }

    private static IReadOnlyList<GeneratedAssembly> Assemblies(ValueArray<CompilationResult> parts, ClassLibrary library) =>
        GeneratedAssembly.CompileParts(parts.Select(part => part.Files), library);
}
