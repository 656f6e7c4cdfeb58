using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Kernels;
using AdapterCompiler.Memory;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Testing;
using AdapterCompiler.Tests.Budgets;
using Xunit;

namespace AdapterCompiler.Tests.Compilation;

/// <summary>A network cut into parts computes what the whole one does, whatever the cut. ADAPTER_CUTS=50 cuts fifty random networks; seeds are 30,000 …</summary>
public sealed class PartTests
{
    private static readonly ModelArtifact TwoTasks = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11"));

    [Fact]
    public void Three_parts_are_three_assemblies_against_the_devices_class_library_and_give_the_interpreters_logits()
    {
        CompilationResult[] parts = Compile(TwoTasks, 3);
        Assert.Equal(["AudioModelPart1.g.cs", "AudioModelPart2.g.cs", "AudioModel.g.cs"], parts.Select(part => part.Files[0].Name));

        IReadOnlyList<GeneratedAssembly> device = GeneratedAssembly.CompileParts(parts.Select(part => part.Files), ClassLibrary.NanoFramework);
        Assert.Equal("mscorlib", Assert.Single(IlSize.Of(device[0]).References));
        Assert.Equal(["Generated.Part1", "mscorlib"], IlSize.Of(device[1]).References.Order(StringComparer.Ordinal));
        Assert.Equal(["Generated.Part1", "Generated.Part2", "mscorlib"], IlSize.Of(device[2]).References.Order(StringComparer.Ordinal));
        for (int p = 0; p < 3; p++)
            BudgetTests.AssertSame(parts[p].Budget!, MeasuredBudget.Of(device[p], parts[p].Program!.Part.Class));

        Assert.True(CompareRuns(HostedModel.CompileParts(parts, Options(3)), parts[2].Program!.Network, seed: 1) >= 12);
    }

    [Fact]
    public void The_papers_network_dense_takes_parts_that_keep_every_limit()
    {
        ModelArtifact model = PaperModel.Create();
        CompilationResult whole = CompileLoops(model, 1)[0];
        Diagnostic tables = Assert.Single(whole.Diagnostics);
        Assert.Equal("ADC042", tables.Rule.Id);
        int count = PartPlan.Smallest(Scheduler.Of(NetworkBuilder.Build(model), "AudioModel", KernelPlan.Loops(NetworkBuilder.Build(model))), 48);
        Assert.InRange(count, 3, 5);
        Assert.Contains(FormattableString.Invariant($"Cut it into {count} parts (Part=\"1/{count}\""), tables.Message, StringComparison.Ordinal);

        Diagnostic few = Assert.Single(CompileLoops(model, count - 1)[0].Diagnostics);
        Assert.Equal(("ADC046", new TextPosition(1, 1, 1)), (few.Rule.Id, few.Position));
        Assert.Contains(FormattableString.Invariant($"{count} parts would do: Part=\"1/{count}\" to"), few.Message, StringComparison.Ordinal);

        CompilationResult[] parts = CompileLoops(model, count);
        IReadOnlyList<GeneratedAssembly> device = GeneratedAssembly.CompileParts(parts.Select(part => part.Files), ClassLibrary.NanoFramework);
        for (int p = 0; p < count; p++)
        {
            Assert.Empty(parts[p].Diagnostics);
            AssemblyBudget actual = MeasuredBudget.Of(device[p], parts[p].Program!.Part.Class);
            BudgetTests.AssertSame(parts[p].Budget!, actual);
            Assert.True(BudgetDiagnostics.Fits(actual));
            Assert.Empty(DeviceCheck.Findings(device[p], device.Take(p).Select((part, i) => (Name: FormattableString.Invariant($"Generated.Part{i + 1}"), part)).ToDictionary(item => item.Name, item => item.part)));
        }

        HostedModel hosted = HostedModel.CompileParts(parts, Options(count));
        Network network = parts[0].Program!.Network;
        foreach (byte[] codes in RandomInputs.For(network.Input, 5, noise: 1).Skip(3))
            AssertRun(hosted, network, codes, -1);
    }

    [Fact]
    public void Random_networks_cut_anywhere_are_bit_exact_and_their_budgets_too()
    {
        int compared = 0, divided = 0, count = int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_CUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 30;
        var random = new Random(7);
        for (int seed = 30_000; seed < 30_000 + count; seed++)
        {
            GeneratedCase c = seed % 2 == 0 ? GeneratedCase.Create(seed) : GeneratedCase.CreateWhole(seed, LaneModels.Create(seed), network => ForcedPlans.Mixed(network, seed));
            CompilationResult[] parts = CutAnywhere(c, random.Next(1, 5), random);
            divided += parts.Sum(part => part.Program!.Layers.Sum(layer => layer.Steps.Count(step => !step.IsWhole)));
            compared += CompareRuns(HostedModel.CompileParts(parts, c.Options), c.Network, seed);
            IReadOnlyList<GeneratedAssembly> device = GeneratedAssembly.CompileParts(parts.Select(part => part.Files), ClassLibrary.NanoFramework);
            for (int p = 0; p < parts.Length; p++)
                BudgetTests.AssertSame(parts[p].Budget!, MeasuredBudget.Of(device[p], parts[p].Program!.Part.Class));
        }

        Assert.True(compared >= count * 48 / 5, $"only {compared} runs compared");
        Assert.True(divided >= count / 2, $"only {divided} blocks were divided");
    }

    [Fact]
    public void Every_output_is_computed_once_and_in_order_by_exactly_one_part()
    {
        foreach (int count in new[] { 2, 3, 7, 12 })
        {
            CodedProgram[] parts = [.. CompileLoops(TwoTasks, count).Select(part => part.Program!)];
            CodedProgram whole = CompileLoops(TwoTasks, 1)[0].Program!;
            Assert.Equal(whole.Tables.Rows, parts.SelectMany(part => part.Tables.Rows));
            Assert.Equal(whole.RamBytes, parts.Sum(part => part.RamBytes));
            Assert.All(parts, part => Assert.True(part.Tables.Rows.Count > 0));
        }
    }

    [Fact]
    public void The_fullest_part_is_as_small_as_any_cut_makes_it()
    {
        CodedProgram program = Compile(TwoTasks, 1)[0].Program!;
        var whole = Scheduler.Of(program.Network, "AudioModel", program.Plan);
        var sizes = LayerSizing.Of(whole);
        Piece[] pieces = [.. Piece.Whole(whole, sizes)];
        foreach (int count in new[] { 2, 3, 4 })
        {
            PartPlan plan = PartPlan.Find(whole, sizes, count)!;
            long best = Cuts(pieces.Length, count).Min(ends => ends.Select((end, p) => Load(whole, pieces, p == 0 ? 0 : ends[p - 1], end, count, p + 1)).Max());
            Assert.Equal(best, plan.Load);
        }
    }

    [Theory]
    [InlineData(0, 2, null, "Part=\"0/2\" is not valid: a part is written as number/count such as 2/3, with at most 48 parts")]
    [InlineData(3, 2, null, "Part=\"3/2\" is not valid")]
    [InlineData(1, 49, null, "Part=\"1/49\" is not valid")]
    [InlineData(1, 1, "2 of 3", "Part=\"2 of 3\" is not valid")]
    [InlineData(1, 40, null, "the model has fewer channels and classes than that many parts")]
    public void A_part_that_cannot_be_is_a_mistake_in_the_settings(int part, int parts, string? text, string expected)
    {
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(TwoTasks), Options(parts) with { Part = part, PartText = text });
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("ADC002", diagnostic.Rule.Id);
        Assert.Contains(expected, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2/3", 2, 3)]
    [InlineData(" 1 / 1 ", 1, 1)]
    [InlineData("", 1, 1)]
    public void Parts_are_read_as_written(string text, int part, int parts)
    {
        CompilationOptions read = PartSetting.Apply(Options(1), text);
        Assert.Equal((part, parts, null), (read.Part, read.Parts, read.PartText));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2/3/4")]
    [InlineData("a/b")]
    [InlineData("-1/3")]
    [InlineData("99999999999/99999999999")]
    public void What_is_no_part_is_reported_as_written(string text) => Assert.Equal(text, PartSetting.Apply(Options(1), text).PartText);

    // Not the planner's cut: any between two output channels.
    private static CompilationResult[] CutAnywhere(GeneratedCase c, int count, Random random)
    {
        ScheduledProgram whole = Scheduler.Of(c.Network, c.Options.ClassName, c.Result.Program!.Plan, count);
        Piece[] pieces = [.. Piece.Channels(whole, LayerSizing.Of(whole))];
        int[] ends = [.. Enumerable.Range(1, pieces.Length - 1).OrderBy(_ => random.Next()).Take(count - 1).Order(), pieces.Length];
        var plan = new PartPlan(pieces, ends, 0);
        var placed = Placement.Of(whole, plan.HoldsWhole, new CodeShelf());
        return [.. Enumerable.Range(1, count).Select(number =>
        {
            CodedProgram part = ProgramCode.Build(PartCutter.Cut(placed, plan, number));
            var budget = AssemblyBudget.Of(part, c.Options.Namespace);
            ValueArray<EmittedFile> files = CSharpEmitter.Emit(part, budget, new EmitOptions(c.Options.ClassName, c.Options.Namespace, c.Options.SourceName));
            return new CompilationResult(files, ValueArray<Diagnostic>.Empty, part, budget);
        })];
    }

    private static long Load(ScheduledProgram whole, Piece[] pieces, int start, int end, int count, int number)
    {
        Piece[] own = pieces[start..end];
        LayerSizes sizes = LayerSizing.Of(whole);
        return own.Aggregate(new PartFill(sizes), (fill, piece) => fill.With(piece)).Load(PartLoad.Empty(whole, sizes, count, number == count, margin: 0));
    }

    private static IEnumerable<int[]> Cuts(int pieces, int count) => count == 1
        ? [[pieces]]
        : Enumerable.Range(1, pieces - 1).SelectMany(last => Cuts(last, count - 1).Where(_ => last >= count - 1).Select(ends => (int[])[.. ends, pieces]));

    private static int CompareRuns(HostedModel model, Network network, int seed)
    {
        int runs = 0;
        foreach (byte[] codes in RandomInputs.For(network.Input, seed))
        {
            AssertRun(model, network, codes, -1);
            AssertRun(model, network, codes, 1 << (runs % network.Tasks.Count));
            runs += 2;
        }

        return runs;
    }

    private static void AssertRun(HostedModel model, Network network, byte[] codes, int tasks)
    {
        Inference expected = FixedPointInterpreter.Run(network, codes, tasks);
        Assert.True(model.Run(codes, tasks));
        for (int k = 0; k < network.Tasks.Count; k++)
        {
            if ((tasks >> k & 1) == 0)
                continue;
            Assert.Equal(expected.Logits[k], model.Logits(k));
            Assert.Equal(network.Tasks[k].Labels[expected.Class(k)], model.Label(k));
        }
    }

    private static CompilationOptions Options(int parts) => new("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, "esp32-psram", 1, parts);

    private static CompilationResult[] Compile(ModelArtifact model, int parts) => [.. ModelCompiler.CompileParts(ModelWriter.Write(model), Options(parts))];

    private static CompilationResult[] CompileLoops(ModelArtifact model, int parts) =>
        [.. ModelCompiler.CompileParts(ModelWriter.Write(model), Options(parts), network => [KernelPlan.Loops(network)])];
}
