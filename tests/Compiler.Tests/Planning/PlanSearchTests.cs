using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Planning;

/// <summary>The planner against every combination of kernels there is.</summary>
public sealed class PlanSearchTests
{
    // What it may leave out: of plans that differ by less than a two-thousandth of the smallest, once a layer.
    private const int Slack = 16;

    [Theory]
    [InlineData(1, 4, 0.5)]
    [InlineData(2, 2, 0.3)]
    [InlineData(3, 8, 0.0)]
    public void No_combination_of_kernels_is_faster_within_its_own_IL_and_tables(int seed, int bits, double zeros)
    {
        Network network = Small(seed, bits, zeros);
        MeasuredPlan[] plans = Plans(network, Optimize.Speed);
        (long Weighted, long Il, long Tables)[] all = [.. Combinations(network, KernelOptions.Of(new LaneProofs(network)))];
        Assert.True(all.Length > 200, $"only {all.Length} combinations");
        Assert.Equal(all.Min(each => each.Weighted), plans[0].Weighted);
        foreach ((long weighted, long il, long tables) in all)
            Assert.Contains(plans, plan => plan.Weighted <= weighted && plan.IlBytes <= il + Slack && plan.TableBytes <= tables + Slack);
        Assert.All(plans, plan => Assert.Contains((plan.Weighted, plan.IlBytes, plan.TableBytes), all));
    }

    [Theory]
    [InlineData(1, 4, 0.5)]
    [InlineData(2, 2, 0.3)]
    public void Plans_come_in_the_order_of_the_goal(int seed, int bits, double zeros)
    {
        Network network = Small(seed, bits, zeros);
        foreach ((Optimize goal, Func<MeasuredPlan, long> key) in new (Optimize, Func<MeasuredPlan, long>)[]
        {
            (Optimize.Speed, plan => plan.Weighted), (Optimize.Size, Flash), (Optimize.Balanced, plan => Flash(plan) * (plan.Weighted / 1_000)),
        })
        {
            MeasuredPlan[] plans = Plans(network, goal);
            Assert.Equal([.. plans.Select(key).Order()], plans.Select(key));
            Assert.NotEqual(key(plans[0]), key(plans[^1]));
        }
    }

    private static long Flash(MeasuredPlan plan) => plan.IlBytes + plan.TableBytes + KernelRegistry.MayCopy([.. plan.Layers, plan.Heads]).Sum(kernel => kernel.Figures.DeviceIlBytes);

    // All fit: there are no limits.
    private static MeasuredPlan[] Plans(Network network, Optimize goal) => [.. PlanSearch.All(new PlanSpace(network), goal, int.MaxValue)];

    private static Network Small(int seed, int bits, double zeros) =>
        NetworkBuilder.Build(LaneModels.Create(seed, 16, 16, [3, 4, 4, 4], [1], weightBits: bits, activationBits: 7, zeros: zeros));

    private static IEnumerable<(long Weighted, long Il, long Tables)> Combinations(Network network, KernelOptions options)
    {
        IEnumerable<(long Weighted, long Il, long Tables, LaneFormat? Format)> open = [(0, 0, 0, null)];
        for (int i = 0; i < options.Layers.Length; i++)
        {
            int layer = i;
            bool afterImage = layer > 0 && network.Layers[layer - 1].Kind == LayerKind.Convolution;
            open = open.SelectMany(before => options.Layers[layer].Select(option =>
            {
                // Codes change their form where neighbours differ: lanes are unpacked to bytes, bytes are packed to lanes.
                LaneFormat? held = afterImage ? before.Format : null, read = option.Kernel.Format;
                long change = held == read ? 0 : (held is null ? 0 : LaneTransitions.Unpacking(network, layer - 1, held)) + (read is null ? 0 : LaneTransitions.Packing(network, layer, read));
                return (before.Weighted + option.Weighted + change, before.Il + option.IlBytes, before.Tables + option.TableBytes, read);
            })).ToArray();
        }

        return open.SelectMany(before => options.Heads.Select(head => (before.Weighted + head.Weighted, before.Il + head.IlBytes, before.Tables + head.TableBytes)));
    }
}
