using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// Holds every convolution's sums where a lane of 64 / lanes bits holds them, whatever the codes are: with four lanes, bias + A * (sum of positive weights) below 2^15, bias - A * (sum of negative
/// ones) at -2^15 or above; with six 2^9. The compiler then proves so many lanes for it. A sum that is far too wide gets a coarser step, which changes the grid and not the function. One that is a
/// little too wide has its weights scaled down, and learns on (as accumulator-aware quantisation does: Colbert et al. 2023); where a lane holds but few steps of a weight, single weights give way
/// instead (<see cref="FewSteps"/>).
/// </summary>
internal sealed class LaneBound
{
    /// <summary>From here on a step becomes coarser; below, the weights shrink.</summary>
    private const double Far = 1.25;

    /// <summary>Rounding may lift a sum again: how often the bound is applied before the last resort.</summary>
    private const int Rounds = 40;

    /// <summary>A little more than needed, so that rounding seldom lifts a sum over the bound again.</summary>
    private const double Margin = 1.003;

    private readonly QuantisedNetwork network;
    private readonly CompressionOptions options;
    private readonly double first;

    /// <summary>A bound of a network's sums.</summary>
    /// <param name="network">Whose sums are held.</param>
    /// <param name="options">Lanes, and by when; without lanes there is no bound.</param>
    public LaneBound(QuantisedNetwork network, CompressionOptions options)
    {
        (this.network, this.options) = (network, options);
        first = IsTight ? Math.Max(1, Widest()) : 1;
    }

    /// <summary>What a lane holds below its guard. The last convolution has most inputs and fewest positions: four lanes are all it is held to.</summary>
    /// <param name="layer">Layer, from 1.</param>
    public int LaneOf(int layer) => Holds(Math.Max(1, LayerOperators.Of(network.Network.Shape.Kind(layer)).WritesImage ? options.Lanes : Math.Min(options.Lanes, CompressionOptions.UsualLanes)));

    /// <summary>Six lanes hold so few steps that weights have to learn it while they become 0: all at once, hardly one would be left to learn with.</summary>
    private bool IsTight => options.Lanes > CompressionOptions.UsualLanes;

    private IEnumerable<(int Task, int Layer)> Convolutions => Enumerable.Range(1, network.Network.Shape.Layers)
        .Where(layer => LayerOperators.Of(network.Network.Shape.Kind(layer)).ReadsImage)
        .SelectMany(layer => Enumerable.Range(LayerExport.SharedEncoder, network.Network.Shape.Tasks.Count + 1).Select(task => (task, layer)));

    /// <summary>What one of so many lanes of a long holds below its guard: 2^15 for 4, 2^9 for 6.</summary>
    public static int Holds(int lanes) => (int)Math.Min(1L << 30, new LaneFormat(lanes, LaneAxis.Time).GuardValue);

    /// <summary>How many times a lane sums may be after some steps; null where the bound does not matter yet. From the last zeros on 1; six lanes come down to that from where the network began.</summary>
    /// <param name="step">Steps done.</param>
    public double? RoomAfter(int step) => options.Lanes == 0 ? null
        : step >= options.LastPruning ? 1
        : IsTight ? Math.Pow(first, 1 - ((double)step / options.LastPruning))
        : null;

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
            throw new Training.NotFiniteException(FormattableString.Invariant($"a channel's sums pass {options.Lanes} lanes {widest:F2} times over, and scaling its weights down does not help"));
    }

    /// <summary>Applies the bound once.</summary>
    /// <param name="room">How many times a lane sums may be.</param>
    public void Apply(double room = 1)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((int task, int layer) in Convolutions)
        {
            Tensor open = Excess(task, layer) / room;
            if (open.numel() == 0 || open.max().item<double>() <= 1)
                continue;
            EncoderBlock block = (task == LayerExport.SharedEncoder ? network.Network.Shared : network.Network.Adapters[task])[layer - 1];
            LearnedScale scale = network.Scale(task, layer);
            if (FewSteps.Are(LaneOf(layer), LargestInput(layer)))
            {
                FewSteps.Hold(network, task, layer, block, (int)(LaneOf(layer) * room), LargestInput(layer));
                continue;
            }

            Tensor excess = open;
            if (task != LayerExport.SharedEncoder)
            {
                excess = ones(block.Bias.numel(), ScalarType.Float64);
                excess.index_copy_(0, network.Open(task, layer), open);
            }

            Tensor ratio = where(excess > 1, excess * Margin, 1.0), coarser = where(ratio > Far, ratio, 1.0), smaller = ratio / coarser;

            // The step by the whole ratio, the shift by the power of 2 next to it: a code stays worth about the same.
            Tensor halvings = minimum(coarser.log2().round(), scale.Divisor.log2().to_type(ScalarType.Float64));
            scale.Logarithm.add_(coarser.log().to_type(ScalarType.Float32));
            scale.Divisor.div_(halvings.exp2().to_type(ScalarType.Float32));
            block.Weight.div_(smaller.to_type(ScalarType.Float32).reshape(block.Weight.dim() == 2 ? [-1, 1] : [-1, 1, 1, 1]));
            block.Bias.div_(smaller.to_type(ScalarType.Float32));
        }
    }

    private int LargestInput(int layer) => layer == 1 ? network.Network.Shape.Input.CodeMax : network.Largest;

    private Tensor Excess(int task, int layer)
    {
        RoundedLayer rounded = network.Rounded(task, layer);
        (Tensor low, Tensor high) = rounded.Range(LargestInput(layer));
        int lane = LaneOf(layer);
        return maximum(high / (lane - 1), -low / lane).to_type(ScalarType.Float64);
    }
}
