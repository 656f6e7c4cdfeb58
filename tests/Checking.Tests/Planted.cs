using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Checking;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdapterCompiler.Tests;

/// <summary>C# compiled in memory as firmware would be, with whatever mistake a test plants in it.</summary>
internal static class Planted
{
    public static readonly string ClassLibrary = GeneratedAssembly.LibraryPath(Hosting.ClassLibrary.NanoFramework);

    /// <summary>Compiles a whole file against nanoFramework's class library, or the one given, and further images.</summary>
    public static byte[] Compile(string source, string? library = null, string name = "Planted", params byte[][] references)
    {
        // The SDK's default for the device; one test needs the unsigned shift of a later language.
        LanguageVersion language = source.Contains(">>>", StringComparison.Ordinal) ? LanguageVersion.CSharp13 : LanguageVersion.CSharp7_3;
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(language))],
            [library is null ? GeneratedAssembly.Reference(Hosting.ClassLibrary.NanoFramework) : MetadataReference.CreateFromFile(library), .. references.Select(image => MetadataReference.CreateFromImage(image))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true));
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        return result.Success ? image.ToArray() : throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
    }

    /// <summary>The members of <c>static class Planted</c>.</summary>
    public static byte[] Class(string members) => Compile("public static unsafe class Planted\n{\n" + members + "\n}");

    public static CheckReport Check(byte[] image, CheckOptions? options = null) => AssemblyCheck.Run(image, "app.dll", options ?? new CheckOptions());

    /// <summary>Checks members of <c>static class Planted</c>.</summary>
    public static CheckReport Check(string members, CheckOptions? options = null) => Check(Class(members), options);

    public static CheckOptions NoAllocation(params string[] methods) => new() { NoAllocation = methods.ToValueArray() };

    public static string Repeat(int count, Func<int, string> text, string separator = " ") => string.Join(separator, Enumerable.Range(0, count).Select(text));

    public static IEnumerable<string> Ids(this CheckReport report) => report.Findings.Select(finding => finding.Rule.Id);
}
