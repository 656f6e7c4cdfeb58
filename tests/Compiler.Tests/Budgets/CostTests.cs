using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Loops;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>Predicted against counted: generated classes run here with a counter in every basic block.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    // The worst window counted differs by 0.25 %: silence makes every accumulator its bias, a full window the greatest sum, both far
    // from the assumed half and half.
    private const double Most = 0.01;

    private static readonly (string Method, int Block)[] DataDependent =
        [("Requantise", 1), ("Requantise", 2), ("Requantise", 3), ("Requantise", 4)];

    // A call costs what its method's locals and result say, and is known before any C# exists.
    private static readonly long RunCall = OpcodeCost.Call(arguments: 2, locals: 0, returnsValue: true);

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 40;

    [Fact]
    public void Random_networks_cost_what_was_predicted() =>
        Compare("random networks", Enumerable.Range(0, Count).Select(GeneratedCase.Create), noise: 2);

    [Fact]
    public void Tiny_models_cost_what_was_predicted() => Compare("tiny models", [
        GeneratedCase.Create(1, TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"))),
        GeneratedCase.Create(2, TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"))),
        GeneratedCase.Create(3, TinyModels.Create([2, 3, 3], ("keyword", "0 00 00"), ("bird", "1 10 11"), ("room", "1 11 11")), "bird"),
    ], noise: 2);

    [Theory]
    [InlineData("dense.adapter")]
    [InlineData("real-sound.adapter")]
    public void Trained_models_cost_what_was_predicted(string model) => Compare("models/" + model, [GeneratedCase.Create(0, Trained(model))], noise: 1);

    private void Compare(string name, IEnumerable<GeneratedCase> cases, int noise)
    {
        var differences = new List<double>();
        long weighted = 0, instructions = 0;
        foreach (GeneratedCase c in cases)
        {
            CodedProgram program = c.Result.Program!;
            var predicted = ProgramCost.Of(program);
            var counted = new CountedProgram(c);
            int all = (1 << program.Network.Tasks.Count) - 1;
            foreach (byte[] codes in RandomInputs.For(c.Artifact.Input, c.Seed, noise))
            {
                foreach (int tasks in Enumerable.Range(0, program.Network.Tasks.Count).Select(task => 1 << task).Append(all).Distinct())
                {
                    IReadOnlyList<CountedBlock> blocks = counted.Run(codes, tasks);
                    long found = RunCall + blocks.Sum(block => block.Hits * block.Cost);
                    differences.Add(((double)predicted.Of(tasks) / found) - 1);
                    AssertExactApartFromData(program, predicted, blocks, tasks);
                    weighted += found;
                    instructions += blocks.Sum(block => block.Hits * block.Instructions);
                }
            }
        }

        Assert.NotEmpty(differences);
        output.WriteLine(FormattableString.Invariant(
            $"{name}: {differences.Count} runs, predicted/counted - 1 from {differences.Min():+0.000 %;-0.000 %} to {differences.Max():+0.000 %;-0.000 %}, mean of sizes {differences.Average(Math.Abs):0.000 %}; {(double)weighted / instructions:0.0} weighted instructions an IL instruction"));
        Assert.All(differences, difference => Assert.InRange(Math.Abs(difference), 0, Most));
    }

    // Whatever does not depend on the data is equal to the last instruction.
    private static void AssertExactApartFromData(CodedProgram program, ProgramCost predicted, IReadOnlyList<CountedBlock> blocks, int tasks)
    {
        long data = 0;
        foreach (KernelTally tally in Tallies(program, tasks))
        {
            foreach ((string method, int block) in DataDependent.Where(each => tally.Kernels.Contains(each.Method)))
                data += tally.Of(method)[block] * CopiedSections.Method(method).Costs[block];
        }

        long counted = RunCall + blocks.Where(block => !DataDependent.Contains((block.Method, block.Block))).Sum(block => block.Hits * block.Cost);
        Assert.Equal(counted, predicted.Of(tasks) - data);
    }

    private static IEnumerable<KernelTally> Tallies(CodedProgram program, int tasks)
    {
        bool Asked(int? task) => task is not { } k || (tasks & (1 << k)) != 0;
        foreach (PartLayer layer in program.Layers.Where(layer => layer.Kernel.Kind == KernelKind.Loop && layer.Layer.Kind == LayerKind.Dense))
        {
            foreach (BlockStep step in layer.Steps.Where(step => Asked(step.Task)))
                yield return LoopTally.FullyConnected(step.Block);
        }

        foreach (HeadStep head in program.Heads.Where(head => program.Plan.Heads.Kind == KernelKind.Loop && Asked(head.Task)))
            yield return LoopTally.Classify(head, program.Network.Tasks[head.Task]);
    }

    private static ModelArtifact Trained(string model)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return ModelReader.Read(File.ReadAllText(Path.Combine(folder!.FullName, "models", model))).Model!;
    }
}
