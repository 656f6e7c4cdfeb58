using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using CompilationOptions = AdapterCompiler.Compilation.CompilationOptions;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>
/// docs/adding-a-kernel.md by the deed: the compiler's sources, with a folder, a member of the enumeration and a line of the registry more, are a
/// compiler with one more kernel, whose code gives the interpreter's integers.
/// </summary>
public sealed class AddedKernelTests
{
    private const string Registered = "        new LaneLoopKernel(),", LastKind = "    OutputLanes,";

    [Fact]
    public void A_folder_and_a_line_are_a_kernel()
    {
        MethodInfo compile = Extended().GetType("AdapterCompiler.Kernels.Plain.Probe", throwOnError: true)!.GetMethod("Compile")!;
        var options = new CompilationOptions("AudioModel", "Firmware", "model.adapter", ValueArray<string>.Empty, "desktop");
        for (int seed = 0; seed < 3; seed++)
        {
            string text = ModelWriter.Write(RandomArtifacts.Create(seed));
            string[] files = (string[])compile.Invoke(null, [text])!;
            Assert.Matches(@"\n//   heads .* plain ", files[0]);
            Assert.Contains("private static void Heads_Plain", files[1], StringComparison.Ordinal);
            CompilationResult known = ModelCompiler.Compile(text, options);
            var model = HostedModel.Load(
                GeneratedAssembly.Compile([new EmittedFile("AudioModel.g.cs", files[0]), new EmittedFile("AudioModel.Weights.g.cs", files[1])], ClassLibrary.Desktop),
                "Firmware.AudioModel", known.Program!.Names);
            foreach (byte[] codes in RandomInputs.For(known.Program.Network.Input, seed))
            {
                Assert.True(model.Run(codes, -1));
                Inference expected = FixedPointInterpreter.Run(known.Program.Network, codes);
                for (int task = 0; task < expected.Logits.Count; task++)
                    Assert.Equal(expected.Logits[task], model.Logits(task));
            }
        }
    }

    // The compiler as it is, but for what a new kernel takes.
    private static Assembly Extended()
    {
        string folder = Path.Combine(Sources.Root, "src", "Compiler");
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !Path.GetRelativePath(folder, path).Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin"))];
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp13);
        IEnumerable<string> sources = files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(path => Path.GetFileName(path) switch
        {
            "KernelRegistry.cs" => With(path, Registered, "        new Plain.PlainKernel(),"),
            "LayerKernel.cs" => With(path, LastKind, "    Plain,"),
            _ => File.ReadAllText(path),
        });
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Extended",
            sources.Append(File.ReadAllText(Path.Combine(Sources.Root, "tests", "Compiler.Tests", "Fixtures", "PlainKernel.txt"))).Select(source => CSharpSyntaxTree.ParseText(source, parsing)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        // Whatever is no code of the compiler's may be a resource: copied kernels and their IL, tables of the target.
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image, manifestResources: files.Where(IsResource).Select(path => new ResourceDescription(Path.GetFileName(path), () => File.OpenRead(path), isPublic: true)));
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5));
        image.Position = 0;
        return new AssemblyLoadContext("extended", isCollectible: true).LoadFromStream(image);
    }

    private static bool IsResource(string path) =>
        Path.GetExtension(path) is ".il" or ".csv" || path.EndsWith("Kernels.cs", StringComparison.Ordinal) || Path.GetFileName(path) is "FixedPointPrimitives.cs" or "CalibrationMixes.cs";

    private static string With(string path, string after, string line)
    {
        string text = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), each => each == after);
        return text.Replace(after + "\n", after + "\n" + line + "\n", StringComparison.Ordinal);
    }
}
