using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Channels that say nothing: the same output, nearly always 0, at every position of every training slice. Closed adapter channels do not count, they are
/// removed. Such a channel costs as much as any other, gets no gradient, and its norm divides by a variance of 0.
/// </summary>
/// <param name="Shared">Per layer and channel.</param>
/// <param name="Adapters">Per task, layer and channel.</param>
internal sealed record DeadChannels(bool[][] Shared, bool[][][] Adapters)
{
    /// <summary>Training slices per task that a count of a finished network looks at; a larger set is thinned out evenly.</summary>
    public const int Limit = 1000;

    /// <summary>Slices of a task that are looked at together.</summary>
    private const int Rows = 16;

    /// <summary>What a float may differ by and still be the same, as a share of it: it is summed in another order.</summary>
    private const double Noise = 1e-5;

    /// <summary>Outputs of one task's slices: the shared encoder's layers and its adapter's.</summary>
    private delegate (IReadOnlyList<Tensor> Shared, IReadOnlyList<Tensor> Own) Run(int task, Tensor codes);

    /// <summary>Dead channels, shared and of adapters.</summary>
    public int Count => Shared.Concat(Adapters.SelectMany(layers => layers)).Sum(layer => layer.Count(dead => dead));

    /// <summary>Which channels of a layer are dead.</summary>
    /// <param name="task">Task, or <see cref="NetworkWalk.SharedEncoder"/>.</param>
    /// <param name="layer">Counted from 1.</param>
    public bool[] Of(int task, int layer) => task == NetworkWalk.SharedEncoder ? Shared[layer - 1] : Adapters[task][layer - 1];

    /// <summary>Those that the compiler does not know of: the others it removes, or stores their one code for the readers' borders.</summary>
    /// <param name="known">What it found in the same model.</param>
    public DeadChannels Without(IEnumerable<IdleChannel> known)
    {
        var idle = known.Select(each => (each.Task ?? NetworkWalk.SharedEncoder, each.Layer, each.Number)).ToHashSet();
        return new DeadChannels(Left(NetworkWalk.SharedEncoder, Shared), [.. Adapters.Select((layers, k) => Left(k, layers))]);

        bool[][] Left(int task, bool[][] layers) => [.. layers.Select((layer, i) => layer.Select((dead, c) => dead && !idle.Contains((task, i + 1, c + 1))).ToArray())];
    }

    /// <summary>Of a float network in evaluation mode; its mode is left as it was.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <param name="limit">Most slices of a task.</param>
    public static DeadChannels Of(MultiTaskNetwork network, IReadOnlyList<TaskData> tasks, int limit = Limit)
    {
        bool training = network.training;
        network.eval();
        bool[][][] open = [.. tasks.Select((_, k) => network.OpenGates(k))];
        DeadChannels dead = Of(tasks, network.Shape.Input, open, network.Shape.Layers, limit, (k, codes) =>
        {
            ForwardTrace trace = network.Trace(codes, [new BatchSlice(k, 0, codes.shape[0])]);
            return (trace.Shared, trace.Adapters[0]);
        });
        network.train(training);
        return dead;
    }

    /// <summary>Of a model file's integer network.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tasks">Its tasks.</param>
    public static DeadChannels Of(ModelArtifact model, IReadOnlyList<TaskData> tasks) => Of(
        tasks, model.Input, [.. model.Tasks.Select(task => task.Layers.Select(layer => layer.Gates.ToArray()).ToArray())], model.Shared.Count, Limit, (k, codes) =>
        {
            IntegerTrace trace = IntegerForward.Run(model, codes.to_type(ScalarType.Float64), [k]);
            return (trace.Shared, trace.Adapters[k]);
        });

    /// <summary>Looks at slices until every channel has spoken: a healthy network takes one round.</summary>
    private static DeadChannels Of(IReadOnlyList<TaskData> tasks, InputSpec input, bool[][][] open, int layers, int limit, Run run)
    {
        using IDisposable noGradient = no_grad();
        byte[][][] slices = [.. tasks.Select(task => Evaluator.Thin(task.Train, limit).Codes.ToArray())];
        var shared = new ChannelRanges(layers);
        ChannelRanges[] adapters = [.. tasks.Select(_ => new ChannelRanges(layers))];
        DeadChannels dead;
        int round = 0, rounds = slices.Max(s => (s.Length + Rows - 1) / Rows);
        do
        {
            for (int k = 0; k < tasks.Count; k++)
            {
                // Every so many: a set may be sorted by class.
                byte[][] chosen = [.. slices[k].Where((_, i) => i % rounds == round)];
                if (chosen.Length == 0)
                    continue;
                using CollectorPause.Pause pause = CollectorPause.Begin();
                using DisposeScope scope = NewDisposeScope();
                (IReadOnlyList<Tensor> sharedOutputs, IReadOnlyList<Tensor> own) = run(k, BatchSource.Images(chosen, input));
                shared.Add(sharedOutputs);
                adapters[k].Add(own);
            }

            dead = new DeadChannels(
                shared.Constant(Noise),
                [.. adapters.Select((a, k) => a.Constant(Noise).Select((layer, i) => layer.Select((constant, c) => constant && open[k][i][c]).ToArray()).ToArray())]);
        }
        while (++round < rounds && dead.Count > 0);
        return dead;
    }
}
