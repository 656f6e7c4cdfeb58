using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>A model compiled: the C# that firmware would hold, and what it costs there.</summary>
/// <param name="Result">Files and program.</param>
/// <param name="Desktop">Compiled to run here.</param>
/// <param name="IlBytes">IL of all methods, compiled against nanoFramework's class library.</param>
/// <param name="FullName">Of the generated class.</param>
internal sealed record Deployment(CompilationResult Result, GeneratedAssembly Desktop, int IlBytes, string FullName)
{
    /// <summary>What was compiled.</summary>
    public LoweredProgram Program => Result.Program!;

    /// <summary>A copy of the running model with its own memory.</summary>
    public HostedModel Load() => HostedModel.Load(Desktop, FullName, Program.Names);

    /// <summary>Compiles a model file's text.</summary>
    /// <returns>The deployment, or one line per reason why there is none.</returns>
    public static (Deployment? Deployment, IReadOnlyList<string> Errors) Compile(string text, string fileName, string className, string device)
    {
        CompilationResult result = ModelCompiler.Compile(text, new CompilationOptions(className, "", fileName, ValueArray<string>.Empty, device));
        if (result.Program is null)
            return (null, [.. result.Diagnostics.Select(d => d.ToText(fileName))]);
        GeneratedAssembly forDevice = GeneratedAssembly.Compile(result.Files, ClassLibrary.NanoFramework);
        return (new Deployment(result, GeneratedAssembly.Compile(result.Files, ClassLibrary.Desktop), IlSize.Of(forDevice).IlBytes, className), []);
    }

    /// <summary>Writes the model file and the C#.</summary>
    public static void Write(string folder, string fileName, string text, IEnumerable<Emit.EmittedFile> files)
    {
        File.WriteAllText(Path.Combine(folder, fileName), text);
        foreach (Emit.EmittedFile file in files)
            File.WriteAllText(Path.Combine(folder, file.Name), file.Text);
    }
}
