using System;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using AdapterCompiler.Tests.Budgets;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>A model that hears and runs on a stream: samples in, the interpreter's logits on every window of the definition's codes out.</summary>
public sealed class StreamModelTests
{
    private const int Hop = 4, Frames = 16, Bands = 16;

    private static readonly IntegerMelSpec Spec = new(16_000, 400, 160, 60, 7800, 10, 28);

    private static readonly ModelArtifact Padded = TinyModels.Create([3, 4, 4], ("first", "11 101 11"), ("ready", "1 10 11")) with { Input = new InputSpec(Frames, Bands, 7), FrontEnd = Spec };

    private static readonly ModelArtifact Artifact = UnpaddedModels.Of(Padded, 0) with { Input = Padded.Input };

    private static readonly CompilationOptions Options = new("Model", "Audio", "tiny.adapter", ValueArray<string>.Empty, "esp32") { Sound = "here", Streaming = "true", Hop = "4" };

    private static readonly short[] Recording = [.. Signals.Speech(20_000, 41), .. Signals.Extremes(1_000, 42)];

    private static readonly Lazy<CompilationResult> Compiled = new(() => Of(Options));

    // Kept as shorts, and as bytes.
    [Theory]
    [InlineData("shorts")]
    [InlineData("bytes")]
    public void Samples_and_bytes_in_chunks_give_the_logits_of_every_window(string kept)
    {
        ValueArray<EmittedFile> files = kept == "shorts" ? Compiled.Value.Files : Of(Options with { Samples = kept }).Files;
        Assembly loaded = HostedModel.LoadAssembly(GeneratedAssembly.Compile(files, ClassLibrary.Desktop));
        Type type = loaded.GetType("Audio.Model", throwOnError: true)!;
        var push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        var pushBytes = type.GetMethod("Push", [typeof(byte[]), typeof(int), typeof(int), typeof(int), typeof(int), typeof(int)])!.CreateDelegate<Action<byte[], int, int, int, int, int>>();
        var run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        var restart = type.GetMethod("Restart")!.CreateDelegate<Action>();
        int[][] logits = [(int[])type.GetProperty("FirstLogits")!.GetValue(null)!, (int[])type.GetProperty("ReadyTaskLogits")!.GetValue(null)!];
        byte[] whole = new IntegerMel(Spec, Artifact.Input).Codes(Recording), raw = [.. Recording.SelectMany(BitConverter.GetBytes)];
        Network network = NetworkBuilder.Build(Artifact);
        for (int way = 0; way < 2; way++)
        {
            var random = new Random(way);
            int decisions = 0;
            restart();
            for (int at = 0; at < Recording.Length;)
            {
                // Shorter than it stays due.
                int count = Math.Min(random.Next(1, 320), Recording.Length - at);
                if (way == 0)
                    push(Recording, at, count);
                else
                    pushBytes(raw, at * 2, count * 2, 16, 1, 0);
                at += count;
                Assert.False(run(0));
                if (!run(3))
                    continue;
                Inference expected = FixedPointInterpreter.Run(network, whole[(decisions * Hop * Bands)..(((decisions * Hop) + Frames) * Bands)]);
                Assert.Equal(expected.Logits[0], logits[0]);
                Assert.Equal(expected.Logits[1], logits[1]);
                Assert.False(run(3));
                decisions++;
            }

            Assert.Equal((((whole.Length / Bands) - Frames) / Hop) + 1, decisions);
            Assert.Equal(0, type.GetProperty("Missed")!.GetValue(null));
        }
    }

    [Fact]
    public void The_device_takes_it_and_its_budget_is_what_the_compiler_makes()
    {
        GeneratedAssembly device = GeneratedAssembly.Compile(Compiled.Value.Files, ClassLibrary.NanoFramework);
        Assert.Empty(DeviceCheck.Findings(device));
        Assert.Equal(IlSize.Of(device).IlBytes, Compiled.Value.Budget!.IlBytes);

        CompilationResult without = Of(Options with { Sound = "" });
        AssemblyBudget predicted = without.Budget!, measured = MeasuredBudget.Of(GeneratedAssembly.Compile(without.Files, ClassLibrary.NanoFramework), "Model");
        Assert.Equal(measured.Methods.Select(Sizes).Order(), predicted.Methods.Select(Sizes).Order());
        Assert.Equal((measured.ArrayBytes, measured.StaticFields), (predicted.ArrayBytes, predicted.StaticFields));

        static (string, int, int, int, int, int) Sizes(MethodCost method) => (method.Name, method.IlBytes, method.DeviceIlBytes, method.Arguments, method.Locals, method.BranchDistance);
    }

    [Fact]
    public void Nothing_is_allocated_from_sample_to_logit()
    {
        Type type = HostedModel.LoadAssembly(GeneratedAssembly.Compile(Compiled.Value.Files, ClassLibrary.Desktop)).GetType("Audio.Model", throwOnError: true)!;
        var push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        var run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        type.GetMethod("Restart")!.Invoke(null, null);
        long allocated = 0;
        int decisions = 0;
        for (int i = 0; i < 60; i++)
        {
            if (i == 30)
                (allocated, decisions) = (GC.GetAllocatedBytesForCurrentThread(), 0);
            push(Recording, i * 300, 300);
            decisions += run(3) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.True(decisions > 10);
    }

    public static TheoryData<bool, CompilationOptions, string> Mistakes => new()
    {
        { true, Options, "train it with --streaming" },
        { false, Options with { Streaming = "yes" }, "Streaming=\"yes\" is not valid: it is \"true\"" },
        { false, Options with { Sound = "", Parts = 2 }, "a stream runs in one assembly" },
        { false, Options with { Hop = "3" }, "an even number of frames" },
        { false, Options with { Hop = "18" }, "a multiple of 2 frames, at most 16" },
        { false, Options with { Sound = "", Hop = "0" }, "an even number of frames" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_say_what_to_do(bool isPadded, CompilationOptions options, string message)
    {
        Diagnostic diagnostic = Assert.Single(ModelCompiler.Compile(ModelWriter.Write(isPadded ? Padded : Artifact), options).Diagnostics);
        Assert.Equal("ADC002", diagnostic.Rule.Id);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bands_that_no_lanes_cut_are_refused()
    {
        ModelArtifact odd = Artifact with { Input = Artifact.Input with { Bands = 10 } };
        Assert.Contains("layer 1 has 10 columns", Assert.Single(ModelCompiler.Compile(ModelWriter.Write(odd), Options).Diagnostics).Message, StringComparison.Ordinal);
    }

    private static CompilationResult Of(CompilationOptions options)
    {
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(Artifact), options);
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
