using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;
using Xunit;

namespace AdapterCompiler.Tests.Benchmarks;

public sealed class CountedAssemblyTests
{
    // The benchmarks' promise: what the compiler predicts is what is counted, within 3 %.
    private const double Most = 0.03;

    [Fact]
    public void Layers_of_a_tiny_model_cost_what_was_predicted()
    {
        GeneratedCase c = GeneratedCase.Create(1, TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11")));
        var assembly = new CountedAssembly(c.Result.Files, (caller, called) => caller == "Run" ? called : null);
        HostedModel model = HostedModel.Load(assembly.Loaded, c.Options.Namespace + ".Model", c.Result.Program!.Names);
        byte[] codes = RandomInputs.For(c.Artifact.Input, 1).Last();
        IReadOnlyList<CountedBlock> blocks = assembly.Count(() => Assert.True(model.Run(codes, 3)));
        var predicted = ProgramCost.Of(c.Result.Program!);
        Assert.Equal(["", "Heads", "Layer1", "Layer2", "Layer3"], blocks.Select(block => block.Scope).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        for (int layer = 0; layer < 3; layer++)
            AssertNear(predicted.Layers[layer].Of(ProgramCost.AllTasks), Weighted(FormattableString.Invariant($"Layer{layer + 1}")));
        AssertNear(predicted.Layers[3].Of(ProgramCost.AllTasks), Weighted("Heads"));

        long Weighted(string scope) => blocks.Where(block => block.Scope == scope).Sum(block => block.Weighted);
    }

    [Fact]
    public void Each_opcode_is_counted_with_its_kind_and_on_behalf_of_its_scope()
    {
        const string source = """
            public static class Sample
            {
                public static void Twice(long[] to) { Add(to, 1); Other(to); }
                private static void Add(long[] to, int by) { for (int i = 0; i < to.Length; i++) to[i] += by; }
                private static void Other(long[] to) { Add(to, 2); }
            }
            """;
        var assembly = new CountedAssembly([new EmittedFile("Sample.cs", source)], (caller, called) => caller == "Twice" ? called : null);
        Action<long[]> twice = assembly.Loaded.GetType("Sample")!.GetMethod("Twice")!.CreateDelegate<Action<long[]>>();
        long[] to = [1, 2, 3];
        IReadOnlyList<CountedBlock> blocks = assembly.Count(() => twice(to));
        Assert.Equal([4, 5, 6], to);
        foreach (string scope in new[] { "Add", "Other" })
        {
            Assert.Equal(3, Executed(scope, "conv.i8"));
            Assert.Equal(3, Executed(scope, "add:i8"));
            Assert.Equal(4, Executed(scope, "blt.s"));
        }

        // Roslyn's loop of length n tests n + 1 times; a call belongs to the scope that it opens.
        Assert.Equal((1, 0), (Executed("Add", "call:2:1:void"), Executed("Add", "call:1:0:void")));
        Assert.Equal((1, 1), (Executed("Other", "call:2:1:void"), Executed("Other", "call:1:0:void")));

        long Executed(string scope, string text) => blocks.Where(block => block.Scope == scope).Sum(block => block.Hits * block.Steps.Count(step => step.Text == text));
    }

    private static void AssertNear(long predicted, long counted) => Assert.InRange(Math.Abs(((double)predicted / counted) - 1), 0, Most);
}
