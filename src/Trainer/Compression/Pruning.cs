using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// Chooses weights that become 0, and keeps them there. A weight matters by how much the loss would move without it: the mean square of its gradient, which Adam keeps anyway, times its own
/// square (optimal brain damage with Fisher's diagonal: LeCun et al. 1990, Theis et al. 2018). It costs the bytes of one addition, wherever it is, and that addition's time at every position of
/// its layer's image. All weights of all layers and tasks are ranked together by what they give for what they cost: a layer, and a task, that needs more keeps more.
/// </summary>
/// <remarks>A weight that is exactly 0 was pruned: the weights are all the state there is.</remarks>
internal sealed class Pruning
{
    /// <summary>Positions at which an addition's time weighs as much as its bytes: 15 M weighted instructions of a window, an eighth of a second on an ESP32, stand against 35,000 additions, two assemblies of them.</summary>
    private const double Positions = 15;

    private readonly AdamOptimiser optimiser;
    private readonly List<(Parameter Weight, Tensor Live, double Cost)> members = [];

    /// <summary>A pruning of a network's layers and heads; only weights between open channels count.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimiser">Its optimiser.</param>
    public Pruning(QuantisedNetwork network, AdamOptimiser optimiser)
    {
        this.optimiser = optimiser;
        using CollectorPause.Pause pause = CollectorPause.Begin();
        MultiTaskNetwork floats = network.Network;
        NetworkShape shape = floats.Shape;
        bool[][][] gates = [.. Enumerable.Range(0, shape.Tasks.Count).Select(floats.OpenGates)];
        for (int layer = 1; layer <= shape.Layers; layer++)
        {
            int i = layer - 1;
            double positions = (double)shape.Operator(layer).MultiplyAccumulates(shape.Image(layer), pairs: 1) / shape.Operator(layer).Taps, cost = 1 + (positions / Positions);
            members.Add((floats.Shared[i].Weight, ones_like(floats.Shared[i].Weight, ScalarType.Bool), cost));
            members.AddRange(gates.Select((open, k) => (floats.Adapters[k][i].Weight, Live(floats.Adapters[k][i].Weight, open[i], Inputs(shape, i, open)), cost)));
        }

        members.AddRange(gates.Select((open, k) => (floats.Heads[k].Weight, Live(floats.Heads[k].Weight, null, Inputs(shape, shape.Layers, open)), 1.0)));
    }

    /// <summary>Makes as many weights 0 as are wanted; those that are stay.</summary>
    /// <param name="zeros">Share of the weights between open channels.</param>
    public void Run(double zeros)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using System.IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] worth = [.. members.Select(each => each.Weight.square() * optimiser.Variance(each.Weight) / each.Cost)];
        Tensor ranked = cat([.. members.Zip(worth, (each, values) => values[each.Live])]).sort().Values;
        long count = (long)(zeros * ranked.numel());
        if (count == 0)
            return;
        Tensor least = ranked[count - 1];
        foreach (((Parameter weight, Tensor live, _), Tensor values) in members.Zip(worth))
            weight[live.logical_and(values.le(least))] = zeros_like(least);
    }

    /// <summary>Which weights are 0, to be kept so.</summary>
    public IReadOnlyList<(Parameter Weight, Tensor Kept)> Masks()
    {
        using System.IDisposable noGradient = no_grad();
        return [.. members.Select(each => (each.Weight, each.Weight.ne(0).to_type(ScalarType.Float32).DetachFromDisposeScope()))];
    }

    private static bool[] Inputs(NetworkShape shape, int below, bool[][] open) => [.. Enumerable.Repeat(true, shape.Shared(below)), .. below == 0 ? [] : open[below - 1]];

    private static Tensor Live(Tensor weight, bool[]? outputs, bool[] inputs)
    {
        Tensor rows = tensor(outputs ?? [.. Enumerable.Repeat(true, (int)weight.shape[0])]).unsqueeze(1), columns = tensor(inputs).unsqueeze(0);
        Tensor live = rows.logical_and(columns);
        return (weight.dim() == 2 ? live : live.reshape(live.shape[0], live.shape[1], 1, 1).expand(weight.shape)).contiguous();
    }
}
