using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>Firmware compiled for the device against nanoFramework's mscorlib and, for packages that the feed lacks, our declarations in Reference/.</summary>
internal static class ReferencePackages
{
    private static readonly MetadataReference Mscorlib = GeneratedAssembly.Reference(ClassLibrary.NanoFramework);

    /// <summary>Names of the packages that Reference/ declares members of.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => TargetFiles.Find("..", "..", "tests", "Firmware.Tests", "Reference");

    /// <summary>Compiles a program and returns the names of the assemblies that it refers to; fails on a warning.</summary>
    public static string[] Compile(IEnumerable<EmittedFile> files)
    {
        byte[] image = Compile("Program", OutputKind.ConsoleApplication, files, [Mscorlib, .. Names.Select(Declare)]);
        using var file = new PEReader(new MemoryStream(image));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A package's assembly with nothing but our declarations.</summary>
    public static byte[] Image(string name) => Compile(
        name, OutputKind.DynamicallyLinkedLibrary, [new EmittedFile(name + ".cs", File.ReadAllText(Path.Combine(Folder, name + ".cs")))], [Mscorlib]);

    private static MetadataReference Declare(string name) => MetadataReference.CreateFromImage(Image(name));

    private static byte[] Compile(string name, OutputKind kind, IEnumerable<EmittedFile> files, IEnumerable<MetadataReference> references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.CSharp7_3), file.Name)),
            references,
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));
        return image.ToArray();
    }
}
