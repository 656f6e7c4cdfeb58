using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing.Counting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>The generated front end against its definition, bit for bit, and what it costs on the device.</summary>
public sealed class GroupCodeTests
{
    private static readonly IntegerMel Definition = new(new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28), new InputSpec(96, 64, 7));
    private static readonly IntegerMel Fine = new(Definition.Spec with { IsFine = true }, Definition.Input);
    private static readonly IntegerMel Sparse = new(Definition.Spec with { IsSparse = true }, Definition.Input);
    private static readonly Lazy<CountedAssembly> Generated = new(() => new CountedAssembly([Source(GroupCode.Create(Definition))]));

    private static readonly (string Name, short[] Samples)[] All =
    [
        ("speech", Signals.Speech(16_000, 21)), ("quiet speech", [.. Signals.Speech(16_000, 22).Select(sample => (short)(sample / 50))]),
        ("music", Signals.Music(16_000, 23)), ("noise", Signals.Noise(8000, 32_767, 24)), ("faint noise", Signals.Noise(8000, 3, 25)),
        ("extremes", Signals.Extremes(8000, 26)), ("impulses", Signals.Impulses(8000, 301)), ("rare impulses", Signals.Impulses(8000, 1999)), ("clicks", Signals.Clicks(16_000, 27)),
        ("square 1", Signals.Square(4000, 1)), ("square 2", Signals.Square(4000, 2)), ("square 3", Signals.Square(4000, 3)), ("square 120", Signals.Square(4000, 120)),
        ("tone", Signals.Tone(4000, 1000, 32_767)), ("low tone", Signals.Tone(4000, 66.67, 32_767)),
        ("constant", Signals.Constant(2000, short.MaxValue)), ("least constant", Signals.Constant(2000, short.MinValue)), ("silence", Signals.Silence(2000)),
    ];

    public static TheoryData<string> Sounds => new(All.Select(each => each.Name));

    [Theory]
    [MemberData(nameof(Sounds))]
    public void Generated_code_gives_the_codes_of_the_definition(string sound)
    {
        short[] samples = All.Single(each => each.Name == sound).Samples;
        byte[] codes = Definition.Codes(samples);
        (byte[] generated, _) = Run(Generated.Value, Definition, samples);
        Assert.Equal(codes[..generated.Length], generated);
        Assert.True(generated.Length >= 8 * 64);
    }

    // Of what is made for bytes, and of less IL.
    [Theory]
    [InlineData("integer", false, true)]
    [InlineData("integer", true, false)]
    [InlineData("integer", true, true)]
    [InlineData("sparse", true, true)]
    [InlineData("fine", false, true)]
    [InlineData("fine", true, false)]
    public void So_do_the_other_kinds_of_code(string bands, bool isPacked, bool isCompact)
    {
        IntegerMel definition = bands == "fine" ? Fine : bands == "sparse" ? Sparse : Definition;
        var generated = new CountedAssembly([Source(GroupCode.Create(definition, isPacked, isCompact), isPacked, isCompact)]);
        foreach ((_, short[] samples) in All)
        {
            (byte[] heard, _) = Run(generated, definition, samples);
            Assert.Equal(definition.Codes(samples)[..heard.Length], heard);
        }
    }

    // Bands that are bins by themselves above bands that are not.
    [Theory]
    [InlineData(16_000, 7800, 32, true)]
    [InlineData(16_000, 7800, 90, true)]
    [InlineData(8_000, 3900, 113, false)]
    public void So_does_code_of_other_numbers_of_bands(int rate, int highest, int bands, bool isSparse)
    {
        var definition = new IntegerMel(new IntegerMelSpec(rate, 400, 160, 60, highest, 10, 28) { IsSparse = isSparse }, new InputSpec(96, bands, 7));
        var generated = new CountedAssembly([Source(GroupCode.Create(definition))]);
        foreach ((_, short[] samples) in All)
        {
            (byte[] heard, _) = Run(generated, definition, samples);
            Assert.Equal(definition.Codes(samples)[..heard.Length], heard);
        }
    }

    [Fact]
    public void A_frame_of_speech_or_music_stays_below_its_cost()
    {
        foreach (string sound in new[] { "speech", "music" })
        {
            (byte[] codes, long weighted) = Run(Generated.Value, Definition, All.Single(each => each.Name == sound).Samples);
            Assert.InRange(weighted / (codes.Length / 64), 300_000, MostWeighted);
        }
    }

    [Theory]
    [InlineData(400, 160, 64)]
    [InlineData(480, 320, 30)]
    [InlineData(400, 160, 64, true)]
    [InlineData(400, 160, 64, true, true)]
    [InlineData(400, 160, 116, false, true, true)]
    [InlineData(400, 160, 16, false, true)]
    public void Every_instruction_is_predicted(int window, int hop, int bands, bool isFine = false, bool isPacked = false, bool isCompact = false) => AssertPredicted(
        new IntegerMel(Definition.Spec with { WindowLength = window, HopLength = hop, IsFine = isFine }, Definition.Input with { Bands = bands }), isPacked, isCompact);

    // A variable that is read twice at the beginning of statements only; more values at a time than a method has locals.
    [Theory]
    [InlineData(44_100, 60, 16_000, 32, false)]
    [InlineData(48_000, 60, 20_000, 21, true)]
    [InlineData(12_420, 480, 4_373, 20, true)]
    public void So_is_every_one_of_other_edges(int rate, int lowest, int highest, int bands, bool isSparse)
    {
        var definition = new IntegerMel(new IntegerMelSpec(rate, 400, 160, lowest, highest, 10, 28) { IsSparse = isSparse }, new InputSpec(96, bands, 7));
        AssertPredicted(definition, isPacked: false, isCompact: false);
        var generated = new CountedAssembly([Source(GroupCode.Create(definition))]);
        foreach ((_, short[] samples) in All.Where(each => each.Name is "speech" or "music" or "extremes" or "square 3"))
        {
            byte[] heard = Run(generated, definition, samples).Codes;
            Assert.Equal(definition.Codes(samples)[..heard.Length], heard);
        }
    }

    private static void AssertPredicted(IntegerMel definition, bool isPacked, bool isCompact)
    {
        ValueArray<AssembledMethod> methods = GroupCode.Create(definition, isPacked, isCompact);
        GeneratedAssembly compiled = GeneratedAssembly.Compile([Source(methods, isPacked, isCompact)], ClassLibrary.Desktop);
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        foreach (AssembledMethod method in methods)
        {
            MethodBody body = assembly.MainModule.GetType("Front").Methods.Single(each => each.Name == method.Method.Name).Body;
            Assert.Equal(body.Instructions.Select(instruction => instruction.OpCode.Name), method.Figures.Instructions.Select(instruction => instruction.Opcode));
            Assert.Equal(body.CodeSize, method.Figures.Bytes);
            Assert.Equal(body.Variables.Count, method.Figures.Locals);
            Assert.InRange(method.Figures.Locals, 0, 255);
            Assert.True(body.MaxStackSize == method.Figures.StackDepth || (body.MaxStackSize == 8 && method.Figures.StackDepth <= 8));
        }
    }

    [Fact]
    public void The_device_takes_it_without_allocation_or_floating_point() => Assert.All(
        new[] { Definition, Fine }, definition => Assert.Empty(DeviceCheck.Findings(GeneratedAssembly.Compile([Source(GroupCode.Create(definition))], ClassLibrary.NanoFramework))));

    [Fact]
    public void Other_windows_hops_and_bands_are_generated_as_exactly()
    {
        var definition = new IntegerMel(Definition.Spec with { WindowLength = 480, HopLength = 320 }, Definition.Input with { Bands = 32 });
        var generated = new CountedAssembly([Source(GroupCode.Create(definition))]);
        foreach (short[] samples in new[] { Signals.Speech(10_000, 31), Signals.Extremes(5000, 32) })
            Assert.Equal(definition.Codes(samples)[..64], Run(generated, definition, samples).Codes[..64]);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(24)]
    public void Sparse_bands_are_generated_as_exactly(int bands)
    {
        var definition = new IntegerMel(Definition.Spec with { IsSparse = true }, Definition.Input with { Bands = bands });
        var generated = new CountedAssembly([Source(GroupCode.Create(definition))]);
        foreach ((_, short[] samples) in All.Where(each => each.Name is "speech" or "music" or "extremes" or "rare impulses" or "square 3"))
        {
            byte[] heard = Run(generated, definition, samples).Codes;
            Assert.Equal(definition.Codes(samples)[..heard.Length], heard);
        }
    }

    // A window of 480 and a hop that turns by another angle; a hop that turns by a half, which has no sine.
    [Theory]
    [InlineData(400, 160, 64)]
    [InlineData(480, 200, 40)]
    [InlineData(400, 240, 48)]
    public void Fine_bands_are_generated_as_exactly(int window, int hop, int bands)
    {
        var definition = new IntegerMel(Fine.Spec with { WindowLength = window, HopLength = hop }, Fine.Input with { Bands = bands });
        var generated = new CountedAssembly([Source(GroupCode.Create(definition))]);
        foreach ((string name, short[] samples) in All)
        {
            (byte[] heard, long weighted) = Run(generated, definition, samples);
            Assert.Equal(definition.Codes(samples)[..heard.Length], heard);
            if (bands == 64 && name is "speech" or "music")
                Assert.InRange(weighted / (heard.Length / bands), 300_000, MostWeightedFine);
        }
    }

    // Each fault is of one constant of half bins, of octagons or of loud sums.
    [Theory]
    [InlineData("low = 0x3FFFFFFL", "low = 0x3FFFFFE")]
    [InlineData("firstEntries = 0x100000001000L", "firstEntries = 0x80000001000L")]
    [InlineData("turned = 0xFFFFFFF00000000L", "turned = 0L")]
    [InlineData("narrow = 0xFFFFFFF0FFFFFFFL", "narrow = 0x7FFFFFF0FFFFFFFL")]
    [InlineData("halfMask = 0x3FFFFFFF3FFFFFFFL", "halfMask = 0x3FFFFFFF00000000L")]
    public void A_fault_in_a_half_bin_or_a_magnitude_is_noticed(string right, string wrong)
    {
        EmittedFile source = Source(GroupCode.Create(Fine));
        Assert.Contains(right, source.Text, StringComparison.Ordinal);
        var generated = new CountedAssembly([new EmittedFile(source.Name, source.Text.Replace(right, wrong, StringComparison.Ordinal))]);
        short[] samples = All.Single(each => each.Name == "speech").Samples;
        byte[] heard = Run(generated, Fine, samples).Codes;
        Assert.NotEqual(Fine.Codes(samples)[..heard.Length], heard);
    }

    [Fact]
    public void Methods_and_their_sum_stay_inside_the_target() => Assert.All(new[] { Definition, Fine }, StaysInside);

    private static void StaysInside(IntegerMel definition)
    {
        ValueArray<AssembledMethod> methods = GroupCode.Create(definition);
        Assert.All(methods, method =>
        {
            Assert.InRange(method.Figures.Arguments, 1, 255);
            Assert.InRange(method.Figures.Locals, 0, 255);
            Assert.InRange(method.Figures.StackDepth, 1, 255);
            Assert.InRange(method.Figures.LongestBranch, 0, short.MaxValue);
        });
        Assert.InRange(methods.Sum(method => method.Figures.Bytes), 20_000, 45_000);
    }

    /// <summary>Weighted instructions of a frame, everything but the copy of the samples included. The limit is 560,000.</summary>
    private const long MostWeighted = 490_000;
    private const long MostWeightedFine = 540_000;

    private static (byte[] Codes, long Weighted) Run(CountedAssembly assembly, IntegerMel definition, short[] samples)
    {
        var group = assembly.Loaded.GetType("Front", throwOnError: true)!.GetMethod("Group")!.CreateDelegate<Action<short[], byte[], byte[]>>();
        byte[] levels = definition.Levels.Codes.ToArray();
        int rows = IntegerMel.GroupFrames * definition.Input.Bands;
        int step = IntegerMel.GroupFrames * definition.Spec.HopLength, groups = ((samples.Length - definition.GroupSamples) / step) + 1;
        byte[] codes = new byte[groups * rows];
        IReadOnlyList<CountedBlock> counted = assembly.Count(() =>
        {
            for (int g = 0; g < groups; g++)
            {
                byte[] heard = new byte[rows];
                group(samples[(g * step)..((g * step) + definition.GroupSamples)], heard, levels);
                heard.CopyTo(codes, g * rows);
            }
        });
        return (codes, counted.Sum(each => each.Weighted));
    }

    private static EmittedFile Source(ValueArray<AssembledMethod> methods, bool isPacked = false, bool isCompact = false)
    {
        // What the next group has in common with one comes as longs, the rest as bytes: all of it is as new here.
        const string packed = """
            public static void Group(short[] samples, byte[] rows, byte[] levels)
            {
                byte[] bytes = new byte[2 * samples.Length];
                for (int i = 0; i < samples.Length; i++)
                {
                    bytes[2 * i] = unchecked((byte)samples[i]);
                    bytes[(2 * i) + 1] = unchecked((byte)(samples[i] >> 8));
                }

                long[] longs = new long[samples.Length / 4];
                PackLongs(bytes, longs, 0, longs.Length - 80);
                FoldSamples(longs, bytes, levels, rows);
            }
            """;
        const string plain = """
            public static void Group(short[] samples, byte[] rows, byte[] levels)
            {
                FoldSamples(samples, levels, rows);
            }
            """;
        IEnumerable<string> texts = methods.Select(each => string.Join('\n', CSharpPrinter.Print(each.Method)));
        string[] copied = ["FirstShift", "HeldSums", .. isCompact ? ["LoudEntries"] : Array.Empty<string>(), .. isPacked ? ["PackLongs"] : Array.Empty<string>()];
        return new EmittedFile("Front.cs", "public static class Front\n{\n" + string.Join('\n', [.. texts, .. copied.Select(KernelSource.Of), isPacked ? packed : plain]) + "\n}\n");
    }
}
