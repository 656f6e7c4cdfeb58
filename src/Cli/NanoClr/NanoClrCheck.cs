using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.SelfTest;

namespace AdapterCompiler.Cli.NanoClr;

/// <summary>
/// <c>adapterc check --nanoclr</c>: a model's self-test on nanoFramework's own interpreter. The vectors come from the compiler's
/// interpreter, so what passes here computes the same integers on both.
/// </summary>
internal sealed class NanoClrCheck
{
    /// <summary>The virtual device: file, folder or bare name.</summary>
    public required string NanoClr { get; init; }

    /// <summary>The metadata processor: file or folder; null looks beside the virtual device.</summary>
    public string? MetadataProcessorPath { get; init; }

    /// <summary>How long the self-test may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where the differing vectors and the total go.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Where problems go.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>Converts and runs the self-test; prints its lines, or what is missing or wrong.</summary>
    /// <returns>0 = every vector equal; 1 = anything else.</returns>
    public async Task<int> Run(string path, CompilationOptions options)
    {
        if (ModelFile.Load(path) is not { } model || model.Compile(options) is not { } result)
            return 1;
        if (VirtualDevice.Find(NanoClr) is not { } device)
            return Missing($"the virtual device is not at '{NanoClr}'.", VirtualDevice.Remedy);
        string place = MetadataProcessorPath ?? Path.GetDirectoryName(device)!;
        if (MetadataProcessor.Find(place) is not { } processor)
            return Missing($"nanoFramework's metadata processor is not at '{place}'.", MetadataProcessor.Remedy);

        string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
        try
        {
            return await Run(result, options, device, processor, folder).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<int> Run(CompilationResult result, CompilationOptions options, string device, string processor, string folder)
    {
        string assembly = Path.Combine(folder, "SelfTest.exe"), program = Path.Combine(folder, "SelfTest.pe");
        EmittedFile selfTest = SelfTestEmitter.Emit(result.Program!, new EmitOptions(options.ClassName, options.Namespace, options.SourceName));
        DeviceProgram.Compile([.. result.Files, selfTest], assembly);

        string mscorlib = Hosting.GeneratedAssembly.LibraryPath(Hosting.ClassLibrary.NanoFramework);
        if (await MetadataProcessor.Convert(processor, assembly, mscorlib, program).ConfigureAwait(false) is { } problem)
            return Failed(problem, []);
        ToolRun run = await VirtualDevice.Run(device, DeviceProgram.MscorlibPe, program, Limit).ConfigureAwait(false);
        return Judge(run);
    }

    private int Judge(ToolRun run)
    {
        string[] said = [.. run.Lines.Where(line => line.StartsWith("PASS ", StringComparison.Ordinal) || line.StartsWith("FAIL ", StringComparison.Ordinal) || line.StartsWith("self-test: ", StringComparison.Ordinal))];
        foreach (string line in said.Where(line => !line.StartsWith("PASS ", StringComparison.Ordinal)))
            Output.WriteLine("nanoclr: " + line);
        if (run.Problem is not null)
            return Failed(run.Problem, run.Lines);
        if (VirtualDevice.Failure(run.Lines) is { } failure)
            return Failed("the interpreter reports: " + failure.Trim(), run.Lines);
        if (run.ExitCode != 0)
            return Failed(FormattableString.Invariant($"the virtual device ended with exit code {run.ExitCode}"), run.Lines);

        int passed = said.Count(line => line.StartsWith("PASS ", StringComparison.Ordinal));
        string whole = FormattableString.Invariant($"self-test: {SelfTestEmitter.Vectors} of {SelfTestEmitter.Vectors} vectors equal");
        if (passed == SelfTestEmitter.Vectors && said.Any(line => line.StartsWith(whole, StringComparison.Ordinal)))
            return 0;
        return said.Any(line => line.StartsWith("FAIL ", StringComparison.Ordinal))
            ? Failed(FormattableString.Invariant($"{passed} of {SelfTestEmitter.Vectors} vectors are equal: nanoFramework's interpreter computes otherwise. Please report it with the model file"), [])
            : Failed("the self-test did not run to its end", run.Lines);
    }

    private int Failed(string problem, IReadOnlyList<string> lines)
    {
        Error.WriteLine("adapterc: " + problem + (problem.EndsWith('.') ? "" : "."));
        foreach (string line in lines.Where(line => line.Length > 0).TakeLast(10))
            Error.WriteLine("  | " + line);
        return 1;
    }

    private int Missing(string what, string remedy)
    {
        Error.WriteLine($"adapterc: {what} {remedy}");
        return 1;
    }
}
