using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
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
            (Optimize.Speed, plan => plan.Weighted), (Optimize.Size, plan => Flash(network, plan)), (Optimize.Balanced, plan => Flash(network, plan) * (plan.Weighted / 1_000)),
        })
        {
            MeasuredPlan[] plans = Plans(network, goal);
            Assert.Equal([.. plans.Select(key).Order()], plans.Select(key));
            Assert.NotEqual(key(plans[0]), key(plans[^1]));
        }
    }

    [Theory]
    [InlineData(1, 4, 0.5)]
    [InlineData(3, 8, 0.0)]
    public void What_a_plan_copies_is_known_before_its_code_exists(int seed, int bits, double zeros)
    {
        string text = ModelWriter.Write(LaneModels.Create(seed, 16, 16, [3, 4, 4, 4], [1], weightBits: bits, activationBits: 7, zeros: zeros));
        Network network = Small(seed, bits, zeros);
        MeasuredPlan[] plans = Plans(network, Optimize.Speed);
        foreach (MeasuredPlan plan in plans.Where((_, i) => i % ((plans.Length / 12) + 1) == 0))
        {
            CompilationResult result = ModelCompiler.Compile(text, new CompilationOptions("Model", "", "m.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop), _ => [plan]);
            Assert.Equal(KernelRegistry.Copied(result.Program!).Sum(section => section.DeviceIlBytes), Copied(network, plan));
        }
    }

    /// <summary>
    /// Limits that code passes or keeps by a hundredth this way or that, so that what one plan passes says something of the next, but not all. A plan that keeps every limit by
    /// three hundredths more is never passed over for a slower one.
    /// </summary>
    [Theory]
    [InlineData(1, 3, 0.5)]
    [InlineData(2, 4, 0.7)]
    [InlineData(3, 8, 0.2)]
    public void No_refused_plan_hides_one_that_fits(int seed, int bits, double zeros)
    {
        Network network = NetworkBuilder.Build(LaneModels.Create(seed, 32, 32, [4, 8, 16, 16, 8], [1, 2, 4, 4, 2], weightBits: bits, activationBits: 7, zeros: zeros));
        var space = new PlanSpace(network);
        Candidate[] all = [.. space.Candidates.Select(space.Measured)];
        // Where a plan has to leave room for a program is another question.
        long mostIl = Math.Min(50_000, all.Max(plan => plan.AllIlBytes)), leastIl = all.Min(plan => plan.AllIlBytes), mostData = all.Max(plan => plan.DataBytes), leastData = all.Min(plan => plan.DataBytes);
        var random = new Random(seed);
        int compared = 0;
        for (int i = 0; i < 200; i++)
        {
            long il = random.NextInt64(leastIl, mostIl), data = random.NextInt64(leastData, mostData), ram = random.NextInt64(leastData, mostData);
            MeasuredPlan? found = PlanSearch.First(space, Optimize.Speed, 1, ram, plan =>
            {
                Candidate tried = all.First(each => (each.Weighted, each.IlBytes, each.TableBytes) == (plan.Weighted, plan.IlBytes, plan.TableBytes));
                long overIl = Off(tried, tried.AllIlBytes) - il, overData = Off(tried, tried.DataBytes) - data;
                return overData > 0 ? new Verdict<MeasuredPlan>(null, new Overrun(Limit.Tables, overData))
                    : overIl > 0 ? new Verdict<MeasuredPlan>(null, new Overrun(Limit.Code, overIl))
                    : new Verdict<MeasuredPlan>(plan, null);
            });
            Candidate[] keep = [.. all.Where(plan => plan.AllIlBytes * 1.03 < il && plan.DataBytes * 1.03 < data && plan.TableBytes <= ram)];
            if (keep.Length == 0)
                continue;
            compared++;
            Assert.NotNull(found);
            Assert.InRange(found.Weighted, 0, keep.Min(plan => plan.Weighted));
        }

        Assert.InRange(compared, 20, 200);

        // By a hundredth at most, the same for the same plan.
        static long Off(Candidate plan, long bytes) => bytes + (bytes * (plan.Weighted % 201 - 100) / 10_000);
    }

    private static long Flash(Network network, MeasuredPlan plan) => plan.IlBytes + plan.TableBytes + Copied(network, plan);

    private static long Copied(Network network, MeasuredPlan plan) => KernelRegistry.Copied(
        network, plan.Sizes.Layers.SelectMany(size => size.Sections).Concat(LaneTransitions.Sections(network, plan.Layers)), isLast: true).Sum(section => section.DeviceIlBytes);

    private static MeasuredPlan[] Plans(Network network, Optimize goal) => [.. PlanSearch.All(new PlanSpace(network), goal)];

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
