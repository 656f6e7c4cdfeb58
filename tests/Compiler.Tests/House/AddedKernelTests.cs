using System;
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

    // A model's two files, the kernel wherever it suits.
    private const string Probe = """
        using System; using System.Linq; using AdapterCompiler.Compilation; using AdapterCompiler.Kernels; using AdapterCompiler.Programs;
        namespace AdapterCompiler;
        public static class Probe
        {
            public static string[] Compile(string text)
            {
                var options = new CompilationOptions("AudioModel", "Firmware", "model.adapter", ValueArray<string>.Empty, "desktop");
                var kernel = new LayerKernel(KernelKind.Added);
                CompilationResult result = ModelCompiler.Compile(text, options, network =>
                    [new KernelPlan(network.Layers.Select(layer => kernel.Suits(network, layer) ? kernel : LayerKernel.Loop).ToValueArray(), kernel)]);
                return result.Diagnostics.Count == 0 ? [.. result.Files.Select(file => file.Text)] : throw new InvalidOperationException(result.Diagnostics[0].Message);
            }
        }
        """;

    [Fact]
    public void A_folder_and_a_line_are_a_kernel()
    {
        MethodInfo compile = Extended().GetType("AdapterCompiler.Probe", throwOnError: true)!.GetMethod("Compile")!;
        var options = new CompilationOptions("AudioModel", "Firmware", "model.adapter", ValueArray<string>.Empty, "desktop");
        for (int seed = 0; seed < 3; seed++)
        {
            string text = ModelWriter.Write(RandomArtifacts.Create(seed));
            string[] files = (string[])compile.Invoke(null, [text])!;
            Assert.Matches(@"\n//   heads .* added ", files[0]);
            Assert.Contains("private static void Heads_Added", files[1], StringComparison.Ordinal);
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

    // The compiler as it is, but for what a new kernel takes: under another name, so that whoever copies the file as it stands can still run this.
    private static Assembly Extended()
    {
        string kernel = File.ReadAllText(Path.Combine(Sources.Root, "tests", "Compiler.Tests", "Fixtures", "PlainKernel.txt"))
            .Replace("Plain", "Added", StringComparison.Ordinal).Replace("plain", "added", StringComparison.Ordinal);
        CSharpCompilation compilation = CompilerSources.All.With(
            [("Kernels/KernelRegistry.cs", text => With(text, Registered, "        new Added.AddedKernel(),")), ("Programs/LayerKernel.cs", text => With(text, LastKind, "    Added,"))], kernel, Probe);
        string folder = Path.Combine(Sources.Root, "src", "Compiler");
        using var image = new MemoryStream();
        // Whatever is no code of the compiler's may be a resource: copied kernels and their IL, tables of the target.
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image, manifestResources: Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin") && IsResource(path))
            .Select(path => new ResourceDescription(Path.GetFileName(path), () => File.OpenRead(path), isPublic: true)));
        Expect.None(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        image.Position = 0;
        return new AssemblyLoadContext("extended", isCollectible: true).LoadFromStream(image);
    }

    private static bool IsResource(string path) =>
        Path.GetExtension(path) is ".il" or ".csv" || path.EndsWith("Kernels.cs", StringComparison.Ordinal) || Path.GetFileName(path) is "FixedPointPrimitives.cs" or "CalibrationMixes.cs";

    private static string With(string text, string after, string line)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), each => each == after);
        return text.Replace(after + "\n", after + "\n" + line + "\n", StringComparison.Ordinal);
    }
}
