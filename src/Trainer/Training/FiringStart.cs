using System;
using System.Collections.Generic;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Initialisation by the data, layer by layer (after Mishkin and Matas 2016, "All you need is a good init"): before ReLU every channel gets the deviation <see cref="Deviation"/> and
/// the mean <see cref="Mean"/> on a sample of the training split, so that each fires on most of it and none on nothing. Running statistics start as the sample's.
/// </summary>
/// <remarks>
/// Norms make a network the same function at any scale of its weights, but not its training: Adam moves every weight by about the learning rate. Both values were chosen by how
/// fast seeds 1 and 2 of the built-in tasks learn: deviations 1 and 0.1 were slower than 0.3, mean 0.5 slower than 1, mean 2 no faster.
/// </remarks>
internal static class FiringStart
{
    /// <summary>Mean before ReLU, in deviations: of normally distributed values 84 % lie above 0.</summary>
    public const double Mean = 1;

    /// <summary>Deviation before ReLU. Smaller weights turn faster under the same learning rate.</summary>
    public const double Deviation = 0.3;

    /// <summary>Below this a channel's values are taken as all the same: its weights are left as they are.</summary>
    private const double LeastDeviation = 1e-6;

    /// <summary>Centres the input and sets every channel, weights drawn before.</summary>
    /// <param name="network">Fresh weights, whose directions stay.</param>
    /// <param name="tasks">Its tasks, in its order.</param>
    public static void Prepare(MultiTaskNetwork network, IReadOnlyList<TaskData> tasks)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!network.IsEncoderTaken)
        {
            InputStatistics input = InputStatistics.Of(tasks);
            network.CentreInput(input.Mean, input.Deviation);
        }

        (Tensor codes, IReadOnlyList<BatchSlice> rows) = TrainingSample.Of(tasks, network.Shape.Input);
        NetworkWalk.Run(network, codes, rows, at =>
        {
            if (at.Task != NetworkWalk.SharedEncoder || !network.IsEncoderTaken)
                Set(at, ones(at.Block.Bias.numel(), ScalarType.Bool));
        });
    }

    /// <summary>Scales and shifts some of a block's channels, and sets their running statistics.</summary>
    /// <param name="at">The block and what it reads.</param>
    /// <param name="channels">True for those to set, [channels].</param>
    public static void Set(BlockVisit at, Tensor channels)
    {
        EncoderBlock block = at.Block;
        (Tensor deviation, Tensor mean) = std_mean(at.Channels(), [1], unbiased: false);
        Tensor divisor = where(deviation > LeastDeviation, deviation, 1.0) / Deviation;
        Tensor weight = block.Weight.to_type(ScalarType.Float64);
        Replace(block.Weight, channels, weight / divisor.reshape(weight.dim() == 2 ? [-1, 1] : [-1, 1, 1, 1]));
        Replace(block.Bias, channels, (block.Bias.to_type(ScalarType.Float64) - mean) / divisor + (Mean * Deviation));

        (Tensor variance, Tensor average) = var_mean(at.Channels().relu(), [1], unbiased: false);
        Replace(block.RunningMean, channels, average);
        Replace(block.RunningVariance, channels, variance);
    }

    /// <summary>Writes some channels' values into a tensor of the network.</summary>
    public static void Replace(Tensor target, Tensor channels, Tensor values)
    {
        long[] shape = new long[target.dim()];
        Array.Fill(shape, 1);
        shape[0] = -1;
        target.copy_(where(channels.reshape(shape), values.to_type(ScalarType.Float32), target));
    }
}
