using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Training;

[Collection(TorchTests.Name)]
public sealed class FiringStartTests
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    public FiringStartTests() => set_num_threads(1);

    [Fact]
    public void Every_channel_of_every_layer_fires_for_fifty_seeds()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(1) with { Seed = seed });
            Assert.Equal(0, DeadChannels.Of(session.Network, Tasks).Count);
            Assert.All(FiringShares(session.Network), share => Assert.InRange(share, 0.4, 1));
        }
    }

    [Fact]
    public void Running_statistics_start_as_the_samples()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(1));
        (Tensor codes, IReadOnlyList<BatchSlice> rows) = TrainingSample.Of(Tasks, TinyTasks.Input);
        NetworkWalk.Run(session.Network, codes, rows, at =>
        {
            (Tensor deviation, Tensor mean) = std_mean(at.Channels(), [1], unbiased: false);
            Assert.All(deviation.data<double>(), value => Assert.Equal(FiringStart.Deviation, value, 4));
            Assert.All(mean.data<double>(), value => Assert.Equal(FiringStart.Mean * FiringStart.Deviation, value, 4));
            Tensor running = at.Block.RunningMean.to_type(ScalarType.Float64);
            Assert.True(running.allclose(at.Channels().relu().mean([1]), rtol: 1e-4, atol: 1e-5));
        });
    }

    [Fact]
    public void Baseline_and_adapter_network_start_from_the_same_shared_encoder()
    {
        NetworkShape shape = TinyTasks.Shape(Tasks);
        using var adapters = new TrainingSession(shape, Tasks, TinyTasks.Options(1));
        using var baseline = new TrainingSession(shape.MultiHead, Tasks, TinyTasks.Options(1));
        Assert.All(
            adapters.Network.Shared.Zip(baseline.Network.Shared),
            pair => Assert.Equal(pair.First.Weight.data<float>().ToArray(), pair.Second.Weight.data<float>().ToArray()));
    }

    /// <summary>The walk in float64 and the network's own forward pass are two ways to one result.</summary>
    [Fact]
    public void The_walk_computes_what_the_network_does()
    {
        using DisposeScope scope = NewDisposeScope();
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(6));
        while (!session.Finished)
            session.RunStep();
        session.Network.eval();
        (Tensor codes, IReadOnlyList<BatchSlice> rows) = TrainingSample.Of(Tasks, TinyTasks.Input);
        ForwardTrace trace = session.Network.Trace(codes, rows);
        int visits = 0;
        NetworkWalk.Run(session.Network, codes, rows, at =>
        {
            Tensor expected = (at.Task == NetworkWalk.SharedEncoder ? trace.Shared : trace.Adapters[at.Task])[at.Layer - 1];
            Assert.True(at.Pooled().relu().allclose(expected.to_type(ScalarType.Float64), rtol: 1e-3, atol: 1e-3));
            visits++;
        });
        Assert.Equal(session.Network.Shape.Layers * (Tasks.Count + 1), visits);
    }

    /// <summary>Per channel, the share of sample and positions at which it is above 0.</summary>
    private static List<double> FiringShares(MultiTaskNetwork network)
    {
        var shares = new List<double>();
        (Tensor codes, IReadOnlyList<BatchSlice> rows) = TrainingSample.Of(Tasks, TinyTasks.Input);
        NetworkWalk.Run(network, codes, rows, at => shares.AddRange(at.Channels().gt(0).to_type(ScalarType.Float64).mean([1]).data<double>().ToArray()));
        return shares;
    }
}
