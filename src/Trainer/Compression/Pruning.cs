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
/// square (optimal brain damage with Fisher's diagonal: LeCun et al. 1990, Theis et al. 2018). That can be compared across channels and across tasks, so a layer's shared and own weights
/// are ranked together: a task that needs more keeps more.
/// </summary>
/// <remarks>A weight that is exactly 0 was pruned: the weights are all the state there is.</remarks>
internal sealed class Pruning
{
    private readonly AdamOptimiser optimiser;
    private readonly List<(double Share, (Parameter Weight, Tensor Live)[] Members)> layers = [];

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
            layers.Add((layer == 1 ? 0.5 : 1, [
                (floats.Shared[i].Weight, ones_like(floats.Shared[i].Weight, ScalarType.Bool)),
                .. gates.Select((open, k) => (floats.Adapters[k][i].Weight, Live(floats.Adapters[k][i].Weight, open[i], Inputs(shape, i, open)))),
            ]));
        }

        layers.Add((1, [.. gates.Select((open, k) => (floats.Heads[k].Weight, Live(floats.Heads[k].Weight, null, Inputs(shape, shape.Layers, open))))]));
    }

    /// <summary>Makes as many weights of each layer 0 as are wanted; those that are stay.</summary>
    /// <param name="zeros">Share.</param>
    public void Run(double zeros)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using System.IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((double share, (Parameter Weight, Tensor Live)[] members) in layers)
        {
            Tensor[] saliency = [.. members.Select(each => each.Weight.square() * optimiser.Variance(each.Weight))];
            Tensor ranked = cat([.. members.Zip(saliency, (each, values) => values[each.Live])]).sort().Values;
            long count = (long)(share * zeros * ranked.numel());
            if (count == 0)
                continue;
            Tensor least = ranked[count - 1];
            foreach (((Parameter weight, Tensor live), Tensor values) in members.Zip(saliency))
                weight[live.logical_and(values.le(least))] = zeros_like(least);
        }
    }

    /// <summary>Which weights are 0, to be kept so.</summary>
    public IReadOnlyList<(Parameter Weight, Tensor Kept)> Masks()
    {
        using System.IDisposable noGradient = no_grad();
        return [.. layers.SelectMany(layer => layer.Members).Select(each => (each.Weight, each.Weight.ne(0).to_type(ScalarType.Float32).DetachFromDisposeScope()))];
    }

    private static bool[] Inputs(NetworkShape shape, int below, bool[][] open) => [.. Enumerable.Repeat(true, shape.Shared(below)), .. below == 0 ? [] : open[below - 1]];

    private static Tensor Live(Tensor weight, bool[]? outputs, bool[] inputs)
    {
        Tensor rows = tensor(outputs ?? [.. Enumerable.Repeat(true, (int)weight.shape[0])]).unsqueeze(1), columns = tensor(inputs).unsqueeze(0);
        Tensor live = rows.logical_and(columns);
        return (weight.dim() == 2 ? live : live.reshape(live.shape[0], live.shape[1], 1, 1).expand(weight.shape)).contiguous();
    }
}
