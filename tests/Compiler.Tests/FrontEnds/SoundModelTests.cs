using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>A model that is asked for sound: samples in, the interpreter's logits on the definition's codes out.</summary>
public sealed class SoundModelTests
{
    private static readonly IntegerMelSpec Spec = new(16_000, 400, 160, 60, 7800, 10, 28);

    private static readonly ModelArtifact Artifact = TinyModels.Create([3, 4, 4], ("first", "11 101 11"), ("ready", "1 10 11")) with { Input = new InputSpec(8, 16, 7), FrontEnd = Spec };

    private static readonly CompilationOptions Options = new("Model", "Audio", "tiny.adapter", ValueArray<string>.Empty, "esp32") { Sound = "here", Hop = "4" };

    private static readonly short[] Recording = [.. Signals.Speech(20_000, 41), .. Signals.Extremes(1_000, 42)];

    [Fact]
    public void Samples_in_chunks_give_the_logits_of_the_definition_and_the_interpreter()
    {
        CompilationResult result = Compiled(Options);
        Assert.Equal(["Model.g.cs", "Model.Weights.g.cs", "Model.Sound.g.cs", "ModelSound.g.cs", "ModelSound.Weights.g.cs"], result.Files.Select(file => file.Name));
        Assert.Empty(DeviceCheck.Findings(GeneratedAssembly.Compile(result.Files, ClassLibrary.NanoFramework)));
        AssertDecisions(HostedModel.LoadAssembly(GeneratedAssembly.Compile(result.Files, ClassLibrary.Desktop)), 4);
    }

    [Fact]
    public void The_class_that_hears_may_be_an_assembly_of_its_own()
    {
        CompilationOptions apart = Options with { Sound = "apart", Hop = "", Parts = 2 };
        ValueArray<CompilationResult> network = ModelCompiler.CompileParts(ModelWriter.Write(Artifact), apart);
        CompilationResult hearing = Compiled(PartSetting.Apply(apart, "sound"));
        Assert.Equal(["ModelSound.g.cs", "ModelSound.Weights.g.cs"], hearing.Files.Select(file => file.Name));
        Assert.Equal("Model.Sound.g.cs", network[^1].Files[^1].Name);
        IEnumerable<EmittedFile>[] assemblies = [hearing.Files, .. network.Select(part => part.Files)];
        var context = new AssemblyLoadContext("parts", isCollectible: true);
        Assembly[] loaded = [.. GeneratedAssembly.CompileParts(assemblies, ClassLibrary.Desktop).Select(each => context.LoadFromStream(new MemoryStream(each.Image)))];
        AssertDecisions(loaded[^1], 4);

        // With another hop it is another build, and the C# compiler says so.
        CompilationResult other = Compiled(PartSetting.Apply(apart, "sound") with { Hop = "2" });
        Assert.Contains("BuiltFromTheSameModelAndSettings", Assert.Throws<InvalidOperationException>(() => GeneratedAssembly.CompileParts([other.Files, .. assemblies[1..]], ClassLibrary.Desktop)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_from_sample_to_logit()
    {
        Assembly loaded = HostedModel.LoadAssembly(GeneratedAssembly.Compile(Compiled(Options).Files, ClassLibrary.Desktop));
        Type type = loaded.GetType("Audio.Model", throwOnError: true)!;
        var push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        var run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
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

    [Theory]
    [InlineData(false, false, "integer-mel")]
    [InlineData(true, false, "integer-mel-sparse")]
    [InlineData(false, true, "integer-mel-fine")]
    public void A_model_file_says_which_bands_it_has(bool isSparse, bool isFine, string kind)
    {
        ModelArtifact model = Artifact with { Input = Artifact.Input with { Bands = 40 }, FrontEnd = Spec with { IsSparse = isSparse, IsFine = isFine } };
        string text = ModelWriter.Write(model);
        Assert.Contains($"\nfrontend {kind} rate ", text, StringComparison.Ordinal);
        Assert.Equal(model.FrontEnd, ModelReader.Read(text).Model!.FrontEnd);
    }

    [Fact]
    public void What_hears_counts_for_the_assembly_and_for_memory()
    {
        CompilationResult without = Compiled(Options with { Sound = "", Hop = "" }), with = Compiled(Options);
        Assert.InRange(with.Budget!.DeviceIlBytes - without.Budget!.DeviceIlBytes, 15_000, 45_000);
        Assert.Equal(with.Budget.IlBytes, IlSize.Of(GeneratedAssembly.Compile(with.Files, ClassLibrary.NanoFramework)).IlBytes);
        int hearing = with.Budget.RamBytes - without.Budget.RamBytes;
        Assert.Equal((8 * 16) + (2 * 16) + 5_120 + (560 * 2) + (5 * 4), hearing);
        string most = FormattableString.Invariant($"{with.Budget.RamBytes}"), less = FormattableString.Invariant($"{hearing + 10}");
        Assert.Empty(ModelCompiler.Compile(ModelWriter.Write(Artifact), Options with { MaxRam = most }).Diagnostics);
        Assert.Equal("ADC047", Assert.Single(ModelCompiler.Compile(ModelWriter.Write(Artifact), Options with { MaxRam = less }).Diagnostics).Rule.Id);
        // Other files are the same with and without.
        Assert.Equal(without.Files, with.Files.Take(2));
    }

    [Fact]
    public void Samples_are_shorts_or_bytes_of_a_model_that_hears()
    {
        Assert.Equal(Compiled(Options).Files, Compiled(Options with { Samples = "shorts" }).Files);
        Assert.Contains("long[] samples = new long[140]", Compiled(Options with { Samples = "bytes" }).Files.Single(file => file.Name == "ModelSound.g.cs").Text, StringComparison.Ordinal);
        foreach (CompilationOptions wrong in new[] { Options with { Samples = "ints" }, Options with { Samples = "bytes", Sound = "", Hop = "" } })
            Assert.Equal("ADC002", Assert.Single(ModelCompiler.Compile(ModelWriter.Write(Artifact), wrong).Diagnostics).Rule.Id);
        // Groups that do not begin with a whole long.
        ModelArtifact odd = Artifact with { FrontEnd = (IntegerMelSpec)Artifact.FrontEnd with { HopLength = 161 } };
        Assert.Contains("no multiples of 4", Assert.Single(ModelCompiler.Compile(ModelWriter.Write(odd), Options with { Samples = "bytes" }).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("apart")]
    public void The_report_has_a_row_for_it(string sound)
    {
        CompilationOptions options = Options with { Sound = sound };
        CompilationResult result = Compiled(options);
        var report = ReportBuilder.Build([result], options, DeviceProfiles.Find("esp32")!);
        ReportRow row = report.Rows[0];
        Assert.Equal(("sound", 4 * result.Hearing!.WeightedPerFrame, result.Hearing.Budget.IlBytes), (row.Layer, row.Weighted, row.IlBytes));
        Assert.All(report.Rows, each => Assert.True(each.IlBytes >= 0));
        Assert.Equal(sound == "here" ? ["Model"] : ["Model", "ModelSound"], report.Assemblies.Select(each => each.ClassName));
        Assert.Equal(result.Budget!.IlBytes + (sound == "here" ? 0 : row.IlBytes), report.Total.IlBytes);
        Assert.Contains("| sound ", ReportMarkdown.Write(report), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "yes", "", "1/1", "Sound=\"yes\" is not valid: it is \"here\"" },
        { "here", "", "sound", "Part=\"sound\" is not valid" },
        { "here", "", "1/2", "write Sound=\"apart\"" },
        { "", "4", "1/1", "add Sound=\"here\"" },
        { "here", "3", "1/1", "an even number of frames" },
        { "apart", "0", "1/1", "an even number of frames" },
        { "here", "10", "1/1", "every 2 to 8" },
    };

    [Fact]
    public void A_gain_is_a_level_in_the_table()
    {
        CompilationResult louder = Compiled(Options with { Gain = "3" }), plain = Compiled(Options);
        Assert.Equal(["ModelSound.Weights.g.cs"], louder.Files.Except(plain.Files).Select(file => file.Name));
        Assembly loaded = HostedModel.LoadAssembly(GeneratedAssembly.Compile(louder.Files, ClassLibrary.Desktop));
        Type type = loaded.GetType("Audio.ModelSound", throwOnError: true)!;
        type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>()(Recording, 0, 1_520);
        byte[] codes = (byte[])type.GetProperty("Codes")!.GetValue(null)!;
        Assert.Equal(new IntegerMel(Spec with { Floor = 28 - 30 }, Artifact.Input).Codes(Recording[..1_520]), codes);
        // Which is what sound of eight times the amplitude has, to a rounding.
        short[] quiet = [.. Signals.Music(16_000, 43).Select(sample => (short)(sample / 8))];
        byte[] heard = new IntegerMel(Spec with { Floor = 28 - 30 }, Artifact.Input).Codes(quiet), loud = new IntegerMel(Spec, Artifact.Input).Codes([.. quiet.Select(sample => (short)(sample * 8))]);
        Assert.True(heard.Zip(loud).Count(pair => Math.Abs(pair.First - pair.Second) <= 1) > heard.Length * 98 / 100);
        Assert.Contains("0 to 12", Assert.Single(ModelCompiler.Compile(ModelWriter.Write(Artifact), Options with { Gain = "13" }).Diagnostics).Message, StringComparison.Ordinal);
    }

    /// <summary>Bits that the network does not read are dropped in the table of the logarithm: the class that hears is the same code, and costs the same.</summary>
    [Fact]
    public void An_input_of_few_bits_costs_nothing_to_hear()
    {
        ModelArtifact few = Artifact with { Input = Artifact.Input with { Bits = 5 } };
        CompilationResult whole = Compiled(Options), upper = Compiled(Options, few);
        Assert.Equal(Hearing(whole)[0], Hearing(upper)[0]);
        Assert.NotEqual(Hearing(whole)[1], Hearing(upper)[1]);
        Assert.Equal(whole.Hearing!.WeightedPerFrame, upper.Hearing!.WeightedPerFrame);
        AssertDecisions(HostedModel.LoadAssembly(GeneratedAssembly.Compile(upper.Files, ClassLibrary.Desktop)), 4, few);
        byte[] codes = new IntegerMel(Spec, Artifact.Input).Codes(Recording);
        Assert.Equal(codes.Select(code => code >> 2), new IntegerMel(Spec, few.Input).Codes(Recording).Select(code => (int)code));
        Assert.InRange(codes.Max(), 124, 127);

        // Without sound its codes are the caller's, and the class says up to where.
        Assert.Contains("each code 0 to 31.", Compiled(Options with { Sound = "", Hop = "" }, few).Files[0].Text, StringComparison.Ordinal);

        static string[] Hearing(CompilationResult result) => [.. result.Files.Where(file => file.Name.StartsWith("ModelSound.", StringComparison.Ordinal)).Select(file => file.Text)];
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_say_what_to_do(string sound, string hop, string part, string message)
    {
        CompilationOptions options = PartSetting.Apply(Options with { Sound = sound, Hop = hop }, part);
        Diagnostic diagnostic = Assert.Single(ModelCompiler.Compile(ModelWriter.Write(Artifact), options).Diagnostics);
        Assert.Equal("ADC002", diagnostic.Rule.Id);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_float_front_end_and_an_odd_window_are_refused()
    {
        Assert.Contains("--front-end integer", Mistake(TinyModels.Create([3, 4, 4], ("first", "11 101 11"))), StringComparison.Ordinal);
        ModelArtifact odd = Artifact with
        {
            Input = new InputSpec(7, 16, 7),
            Shared = WithoutPooling(Artifact.Shared),
            Tasks = Artifact.Tasks.Select(task => task with { Layers = WithoutPooling(task.Layers) }).ToValueArray(),
        };
        Assert.Contains("7 frames", Mistake(odd), StringComparison.Ordinal);

        // The global convolution first, reading the one channel that there is.
        static ValueArray<LayerArtifact> WithoutPooling(ValueArray<LayerArtifact> layers) => layers.Skip(1).Select((layer, i) => i > 0 ? layer : layer with
        {
            SharedInputs = 1,
            OwnInputs = 0,
            Channels = layer.Channels.Select(channel => channel with { Offsets = ValueArray<int>.Empty, Weights = channel.Weights.Take(9).ToValueArray() }).ToValueArray(),
        }).ToValueArray();

        static string Mistake(ModelArtifact model) => Assert.Single(ModelCompiler.Compile(ModelWriter.Write(model), Options).Diagnostics).Message;
    }

    private static CompilationResult Compiled(CompilationOptions options, ModelArtifact? model = null)
    {
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model ?? Artifact), options);
        Assert.Empty(result.Diagnostics);
        return result;
    }

    private static void AssertDecisions(Assembly loaded, int hop, ModelArtifact? model = null)
    {
        model ??= Artifact;
        Type type = loaded.GetType("Audio.Model", throwOnError: true)!;
        var push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        var run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        var room = type.GetProperty("Room")!.GetMethod!.CreateDelegate<Func<int>>();
        int[][] logits = [(int[])type.GetProperty("FirstLogits")!.GetValue(null)!, (int[])type.GetProperty("ReadyTaskLogits")!.GetValue(null)!];
        byte[] whole = new IntegerMel(Spec, model.Input).Codes(Recording);
        Network network = NetworkBuilder.Build(model, ValueArray<string>.Empty);
        var random = new Random(5);
        int decisions = 0;
        for (int at = 0; at < Recording.Length;)
        {
            int count = Math.Min(Math.Min(random.Next(1, 700), Recording.Length - at), room());
            push(Recording, at, count);
            at += count;
            Assert.False(run(0));
            if (!run(3))
                continue;
            Inference expected = FixedPointInterpreter.Run(network, whole[(decisions * hop * 16)..(((decisions * hop) + 8) * 16)]);
            Assert.Equal(expected.Logits[0], logits[0]);
            Assert.Equal(expected.Logits[1], logits[1]);
            Assert.False(run(3));
            decisions++;
        }

        Assert.Equal(((whole.Length / 16) - 8) / hop + 1, decisions);
    }
}
