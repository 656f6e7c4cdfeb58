using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AdapterCompiler.Tests.SelfTest;

/// <summary>C# 7.3 compiled for the desktop with its console, run here, its output captured. Test classes that use it are one collection, so that no two of them redirect the console at once.</summary>
internal static class ConsoleProgram
{
    /// <summary>Name of that collection.</summary>
    public const string Collection = "console programs";

    private static readonly MetadataReference[] Libraries =
        [GeneratedAssembly.Reference(ClassLibrary.Desktop), .. new[] { "System.Runtime.dll", "System.Console.dll" }.Select(name => MetadataReference.CreateFromFile(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name)))];

    /// <summary>Runs a static method without parameters and returns what it wrote, line by line.</summary>
    public static string[] Run(IEnumerable<EmittedFile> files, string type, string method = "Main", bool checkOverflow = false)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Program",
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.CSharp7_3), file.Name)),
            Libraries,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: checkOverflow));
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        MethodInfo entry = new AssemblyLoadContext("program", isCollectible: true).LoadFromStream(image).GetType(type, throwOnError: true)!.GetMethod(method)!;

        TextWriter output = Console.Out;
        using var captured = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(captured);
            entry.Invoke(null, null);
        }
        finally
        {
            Console.SetOut(output);
        }

        return captured.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
