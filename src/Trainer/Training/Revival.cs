using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Gives dead channels a new start: fresh weights, set by the data as at the beginning (<see cref="FiringStart"/>), a neutral norm, no momentum. What the layers above do with the
/// channel stays. What it makes depends on the network, the seed and the step alone, so that a resumed run revives the same.
/// </summary>
internal static class Revival
{
    /// <summary>Training slices per task that are looked at before a channel is called dead.</summary>
    public const int Limit = 128;

    private const int Stream = 3;

    /// <summary>Revives.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <param name="optimiser">Whose moments of the channels start again.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="step">Steps done.</param>
    /// <returns>Channels revived.</returns>
    public static int Run(MultiTaskNetwork network, IReadOnlyList<TaskData> tasks, AdamOptimiser optimiser, int seed, int step)
    {
        DeadChannels dead = DeadChannels.Of(network, tasks, Limit);
        if (dead.Count == 0)
            return 0;
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(new SeededRandom(seed, Stream, step).NextBits());
        (Tensor codes, IReadOnlyList<BatchSlice> rows) = TrainingSample.Of(tasks, network.Shape.Input);
        NetworkWalk.Run(network, codes, rows, at =>
        {
            bool[] channels = dead.Of(at.Task, at.Layer);
            if (channels.Contains(true) && (at.Task != NetworkWalk.SharedEncoder || !network.IsEncoderTaken))
                Restart(at, tensor(channels), optimiser, generator);
        });
        return dead.Count;
    }

    private static void Restart(BlockVisit at, Tensor channels, AdamOptimiser optimiser, Generator generator)
    {
        EncoderBlock block = at.Block;
        FiringStart.Replace(block.Weight, channels, EncoderBlock.FreshWeight(block.Weight.shape, generator));
        FiringStart.Replace(block.Bias, channels, zeros_like(block.Bias));
        FiringStart.Replace(block.NormScale, channels, ones_like(block.NormScale));
        FiringStart.Replace(block.NormShift, channels, zeros_like(block.NormShift));
        FiringStart.Set(at, channels);
        foreach (Parameter parameter in new[] { block.Weight, block.Bias, block.NormScale, block.NormShift })
            optimiser.Forget(parameter, channels);
    }
}
