using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Lowering;

/// <summary>Twice the IL never makes a window more than four times as fast: the planner finds what lies in between. All of the benchmark's models: the command benchmarks cliffs.</summary>
public sealed class CliffTests(ITestOutputHelper output)
{
    /// <summary>What twice the parts may bring at most.</summary>
    private const int Most = 4;

    // Weights, zeros in per cent, tasks: the paper's shared channels and a fifth of them for each task.
    [Theory]
    [InlineData(3, 80, 4)]
    [InlineData(4, 80, 8)]
    [InlineData(4, 0, 2)]
    [InlineData(2, 0, 3)]
    [InlineData(8, 0, 1)]
    public void Twice_the_parts_are_not_much_faster(int bits, int zeros, int tasks)
    {
        CompilationOptions options = Options();
        Network network = ModelInput.Read(ModelWriter.Write(Paper(bits, zeros, tasks)), options).Network!;
        int[] counts = [1, 2, 4];
        long?[] weighted = [.. counts.Select(parts => PlanDriver.Build(network, options with { Parts = parts }).Built is { } built
            ? built.Parts.Sum(part => ProgramCost.Of(part.Program).Of()) : (long?)null)];
        output.WriteLine(string.Join(", ", weighted));
        Assert.True(weighted.Count(each => each is not null) >= 2, "too few numbers of parts fit");
        foreach ((long? fewer, long? more) in weighted.Zip(weighted.Skip(1)))
            Assert.False(fewer > more * Most, $"{fewer} in fewer parts, {more} in twice as many");
    }

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

    private static CompilationOptions Options() => new("Model", "", "m.adapter", ValueArray<string>.Empty, "esp32");

    private static ModelArtifact Paper(int bits, int zeros, int tasks)
    {
        int[] own = [1, 2, 4, 9, 19, 19];
        return LaneModels.Create(
            1, 96, 64, [6, 12, 24, 48, 96, 96],
            [.. Enumerable.Range(0, tasks).Select(_ => new LaneTask(own, [.. own.Select(channels => Enumerable.Range(0, channels).Select(channel => channel % 2 == 0).ToArray())], 12))],
            bits, 7, zeros / 100.0);
    }
}
