using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdapterCompiler.Cli.NanoClr;

/// <summary>A console program compiled for the device, on disk.</summary>
internal static class DeviceProgram
{
    /// <summary>nanoFramework's class library, converted.</summary>
    public static string MscorlibPe => Path.Combine(AppContext.BaseDirectory, "reference", "nanoframework", "mscorlib.pe");

    /// <summary>Compiles C# 7.3 with an entry point against nanoFramework's mscorlib.</summary>
    /// <exception cref="InvalidOperationException">The text does not compile: a defect of an emitter.</exception>
    public static void Compile(IEnumerable<EmittedFile> files, string output)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(output),
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.CSharp7_3), file.Name)),
            [GeneratedAssembly.Reference(ClassLibrary.NanoFramework)],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        using FileStream image = File.Create(output);
        Microsoft.CodeAnalysis.Diagnostic? problem = compilation.Emit(image).Diagnostics.FirstOrDefault(d => d.Severity >= DiagnosticSeverity.Warning);
        if (problem is not null)
            throw new InvalidOperationException("the self-test does not compile cleanly: " + problem);
    }
}
