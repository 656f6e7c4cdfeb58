using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>Whole programs of lane loops, with sums for what is fully connected: no branch depends on the data, so the cost is exact.</summary>
public sealed class LaneLoopCostTests
{
    [Fact]
    public void Programs_cost_exactly_what_was_predicted()
    {
        int compared = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            LaneFormat format = LaneFormat.All[seed % LaneFormat.All.Count];
            bool suits = true;
            GeneratedCase c = GeneratedCase.Create(seed, LaneModels.Create(seed), network => Plan(network, format, out suits));
            if (!suits)
                continue;
            CodedProgram program = c.Result.Program!;
            var predicted = ProgramCost.Of(program);
            var counted = new CountedProgram(c);
            int all = (1 << program.Network.Tasks.Count) - 1;
            foreach (byte[] codes in RandomInputs.For(c.Artifact.Input, seed, noise: 1))
            {
                foreach (int tasks in new[] { 1, all }.Distinct())
                {
                    Assert.Equal(OpcodeCost.Call(arguments: 2, locals: 0, returnsValue: true) + counted.Run(codes, tasks).Sum(block => block.Hits * block.Cost), predicted.Of(tasks));
                    compared++;
                }
            }
        }

        Assert.True(compared > 30, $"only {compared} runs compared");
    }

    private static KernelPlan Plan(Network network, LaneFormat format, out bool suits)
    {
        var loop = LayerKernel.LaneLoop(format);
        var sums = new LayerKernel(KernelKind.Sums);
        suits = sums.SuitsHeads(network)
            && network.Layers.All(layer => layer.Kind == LayerKind.Dense ? sums.Suits(network, layer) : loop.Suits(network, layer));
        return suits ? new KernelPlan(network.Layers.Select(layer => layer.Kind == LayerKind.Dense ? sums : loop).ToValueArray(), sums) : KernelPlan.Loops(network);
    }
}
