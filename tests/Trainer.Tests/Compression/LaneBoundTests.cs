using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Compression;

[Collection(TorchTests.Name)]
public sealed class LaneBoundTests : IDisposable
{
    private readonly IReadOnlyList<TaskData> tasks = TinyTasks.Make();
    private MultiTaskNetwork? network;
    private QuantisedNetwork? quantised;
    private LaneBound? bound;

    public LaneBoundTests() => set_num_threads(1);

    public void Dispose()
    {
        quantised?.Dispose();
        network?.Dispose();
    }

    /// <summary>The compiler proves four lanes for every channel, without digits, where it did not before; a network far inside the bound is not touched.</summary>
    [Fact]
    public void Sums_are_held_where_four_lanes_hold_them()
    {
        LaneBound four = Bound(3, 8, 7, 7, 4);
        Assert.All([1, 2, 3], layer => Assert.Equal(1 << 15, four.LaneOf(layer)));
        Assert.True(four.Widest() > 1, "8 bits fit without help");
        Assert.True(Passing(Export(), 1 << 15) > 0, "the compiler's own proof finds nothing to hold");
        Tensor[] before = Logits();
        four.Enforce();
        Assert.InRange(four.Widest(), 0.5, 1);
        Assert.Equal(0, Passing(Export(), 1 << 15));

        // Coarser, not another function: steps grow by what sums shrink.
        foreach ((Tensor first, Tensor last) in before.Zip(Logits()))
            Assert.True((first - last).square().mean().sqrt().item<float>() < 0.35 * first.std().item<float>(), "other answers");
        float[][] held = Values();
        four.Enforce();
        Assert.Equal(held, Values());
    }

    /// <summary>Six lanes leave sums ten bits, but for the last convolution, which keeps four: the compiler's proof finds every channel in them.</summary>
    [Theory]
    [InlineData(3, 3, 5, 5)]
    [InlineData(4, 4, 4, 4)]
    [InlineData(5, 6, 5, 3)]
    public void Sums_are_held_where_six_lanes_hold_them(int seed, int bits, int activations, int input)
    {
        LaneBound six = Bound(seed, bits, activations, input, 6);
        Assert.Equal([1 << 9, 1 << 9, 1 << 15], [six.LaneOf(1), six.LaneOf(2), six.LaneOf(3)]);
        Assert.True(Passing(Export(), 1 << 9) > 0, "the compiler's own proof finds nothing to hold");
        six.Enforce();
        ModelArtifact held = Export();
        Assert.Equal(0, Passing(held, 1 << 9));
        // Steps twice as coarse leave half of a sum.
        Assert.InRange(six.Widest(), 0.5, 1);

        // One more than fits is found, by the proof and by the bound.
        LayerArtifact layer = held.Shared[1];
        ChannelArtifact channel = layer.Channels[0];
        int most = (1 << 9) - 1 - (((1 << activations) - 1) * channel.Weights.Sum(weight => Math.Max((int)weight, 0)));
        Assert.Equal(0, Passing(With(most), 1 << 9));
        Assert.Equal(1, Passing(With(most + 1), 1 << 9));
        using (no_grad())
            network!.Shared[1].Bias.add_((float)(quantised!.Scale(LayerExport.SharedEncoder, 2).Weight.max().item<double>() * (1 << 9)));
        Assert.True(six.Widest() > 1 && Passing(Export(), 1 << 9) > 0, "a bias that passes a lane by itself is not seen");
        six.Enforce();
        Assert.Equal(0, Passing(Export(), 1 << 9));

        ModelArtifact With(int bias) => held with
        {
            Shared = held.Shared.Select((each, i) => i == 1 ? layer with { Channels = layer.Channels.Select((one, c) => c == 0 ? channel with { Bias = bias } : one).ToValueArray() } : each).ToValueArray(),
        };
    }

    /// <summary>From both sides: the last sum that a lane holds is held, and one more is not.</summary>
    [Fact]
    public void A_lane_is_held_to_its_last_unit()
    {
        LaneBound six = Bound(4, 3, 5, 5, 6);
        six.Enforce();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float unit = (float)quantised!.Scale(LayerExport.SharedEncoder, 2).Weight[0].item<double>();
        foreach (int side in (int[])[1, -1])
        {
            (Tensor low, Tensor high) = quantised.Rounded(LayerExport.SharedEncoder, 2).Range(31);
            Move(side > 0 ? 511 - high[0].item<float>() : -512 - low[0].item<float>());
            Assert.Equal(1, six.Widest());
            Assert.Equal(0, Passing(Export(), 1 << 9));
            Move(side);
            Assert.InRange(six.Widest(), 1.0001, 1.01);
            Assert.Equal(1, Passing(Export(), 1 << 9));
        }

        void Move(float units) => network!.Shared[1].Bias.narrow(0, 0, 1).add_(units * unit);
    }

    /// <summary>A channel that is a few steps too wide loses just those, at the weights that were nearest to the next smaller integer.</summary>
    [Fact]
    public void The_nearest_weights_give_way_and_no_more_than_have_to()
    {
        LaneBound six = Bound(6, 3, 5, 5, 6);
        int seen = 0;
        for (int round = 0; round < 20 && six.Widest() > 1; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            RoundedLayer before = quantised!.Rounded(LayerExport.SharedEncoder, 2);
            double[] scales = [.. quantised.Scale(LayerExport.SharedEncoder, 2).Weight.data<double>()];
            float[] high = [.. before.Range(31).High.data<float>()], low = [.. before.Range(31).Low.data<float>()];
            float[][] integers = Rows(before.Weights), above = Rows((quantised.Folded(LayerExport.SharedEncoder, 2).Weights / quantised.Scale(LayerExport.SharedEncoder, 2).Weight.reshape(-1, 1, 1, 1)).clamp(-3, 3).to_type(ScalarType.Float32));
            six.Apply();
            float[][] after = Rows(quantised.Rounded(LayerExport.SharedEncoder, 2).Weights);
            double[] now = [.. quantised.Scale(LayerExport.SharedEncoder, 2).Weight.data<double>()];
            for (int channel = 0; channel < high.Length; channel++)
            {
                if (now[channel] != scales[channel])
                    continue;
                foreach ((int sign, float over) in new[] { (1, high[channel] - 511), (-1, -low[channel] - 512) })
                {
                    int wanted = (int)Math.Max(0, Math.Ceiling(over / 31));
                    int[] side = [.. Enumerable.Range(0, integers[channel].Length).Where(i => sign * integers[channel][i] > 0)];
                    int[] gave = [.. side.Where(i => after[channel][i] != integers[channel][i])];
                    Assert.Equal(wanted, gave.Length);
                    Assert.All(gave, i => Assert.Equal(integers[channel][i] - sign, after[channel][i]));
                    if (wanted == 0 || gave.Length == side.Length)
                        continue;
                    Assert.True(gave.Max(Distance) <= side.Except(gave).Min(Distance), "a nearer weight stayed");
                    seen++;

                    float Distance(int i) => sign * (above[channel][i] - integers[channel][i]);
                }
            }
        }

        Assert.True(seen > 0, "no channel gave way");
        static float[][] Rows(Tensor weights) => [.. weights.flatten(1).unbind(0).Select(row => row.contiguous().data<float>().ToArray())];
    }

    /// <summary>Four lanes matter from the last zeros on; six from the first step, down to one lane by the last zeros.</summary>
    [Fact]
    public void Six_lanes_come_down_to_their_bound_while_weights_become_0()
    {
        LaneBound six = Bound(3, 3, 5, 5, 6, steps: 50);
        double?[] room = [.. Enumerable.Range(0, 51).Select(six.RoomAfter)];
        Assert.Equal(six.Widest(), room[0]!.Value, 6);
        Assert.True(room[0] > 2, $"{room[0]}");
        Assert.All(room.Zip(room.Skip(1)).Take(20), pair => Assert.True(pair.First > pair.Second));
        Assert.All(room.Skip(20), each => Assert.Equal(1, each));
        six.Apply(room[10]!.Value);
        Assert.InRange(six.Widest(), 1.0001, room[0]!.Value);

        LaneBound four = new(quantised!, Options(3, 5, 4, 50)), none = new(quantised!, Options(3, 5, 0, 50));
        Assert.All(Enumerable.Range(0, 51), step => Assert.Equal(step < 20 ? null : 1.0, four.RoomAfter(step)));
        Assert.All(Enumerable.Range(0, 51), step => Assert.Null(none.RoomAfter(step)));
    }

    private LaneBound Bound(int seed, int bits, int activations, int input, int lanes, int steps = 0)
    {
        using MultiTaskNetwork trained = TinyNetworks.Trained(tasks, seed);
        network = TinyNetworks.Copy(trained, input);
        CompressionOptions options = Options(bits, activations, lanes, steps);
        Assert.Null(options.Problem(network.Shape));
        quantised = new QuantisedNetwork(network, options.Widths, new Quantiser(network, options.Widths).Calibrate([.. TinyNetworks.Reading(tasks, input).Select(task => task.Train)]));
        return bound = new LaneBound(quantised, options);
    }

    private static CompressionOptions Options(int bits, int activations, int lanes, int steps) =>
        new(TinyTasks.Options(steps) with { AllOpen = true }, new QuantisationOptions(ValueArray.Of(bits), activations), Lanes: lanes);

    private ModelArtifact Export()
    {
        var quantiser = new Quantiser(network!, quantised!.Options);
        return quantiser.Export(quantised.Calibration(), quantiser.TrainedGates(), TinyNetworks.Labels(tasks));
    }

    private float[][] Values() => [.. quantised!.named_parameters().Select(each => each.parameter.data<float>().ToArray())];

    private Tensor[] Logits()
    {
        using IDisposable noGradient = no_grad();
        return quantised!.Forward(BatchSource.Images(tasks[0].Test.Codes, TinyTasks.Input), [new BatchSlice(0, 0, tasks[0].Test.Count)]);
    }

    /// <summary>Channels that a lane does not hold as they are, by the compiler's proof.</summary>
    private static int Passing(ModelArtifact model, int lane)
    {
        Network built = NetworkBuilder.Build(model, [.. model.Tasks.Select(task => task.Name)]);
        return built.Layers.Where(layer => layer.Operator.ReadsImage).Sum(layer => layer.Blocks.Sum(each =>
        {
            InputMaxima maxima = built.MaximaOf(layer, each.Task);
            return each.Block.Channels.Count(channel =>
            {
                var range = RangeProof.Of(channel.Bias, channel.Weights, layer.Operator.Weights(each.Block.SharedInputs), maxima.Shared, maxima.Own);
                long held = layer.Operator.WritesImage ? lane : 1 << 15;
                return range.High >= held || range.Low < -held;
            });
        }));
    }
}
