using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdapterCompiler.Hosting;

/// <summary>Which class library generated code is compiled against.</summary>
public enum ClassLibrary
{
    /// <summary>The runtime of this process: the assembly can be loaded and run.</summary>
    Desktop,

    /// <summary>nanoFramework's mscorlib 1.17: the assembly that a device would get, up to its conversion. Metadata only, never loaded.</summary>
    NanoFramework,
}

/// <summary>Generated C# compiled in memory, as firmware would compile it: C# 7.3, optimised.</summary>
/// <param name="Library">What it was compiled against.</param>
/// <param name="Image">The assembly's bytes.</param>
public sealed record GeneratedAssembly(ClassLibrary Library, byte[] Image)
{
    private static readonly Dictionary<ClassLibrary, Lazy<MetadataReference>> References =
        Enum.GetValues<ClassLibrary>().ToDictionary(library => library, library => new Lazy<MetadataReference>(() => MetadataReference.CreateFromFile(LibraryPath(library))));

    /// <summary>Compiles files of one or several models into one assembly.</summary>
    /// <param name="files">As the emitter returned them.</param>
    /// <param name="library">Class library to compile against.</param>
    /// <param name="checkOverflow">Compile arithmetic as <c>checked</c>: a wrapped accumulator throws.</param>
    /// <param name="optimise">False for a Debug build.</param>
    /// <exception cref="InvalidOperationException">The text does not compile, or compiles with a warning: a defect of the emitter.</exception>
    public static GeneratedAssembly Compile(IEnumerable<EmittedFile> files, ClassLibrary library, bool checkOverflow = false, bool optimise = true) =>
        Compile("Generated", files, library, [], checkOverflow, optimise);

    /// <summary>Compiles the parts of a model, each an assembly that refers to the ones before it.</summary>
    /// <param name="parts">Files of each part, the first part first.</param>
    /// <param name="library">Class library to compile against.</param>
    /// <exception cref="InvalidOperationException">As above.</exception>
    public static IReadOnlyList<GeneratedAssembly> CompileParts(IEnumerable<IEnumerable<EmittedFile>> parts, ClassLibrary library)
    {
        var assemblies = new List<GeneratedAssembly>();
        foreach (IEnumerable<EmittedFile> files in parts)
            assemblies.Add(Compile(FormattableString.Invariant($"Generated.Part{assemblies.Count + 1}"), files, library, assemblies, checkOverflow: false, optimise: true));
        return assemblies;
    }

    private static GeneratedAssembly Compile(
        string name, IEnumerable<EmittedFile> files, ClassLibrary library, IEnumerable<GeneratedAssembly> references, bool checkOverflow, bool optimise)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp7_3);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, parsing, file.Name)),
            [Reference(library), .. references.Select(reference => MetadataReference.CreateFromImage(reference.Image))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimise ? OptimizationLevel.Release : OptimizationLevel.Debug, checkOverflow: checkOverflow, deterministic: true));

        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Microsoft.CodeAnalysis.Diagnostic[] problems = result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToArray();
        return problems.Length == 0
            ? new GeneratedAssembly(library, image.ToArray())
            : throw new InvalidOperationException("generated code does not compile cleanly: " + string.Join("; ", problems.Take(5).Select(p => p.ToString())));
    }

    /// <summary>The class library as compilations refer to it. One for the whole process: reading the runtime's takes longer than compiling a small model.</summary>
    public static MetadataReference Reference(ClassLibrary library) => References[library].Value;

    /// <summary>File of the class library.</summary>
    public static string LibraryPath(ClassLibrary library) => library == ClassLibrary.Desktop
        ? typeof(object).Assembly.Location
        : Path.Combine(AppContext.BaseDirectory, "reference", "nanoframework", "mscorlib.dll");
}
