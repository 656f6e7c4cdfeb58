using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Emit;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.FrontEnds.Code;
using AdapterCompiler.Testing.Counting;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>The generated front end against its definition, bit for bit, and what it costs on the device.</summary>
public sealed class GroupCodeTests
{
    private static readonly IntegerMel Definition = new(new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28), new InputSpec(96, 64, 7));
    private static readonly Lazy<CountedAssembly> Generated = new(() => Compile(Definition));

    private static readonly (string Name, short[] Samples)[] All =
    [
        ("speech", Signals.Speech(16_000, 21)), ("quiet speech", [.. Signals.Speech(16_000, 22).Select(sample => (short)(sample / 50))]),
        ("music", Signals.Music(16_000, 23)), ("noise", Signals.Noise(8000, 32_767, 24)), ("faint noise", Signals.Noise(8000, 3, 25)),
        ("extremes", Signals.Extremes(8000, 26)), ("impulses", Signals.Impulses(8000, 301)), ("rare impulses", Signals.Impulses(8000, 1999)),
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
        (byte[] generated, _) = Run(samples);
        Assert.Equal(codes[..generated.Length], generated);
        Assert.True(generated.Length >= 8 * 64);
    }

    [Fact]
    public void A_frame_of_speech_or_music_stays_below_its_cost()
    {
        foreach (string sound in new[] { "speech", "music" })
        {
            (byte[] codes, long weighted) = Run(All.Single(each => each.Name == sound).Samples);
            Assert.InRange(weighted / (codes.Length / 64), 300_000, MostWeighted);
        }
    }

    [Fact]
    public void Methods_and_their_sum_stay_inside_the_target()
    {
        ValueArray<AssembledMethod> methods = GroupCode.Create(Definition);
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
    private const long MostWeighted = 575_000;

    private static (byte[] Codes, long Weighted) Run(short[] samples)
    {
        var group = Generated.Value.Loaded.GetType("Front", throwOnError: true)!.GetMethod("Group")!.CreateDelegate<Action<short[], long[], long[], byte[], long[]>>();
        byte[] levels = Definition.Levels.Codes.ToArray();
        long[] image = new long[32], sums = new long[64], block = new long[6];
        int step = IntegerMel.GroupFrames * Definition.Spec.HopLength, groups = ((samples.Length - Definition.GroupSamples) / step) + 1;
        var codes = new List<byte>();
        IReadOnlyList<CountedBlock> counted = Generated.Value.Count(() =>
        {
            for (int start = 0; start < groups * step; start += step)
            {
                group(samples[start..(start + Definition.GroupSamples)], block, sums, levels, image);
                // Band c + 16 l is in lane l of long c.
                codes.AddRange(Enumerable.Range(0, 128).Select(i => (byte)(image[(i / 64 * 16) + (i % 16)] >> (i % 64 / 16 * 16))));
            }
        });
        return ([.. codes], counted.Sum(each => each.Weighted));
    }

    private static CountedAssembly Compile(IntegerMel definition)
    {
        IEnumerable<string> methods = GroupCode.Create(definition).Select(each => string.Join('\n', CSharpPrinter.Print(each.Method)));
        const string entry = """
            public static void Group(short[] samples, long[] block, long[] sums, byte[] levels, long[] image)
            {
                FoldSamples(samples, block, sums);
                Levels(sums, levels, image, 0, 16);
            }
            """;
        return new CountedAssembly([new EmittedFile("Front.cs", "public static class Front\n{\n" + string.Join('\n', [.. methods, KernelSource.Of("FirstShift"), KernelSource.Of("NextShift"), KernelSource.Of("Levels"), entry]) + "\n}\n")]);
    }
}
