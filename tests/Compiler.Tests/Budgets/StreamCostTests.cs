using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>What a stream costs for a decision is what is predicted; a step of it is short, and its images are small.</summary>
public sealed class StreamCostTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(32)]
    [InlineData(96)]
    public void A_decision_with_its_frames_costs_what_is_predicted(int hop)
    {
        // The paper's layers at a quarter of their width, 4 bits and 80 % zeros.
        ModelArtifact model = UnpaddedModels.Of(LaneModels.Create(7, 96, 64, [2, 3, 6, 12, 24, 24], [1, 1], 4, 7, 0.8), 1) with { Input = new InputSpec(96, 64, 7) };
        (CompilationResult streamed, CompilationResult whole) = (Compile(model, "true", hop), Compile(model, "", 0));
        Streaming streaming = streamed.Program!.Network.Streaming!;
        var counted = new CountedAssembly(streamed.Files);
        Type type = counted.Loaded.GetType("Model", throwOnError: true)!;
        var advance = type.GetMethod("Advance")!.CreateDelegate<Action<byte[], int>>();
        var run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        byte[] codes = [.. Enumerable.Range(0, 128).Select(i => (byte)(i * 37 % 128))];
        type.GetMethod("Begin")!.Invoke(null, null);
        for (int group = 0; group < streaming.First; group++)
            advance(codes, 0);
        Assert.True(run(-1));
        long longest = 0;
        IReadOnlyList<CountedBlock> blocks = counted.Count(() =>
        {
            for (int group = 0; group < streaming.Period; group++)
                advance(codes, 0);
            Assert.True(run(-1));
        });
        long found = blocks.Sum(block => block.Weighted), predicted = ProgramCost.Of(streamed.Program).Of();
        for (int group = 0; group < streaming.Period; group++)
            longest = Math.Max(longest, counted.Count(() => advance(codes, 0)).Sum(block => block.Weighted));
        int ram = streamed.Program.ArenaBytes, wholeRam = whole.Program!.ArenaBytes;
        long window = ProgramCost.Of(whole.Program).Of();
        output.WriteLine(FormattableString.Invariant($"every {hop} frames: predicted {predicted}, counted {found}; a window {window}; RAM {ram} of {wholeRam}; longest call {longest}"));
        Assert.InRange((double)predicted / found, 0.985, 1.015);
        // Issue 12: a third of the memory.
        Assert.InRange(ram, 1, wholeRam / 3);
        // No call takes much more than its share of what the frames of a row of the last layer cost.
        Assert.InRange(longest, 1, found);
    }

    private static CompilationResult Compile(ModelArtifact model, string streaming, int hop)
    {
        var options = new CompilationOptions("Model", "", "model.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop) { Streaming = streaming, Hop = hop == 0 ? "" : FormattableString.Invariant($"{hop}") };
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), options);
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
