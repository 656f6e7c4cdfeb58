using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Networks;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class AdapterCostTests
{
    private static readonly NetworkShape Paper = new(
        new InputSpec(96, 64, 7), ValueArray.Of(6, 12, 24, 48, 96), 0.2m, ValueArray.Of(new TaskShape("keyword", 35)));

    [Fact]
    public void The_papers_encoder_has_the_papers_weights()
    {
        Assert.Equal((55_134, 9_216), AdapterCost.SharedWeights(Paper));
        Assert.Equal([1, 2, 4, 9, 19, 19], Enumerable.Range(1, 6).Select(Paper.Adapter));
    }

    [Fact]
    public void A_share_that_is_a_whole_number_is_not_rounded_down()
    {
        NetworkShape shape = Paper with { Channels = ValueArray.Of(100), Alpha = 0.29m };
        Assert.Equal(29, shape.Adapter(1));
    }

    [Fact]
    public void Parameters_are_counted_in_thousands()
    {
        // [2, 3] channels, all gates open, 5 classes: 9*1*1, 9*1*(2+1), embedding 1*(3+1), head 5*(3+1).
        NetworkShape shape = Paper with { Channels = ValueArray.Of(2, 3) };
        Assert.Equal((9 + 27 + 4 + 20) / 1000.0, Cost(shape, CostMeasure.Parameters, 5, 1, 1, 1), 6);
    }

    [Fact]
    public void Operations_are_counted_in_millions_at_every_position()
    {
        // Layer 1 at 96 x 64 positions, layer 2 at 48 x 32, embedding and head once; two operations a weight. Fractional gates count as such.
        NetworkShape shape = Paper with { Channels = ValueArray.Of(2, 3) };
        double expected = 2 * ((9 * 6144 * 0.5) + (9 * 1536 * 1 * 2.5) + (1 * 4) + (5 * 4)) / 1e6;
        Assert.Equal(expected, Cost(shape, CostMeasure.Flops, 5, 0.5f, 1, 1), 6);
    }

    [Fact]
    public void A_closed_adapter_costs_its_head_only()
    {
        Assert.Equal(35 * 96 / 1000.0, Cost(Paper, CostMeasure.Parameters, 35, 0, 0, 0, 0, 0, 0), 6);
        Assert.Equal(35 * 96 / 1000.0, Cost(Paper.MultiHead, CostMeasure.Parameters, 35), 6);
    }

    private static double Cost(NetworkShape shape, CostMeasure measure, int classes, params float[] open) =>
        AdapterCost.Of(shape, measure, classes, open.Select(n => tensor(n)).ToArray()).item<float>();
}
