using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Who decides which channels of the adapters are open.</summary>
public enum GateChoice
{
    /// <summary>The gates themselves, as in the paper.</summary>
    Learned,

    /// <summary>A random order, before training.</summary>
    Random,

    /// <summary>The same share of every layer, before training: narrower adapters.</summary>
    Uniform,

    /// <summary>The norms' scales, pulled down by the cost until the gates are locked: MorphNet's selection (Gordon et al. 2018).</summary>
    Norms,
}

/// <summary>Opens channels without gates that learn: of each task's adapter as many as its budget allows, those that the rule ranks highest. What learned gates have to beat.</summary>
/// <param name="Choice">Ranks the channels.</param>
/// <param name="Measure">What the budgets count.</param>
/// <param name="Budgets">Most that each task may cost, its head included.</param>
/// <param name="Seed">Decides a random order.</param>
internal sealed record GateRule(GateChoice Choice, CostMeasure Measure, IReadOnlyList<double> Budgets, int Seed)
{
    private const int Stream = 31;

    /// <summary>Costs are sums of products in double; a channel costs a thousandth at least.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>True where training has to rank the channels first.</summary>
    public bool LooksAtNorms => Choice == GateChoice.Norms;

    /// <summary>Opens and closes every gate.</summary>
    /// <param name="network">With adapters.</param>
    public void Apply(MultiTaskNetwork network)
    {
        for (int task = 0; task < network.Shape.Tasks.Count; task++)
            network.SetGates(task, Open(network.Shape, task, Ranks(network, task)));
    }

    /// <summary>Sum of the norms' absolute scales of each layer of a task's adapter: what takes the gates' place in the cost.</summary>
    public static Tensor[] Scales(MultiTaskNetwork network, int task) => [.. network.Adapters[task].Select(block => block.NormScale.abs().sum())];

    /// <summary>Closes channels from the lowest rank on until a task's cost is within its budget.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="task">The task.</param>
    /// <param name="ranks">Per layer and channel.</param>
    public bool[][] Open(NetworkShape shape, int task, double[][] ranks)
    {
        bool[][] open = [.. ranks.Select(layer => layer.Select(_ => true).ToArray())];
        int[] counts = [.. open.Select(layer => layer.Length)];
        var lowest = ranks.SelectMany((layer, i) => layer.Select((rank, c) => (Rank: rank, Layer: i, Channel: c))).OrderBy(each => each.Rank).ThenBy(each => each.Layer).ThenBy(each => each.Channel);
        foreach ((_, int layer, int channel) in lowest)
        {
            if (AdapterCost.Of(shape, Measure, shape.Tasks[task].Classes, counts) <= Budgets[task] + Tolerance)
                break;
            open[layer][channel] = false;
            counts[layer]--;
        }

        return open;
    }

    private double[][] Ranks(MultiTaskNetwork network, int task)
    {
        NetworkShape shape = network.Shape;
        int[] widths = [.. Enumerable.Range(1, shape.Layers).Select(shape.Adapter)];
        switch (Choice)
        {
            case GateChoice.Uniform:
                return [.. widths.Select(width => Enumerable.Range(0, width).Select(c => -(c + 0.5) / width).ToArray())];
            case GateChoice.Norms:
                using (CollectorPause.Pause pause = CollectorPause.Begin())
                using (IDisposable noGradient = no_grad())
                using (DisposeScope scope = NewDisposeScope())
                    return [.. network.Adapters[task].Select(block => Finite.Require(block.NormScale, "a norm").abs().data<float>().Select(value => (double)value).ToArray())];
            default:
                int[] order = new SeededRandom(Seed, Stream, task).Permutation(widths.Sum());
                int taken = 0;
                return [.. widths.Select(width => Enumerable.Range(0, width).Select(_ => (double)order[taken++]).ToArray())];
        }
    }
}
