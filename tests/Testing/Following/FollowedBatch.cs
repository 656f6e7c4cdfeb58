using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdapterCompiler.Testing.Following;

/// <summary>The text of generated classes compiled with <see cref="FollowedLanes"/> in place of long.</summary>
public sealed partial class FollowedBatch
{
    private static readonly MetadataReference[] References =
    [
        GeneratedAssembly.Reference(ClassLibrary.Desktop),
        MetadataReference.CreateFromFile(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll")),
        MetadataReference.CreateFromFile(typeof(FollowedLanes).Assembly.Location),
    ];

    private readonly Assembly assembly;

    /// <summary>Compiles all cases together.</summary>
    /// <exception cref="InvalidOperationException">The text does something with a long that the type does not offer.</exception>
    public FollowedBatch(IReadOnlyList<GeneratedCase> cases)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Followed",
            GeneratedBatch.Files(cases).Select(file => CSharpSyntaxTree.ParseText(Follow(file), new CSharpParseOptions(LanguageVersion.CSharp7_3), file.Name)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        Diagnostic[] errors = [.. compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new InvalidOperationException("generated code cannot be followed: " + string.Join("; ", errors.Take(5).Select(error => error.ToString())));
        image.Position = 0;
        assembly = new AssemblyLoadContext("followed", isCollectible: true).LoadFromStream(image);
    }

    /// <summary>The class of one case.</summary>
    public Type Type(GeneratedCase generated) => assembly.GetType(generated.Options.Namespace + "." + generated.Options.ClassName, throwOnError: true)!;

    private static string Follow(EmittedFile file)
    {
        string text = NewArray().Replace(file.Text, $"new {nameof(FollowedArena)}(${{length}})").Replace("long[]", nameof(FollowedArena), StringComparison.Ordinal);
        text = Optional().Replace(text, $"{nameof(FollowedLanes)} ${{name}} = null");
        return $"using {typeof(FollowedLanes).Namespace};\n" + Long().Replace(text, nameof(FollowedLanes));
    }

    [GeneratedRegex(@"new long\[(?<length>[^\]]*)\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NewArray();

    [GeneratedRegex(@"\blong (?<name>\w+) = 0(?=[,)])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Optional();

    [GeneratedRegex(@"\blong\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Long();
}
