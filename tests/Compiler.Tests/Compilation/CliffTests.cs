using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Testing;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Compilation;

/// <summary>
/// Twice the IL never makes a window more than four times as fast: the planner finds what lies in between. ADAPTER_CLIFFS=100 measures all of the benchmark's models and a
/// hundred random ones; without it those of the benchmark that come closest, and a few random ones. Seeds are 0, 1, 2 …
/// </summary>
public sealed class CliffTests(ITestOutputHelper output)
{
    /// <summary>What twice the parts may bring at most.</summary>
    private const int Most = 4;

    private static readonly int[] Shared = [6, 12, 24, 48, 96, 96];

    private static readonly string[] Closest = ["8 adapters, 4 bit, 80 % zeros, 100 % open", "8 adapters, 3 bit, 80 % zeros, 50 % open"];

    private static int? Asked => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_CLIFFS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    public static TheoryData<string> Cases => [.. BenchmarkCase.All().Select(each => each.Name).Where(name => Asked is not null || Closest.Contains(name))];

    /// <summary>Weights, zeros in per cent, tasks: the paper's shared channels and a fifth of them for each task.</summary>
    public static TheoryData<int, int, int> PaperCases => Asked is null
        ? new() { { 3, 80, 4 }, { 4, 80, 8 }, { 2, 0, 3 } }
        : new() { { 3, 80, 4 }, { 4, 80, 8 }, { 2, 0, 3 }, { 4, 0, 2 }, { 8, 0, 1 } };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Asked ?? 1)];

    [Theory]
    [MemberData(nameof(PaperCases))]
    public void Twice_the_parts_are_not_much_faster(int bits, int zeros, int tasks) => Assert.True(Measure(ModelWriter.Write(Paper(bits, zeros, tasks))) > 0, "too few numbers of parts fit");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nor_with_the_benchmarks_models(string name) => Measure(BenchmarkCase.All().Single(each => each.Name == name).Text());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nor_with_random_ones(int seed) => Measure(ModelWriter.Write(Random(seed)));

    [Fact]
    public void The_cases_that_come_closest_are_the_benchmarks() => Assert.Empty(Closest.Except(BenchmarkCase.All().Select(each => each.Name)));

    [Fact]
    public void More_than_three_times_as_slow_is_said_with_both_times_and_how_many_parts()
    {
        Assert.True(MoreParts.IsSlow(301, 100));
        Assert.False(MoreParts.IsSlow(300, 100));

        // Many sparse weights: all of them in code take several parts.
        (string text, CompilationResult slow) = Enumerable.Range(4, 6).Select(tasks => ModelWriter.Write(Paper(3, 80, tasks)))
            .Select(model => (model, ModelCompiler.Compile(model, Options()))).First(pair => pair.Item2.Warnings.Count > 0);
        Diagnostic warning = Assert.Single(slow.Warnings);
        Assert.Matches(
            "^m\\.adapter\\(0,0\\): warning ADC049: Model takes [0-9.]+-[0-9.]+ (ms|s) a window in 1 part, in [2-4] parts [0-9.]+-[0-9.]+ (ms|s): .* Part=\"1/([2-4])\" to Part=\"\\3/\\3\" \\('adapterc scaffold --parts \\3' writes the projects\\)\\.$",
            warning.ToText("m.adapter"));
        Assert.NotEmpty(slow.Files);

        // As many parts as it names: nothing is left to say. The desktop has one assembly without limits.
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(text, Options() with { Parts = int.Parse(warning.Arguments[5], System.Globalization.CultureInfo.InvariantCulture) });
        Assert.All(parts, part => Assert.Empty(part.Warnings));
        Assert.Empty(ModelCompiler.Compile(ModelWriter.Write(Paper(4, 80, 1)), Options()).Warnings);
    }

    /// <summary>What it names can be done: a class that hears in the model's own assembly has to leave it first, and a stream is never cut.</summary>
    [Fact]
    public void What_cannot_be_cut_is_not_told_to_be()
    {
        string text = ModelWriter.Write(Paper(3, 80, 4) with { FrontEnd = new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 72) });
        Diagnostic warning = Assert.Single(ModelCompiler.Compile(text, Options() with { Sound = "here" }).Warnings);
        Assert.Contains(" with Sound=\"apart\", since a model that is cut does not hold the class that hears ('adapterc scaffold", warning.ToText("m.adapter"), StringComparison.Ordinal);
        int parts = int.Parse(warning.Arguments[5], CultureInfo.InvariantCulture);
        Assert.All(ModelCompiler.CompileParts(text, Options() with { Sound = "apart", Parts = parts }), part => Assert.Empty(part.Diagnostics));

        // The same layers in windows deserve it, where a program keeps most of the assembly.
        string unpadded = ModelWriter.Write(UnpaddedModels.Of(Paper(3, 80, 2), 1) with { Input = new InputSpec(96, 64, 7) });
        CompilationOptions narrow = Options() with { ProgramRoom = "45000" };
        Assert.Single(ModelCompiler.Compile(unpadded, narrow).Warnings);
        CompilationResult stream = ModelCompiler.Compile(unpadded, narrow with { Streaming = "true" });
        Assert.NotEmpty(stream.Files);
        Assert.Empty(stream.Warnings);
    }

    // Pairs of numbers of parts of which both hold the model.
    private int Measure(string text)
    {
        CliffResult result = CliffMeter.Measure("", text);
        output.WriteLine(string.Join(", ", result.Weighted) + "; " + string.Join(", ", result.Doubled));
        Assert.All(result.Doubled, doubled => Assert.InRange(doubled.Times, 0, Most));
        return result.Doubled.Count();
    }

    // From half to all of the paper's channels, as many tasks as it has or fewer, any weights, any share of gates open.
    private static ModelArtifact Random(int seed)
    {
        var random = new Random(seed);
        int scale = random.Next(4, 9);
        int[] shared = [.. Shared.Select(channels => channels * scale / 8)], own = [.. shared.Select(channels => Math.Max(1, channels / 5))];
        double open = random.Next(2, 11) / 10.0;
        LaneTask[] tasks = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ =>
            new LaneTask(own, [.. own.Select(channels => Enumerable.Range(0, channels).Select(_ => random.NextDouble() < open).ToArray())], random.Next(2, 13)))];
        return LaneModels.Create(seed, 96, 64, shared, tasks, random.Next(2, 9), 7, random.Next(10) / 10.0);
    }

    private static CompilationOptions Options() => new("Model", "", "m.adapter", ValueArray<string>.Empty, "esp32");

    private static ModelArtifact Paper(int bits, int zeros, int tasks)
    {
        int[] own = [1, 2, 4, 9, 19, 19];
        return LaneModels.Create(
            1, 96, 64, [.. Shared],
            [.. Enumerable.Range(0, tasks).Select(_ => new LaneTask(own, [.. own.Select(channels => Enumerable.Range(0, channels).Select(channel => channel % 2 == 0).ToArray())], 12))],
            bits, 7, zeros / 100.0);
    }
}
