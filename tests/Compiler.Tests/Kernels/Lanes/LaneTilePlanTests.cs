using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>What variables hold when, in layers too wide for the variables of a method.</summary>
public sealed class LaneTilePlanTests
{
    [Theory]
    [InlineData(50, 1, 0.0)]
    [InlineData(50, 9, 0.0)]
    [InlineData(60, 40, 0.0)]
    [InlineData(60, 13, 0.5)]
    [InlineData(2, 60, 0.0)]
    [InlineData(20, 35, 0.9)]
    [InlineData(70, 70, 0.3)]
    public void Every_element_has_its_turn_and_every_variable_an_element(int shared, int adapter, double zeros)
    {
        LaneTask task = new([adapter, 3, 2], [All(adapter), All(3), All(2)], 2);
        Network network = NetworkBuilder.Build(LaneModels.Create(7, 16, 16, [shared, 3, 2], [task, task], 3, 3, zeros));
        LaneLayer layer = LaneLayers.Of(new LaneProofs(network), network.Layers[1], new LayerKernel(KernelKind.PositionLanes, new LaneFormat(2, LaneAxis.Time), LaneShape.Single), null);
        var patch = new LanePatch(layer);
        foreach (ChannelSpan[] slices in new[] { [.. layer.Whole], layer.Whole.Take(1).ToArray(), layer.Whole.Skip(1).Take(1).ToArray() })
        {
            int[][] used = [.. slices.Select(slice => LaneTile.Used(layer, patch, slice))];
            LaneTilePlan plan = LaneTilePlan.Of(layer, patch, slices, used)!;
            Assert.NotEmpty(plan.Phases);
            int[] phases = [.. plan.Phases.SelectMany(phase => phase)];
            Assert.Equal(used.SelectMany(elements => elements).Where(element => patch.Channel(element) < shared).Distinct().Order(), phases.Order());
            for (int i = 0; i < slices.Length; i++)
                Assert.Equal(used[i].Where(element => patch.Channel(element) >= shared), plan.Rounds[i].SelectMany(round => round));
            int most = plan.Rounds.SelectMany(rounds => rounds).Select(round => round.Length).DefaultIfEmpty(0).Max();
            Assert.True(plan.OwnSlides || plan.Pool == most, $"{plan.Pool} variables, the longest round has {most} elements");
            int own = plan.OwnSlides ? plan.Rounds.SelectMany(rounds => rounds).Sum(round => round.Length) : plan.Pool;
            Assert.InRange(plan.Phases.Max(phase => phase.Length) + own, 1, PatchVariables.Most);
        }
    }

    private static bool[] All(int channels) => [.. Enumerable.Repeat(true, channels)];
}
