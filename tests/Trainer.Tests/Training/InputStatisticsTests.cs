using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Tests.Training;

[Collection(TorchTests.Name)]
public sealed class InputStatisticsTests
{
    [Fact]
    public void Every_task_counts_alike_and_only_its_training_split()
    {
        // Task a: 10 and 20 twice over; task b: 40 alone. Squares: 250 and 1600.
        TaskData[] tasks = [Task([10, 20], [10, 20]), Task([40, 40])];
        InputStatistics statistics = InputStatistics.Of(tasks);
        Assert.Equal((15 + 40) / 2.0, statistics.Mean, 9);
        Assert.Equal(Math.Sqrt(((250 + 1600) / 2.0) - (27.5 * 27.5)), statistics.Deviation, 9);
    }

    [Fact]
    public void Silence_is_not_divided_by_nothing()
    {
        Assert.Equal(new InputStatistics(0, 1), InputStatistics.Of([Task([0, 0])]));
    }

    /// <summary>The padded value is the image of code 0: centre everything, border included, then convolve without padding.</summary>
    [Fact]
    public void A_centred_input_folds_exactly_borders_included()
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using var session = new TrainingSession(TinyTasks.Shape(tasks), tasks, TinyTasks.Options(1));
        MultiTaskNetwork network = session.Network;
        network.eval();
        InputStatistics input = InputStatistics.Of(tasks);
        Tensor codes = BatchSource.Images([.. Enumerable.Range(0, 4).Select(TinyTasks.RandomCodes)], TinyTasks.Input);

        Tensor centred = (F.pad(codes, [1, 1, 1, 1]).to_type(ScalarType.Float64) - input.Mean) / input.Deviation;
        EncoderBlock block = network.Shared[0];
        Tensor expected = F.max_pool2d(
            F.conv2d(centred, block.Weight.to_type(ScalarType.Float64), block.Bias.to_type(ScalarType.Float64)), [2, 2]).relu();
        Tensor found = network.Trace(codes, [new BatchSlice(0, 0, 4)]).Shared[0].to_type(ScalarType.Float64);
        Assert.True(found.allclose(expected, rtol: 1e-4, atol: 1e-4), $"greatest difference {(found - expected).abs().max().item<double>():G3}");
        Assert.True((expected[.., .., 0] - expected[.., .., 1]).abs().max().item<double>() > 0.01);
    }

    private static TaskData Task(params byte[][] codes)
    {
        var train = new SliceSet(codes, [.. codes.Select(_ => 0)]);
        var other = new SliceSet([[127, 127]], [0]);
        return new TaskData("task", ["only"], train, other, other);
    }
}
