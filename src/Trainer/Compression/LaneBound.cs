using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// Holds every convolution's sums where a lane of 16 bits holds them, whatever the codes are: bias + A * (sum of positive weights) below 2^15, bias - A * (sum of negative ones) at -2^15 or
/// above. The compiler then proves four lanes for it. A sum that is far too wide gets a coarser step, which changes the grid and not the function; one that is a little too wide has its
/// weights scaled down, and learns on (as accumulator-aware quantisation does: Colbert et al. 2023).
/// </summary>
/// <param name="network">Whose sums are held.</param>
internal sealed class LaneBound(QuantisedNetwork network)
{
    /// <summary>2^15: what a lane holds below its guard.</summary>
    public const int Lane = 1 << 15;

    /// <summary>From here on a step becomes coarser; below, the weights shrink.</summary>
    private const double Far = 1.25;

    /// <summary>Rounding may lift a sum again: how often the bound is applied before the last resort.</summary>
    private const int Rounds = 40;

    /// <summary>A little more than needed, so that rounding seldom lifts a sum over the bound again.</summary>
    private const double Margin = 1.003;

    private IEnumerable<(int Task, int Layer)> Convolutions => Enumerable.Range(1, network.Network.Shape.Layers)
        .Where(layer => LayerOperators.Of(network.Network.Shape.Kind(layer)).ReadsImage)
        .SelectMany(layer => Enumerable.Range(LayerExport.SharedEncoder, network.Network.Shape.Tasks.Count + 1).Select(task => (task, layer)));

    /// <summary>How far the widest channel is over the bound: 1 or less where all hold.</summary>
    public double Widest()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return Convolutions.Select(each => Excess(each.Task, each.Layer)).Where(excess => excess.numel() > 0).Max(excess => excess.max().item<double>());
    }

    /// <summary>Applies the bound until it holds.</summary>
    /// <exception cref="Training.NotFiniteException">It cannot be made to hold: some bias alone passes it.</exception>
    public void Enforce()
    {
        for (int round = 0; round < Rounds && Widest() > 1; round++)
            Apply();
        if (Widest() is var widest && widest > 1)
            throw new Training.NotFiniteException(FormattableString.Invariant($"a channel's sums pass four lanes {widest:F2} times over, and scaling its weights down does not help"));
    }

    /// <summary>Applies the bound once.</summary>
    public void Apply()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((int task, int layer) in Convolutions)
        {
            Tensor open = Excess(task, layer);
            if (open.numel() == 0 || open.max().item<double>() <= 1)
                continue;
            EncoderBlock block = (task == LayerExport.SharedEncoder ? network.Network.Shared : network.Network.Adapters[task])[layer - 1];
            Tensor excess = open;
            if (task != LayerExport.SharedEncoder)
            {
                excess = ones(block.Bias.numel(), ScalarType.Float64);
                excess.index_copy_(0, network.Open(task, layer), open);
            }

            LearnedScale scale = network.Scale(task, layer);
            Tensor ratio = where(excess > 1, excess * Margin, 1.0), coarser = where(ratio > Far, ratio, 1.0), smaller = ratio / coarser;

            // The step by the whole ratio, the shift by the power of 2 next to it: a code stays worth about the same.
            Tensor halvings = minimum(coarser.log2().round(), scale.Divisor.log2().to_type(ScalarType.Float64));
            scale.Logarithm.add_(coarser.log().to_type(ScalarType.Float32));
            scale.Divisor.div_(halvings.exp2().to_type(ScalarType.Float32));
            block.Weight.div_(smaller.to_type(ScalarType.Float32).reshape(block.Weight.dim() == 2 ? [-1, 1] : [-1, 1, 1, 1]));
            block.Bias.div_(smaller.to_type(ScalarType.Float32));
        }
    }

    private Tensor Excess(int task, int layer)
    {
        RoundedLayer rounded = network.Rounded(task, layer);
        (Tensor low, Tensor high) = rounded.Range(layer == 1 ? network.Network.Shape.Input.CodeMax : network.Largest);
        return maximum(high / (Lane - 1), -low / Lane).to_type(ScalarType.Float64);
    }
}
