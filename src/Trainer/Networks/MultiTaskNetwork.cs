using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Convolution = AdapterCompiler.Trainer.Runtime.Convolution;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>A task's samples in a batch.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Start">First row.</param>
/// <param name="Length">Rows.</param>
public readonly record struct BatchSlice(int Task, long Start, long Length);

/// <summary>
/// The paper's network: the shared encoder reads the whole batch, each adapter only its own task's rows, its layer i reading the concatenation of
/// the shared encoder's and its own layer i - 1. No task reads another's.
/// </summary>
/// <remarks>
/// A task's rows pass a layer once: one convolution yields the shared channels and behind them its own, so that nothing is ever concatenated. Where a
/// shared channel would read an own input, its weight is 0. The shared norms take their statistics from all tasks' rows.
/// </remarks>
internal sealed class MultiTaskNetwork : nn.Module
{
    private readonly EncoderBlock[] shared;
    private readonly EncoderBlock[][] adapters;
    private readonly TaskHead[] heads;
    private bool hasResiduals;

    /// <summary>A network with fresh weights, its gates at <see cref="Gates.Start"/>.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="seed">Decides every initial weight. The shared encoder's are drawn first: baseline and adapter network start from the same.</param>
    public MultiTaskNetwork(NetworkShape shape, int seed)
        : base(nameof(MultiTaskNetwork))
    {
        Shape = shape;
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using var generator = new Generator(unchecked((ulong)seed));
        int[] layers = Enumerable.Range(1, shape.Layers).ToArray();
        shared = layers.Select(i => new EncoderBlock(shape.Kind(i), shape.Shared(i - 1), shape.Shared(i), gated: false, generator)).ToArray();
        adapters = shape.Tasks
            .Select(_ => shape.Alpha is null
                ? []
                : layers.Select(i => new EncoderBlock(shape.Kind(i), shape.Shared(i - 1) + shape.Adapter(i - 1), shape.Adapter(i), gated: true, generator)).ToArray())
            .ToArray();
        heads = shape.Tasks.Select(task => new TaskHead(shape.Shared(shape.Layers) + shape.Adapter(shape.Layers), task.Classes, generator)).ToArray();

        // Codes around the middle of their range, until the training data say better.
        double half = (1 << shape.Input.Bits) / 2.0;
        Input = AffineMap.OfInput(half, half);
        register_buffer("input_scale", Input.Scale);
        register_buffer("input_shift", Input.Shift);
        for (int i = 0; i < shared.Length; i++)
            register_module(FormattableString.Invariant($"shared_{i + 1}"), shared[i]);
        for (int k = 0; k < heads.Length; k++)
        {
            for (int i = 0; i < adapters[k].Length; i++)
                register_module(FormattableString.Invariant($"task_{k + 1}_{i + 1}"), adapters[k][i]);
            register_module(FormattableString.Invariant($"head_{k + 1}"), heads[k]);
        }
    }

    public NetworkShape Shape { get; }

    /// <summary>What layer 1 makes of a code. Its two numbers are buffers: a checkpoint holds them.</summary>
    public AffineMap Input { get; }

    /// <summary>What its layers convolve with.</summary>
    public Convolution Convolve { get; init; } = SafeConvolutions.OfProcess.Convolve;

    /// <summary>True where the shared encoder is another network's: nothing in it starts afresh.</summary>
    public bool IsEncoderTaken { get; private set; }

    /// <summary>True where it stays as it is besides: weights, norms and their statistics.</summary>
    public bool IsEncoderFrozen { get; private set; }

    /// <summary>Slope of the gates, <see cref="Gates.Slope"/>.</summary>
    public double Slope { get; set; } = Gates.FirstSlope;

    public IReadOnlyList<EncoderBlock> Shared => shared;

    /// <summary>Per task its layers; no layers in the multi-head baseline.</summary>
    public IReadOnlyList<IReadOnlyList<EncoderBlock>> Adapters => adapters;

    public IReadOnlyList<TaskHead> Heads => heads;

    /// <summary>Gate variables of all tasks and layers.</summary>
    public IEnumerable<Parameter> GateVariables => adapters.SelectMany(blocks => blocks).Select(block => block.Gate!);

    /// <summary>Logits of each slice's task for its rows.</summary>
    /// <param name="codes">Input codes as floats, [n, 1, frames, bands].</param>
    /// <param name="slices">Which rows belong to which task; every row to one.</param>
    public Tensor[] Forward(Tensor codes, IReadOnlyList<BatchSlice> slices) => Run(codes, slices, null);

    /// <summary>Logits with every ReLU output before its norm: what calibration compares with.</summary>
    public ForwardTrace Trace(Tensor codes, IReadOnlyList<BatchSlice> slices)
    {
        var outputs = new List<Tensor[]>();
        Tensor[] logits = Run(codes, slices, outputs);
        return new ForwardTrace(
            [.. outputs.Select((parts, i) => cat(parts.Select(part => part.narrow(1, 0, Shape.Shared(i + 1))).ToArray()))],
            [.. slices.Select((slice, s) => adapters[slice.Task].Select((_, i) => outputs[i][s].narrow(1, Shape.Shared(i + 1), Shape.Adapter(i + 1))).ToArray())],
            logits);
    }

    private Tensor[] Run(Tensor codes, IReadOnlyList<BatchSlice> slices, List<Tensor[]>? outputs)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        Tensor images = LayerActivation.ChannelsLast(codes);
        Tensor[] parts = [.. slices.Select(slice => slice.Length == images.shape[0] ? images : images.narrow(0, slice.Start, slice.Length))];
        if (parts.Sum(part => part.shape[0]) != images.shape[0])
            throw new ArgumentException("every row belongs to one slice", nameof(slices));
        AffineMap sharedMap = Input;
        AffineMap[] maps = [.. slices.Select(_ => Input)];
        for (int i = 0; i < shared.Length; i++)
        {
            (Tensor Weight, Tensor Bias) common = shared[i].Fold(sharedMap);
            var statistics = new ChannelStatistics[parts.Length];
            for (int s = 0; s < parts.Length; s++)
            {
                (Tensor weight, Tensor bias) = Join(common, Own(slices[s], i)?.Fold(maps[s]));
                (parts[s], statistics[s]) = LayerActivation.Of(Shape.Kind(i + 1), parts[s], weight, bias, Convolve);
            }

            outputs?.Add([.. parts]);
            (sharedMap, maps) = Normalise(i, slices, statistics);
        }

        return [.. slices.Select((slice, s) => heads[slice.Task].Logits(parts[s], maps[s]))];
    }

    /// <summary>Norm and gates of a layer's outputs: the shared encoder's, and per slice those of all its channels.</summary>
    private (AffineMap Shared, AffineMap[] Maps) Normalise(int layer, IReadOnlyList<BatchSlice> slices, ChannelStatistics[] statistics)
    {
        int common = Shape.Shared(layer + 1), own = Shape.Adapter(layer + 1);
        AffineMap map = training && !IsEncoderFrozen
            ? shared[layer].Normalise(ChannelStatistics.Pool([.. statistics.Select(part => part.Channels(0, common))]), Slope)
            : shared[layer].Normalise(Slope);
        return (map, [.. slices.Select((slice, s) => Own(slice, layer) is not { } block
            ? map
            : AffineMap.Concat([map, training ? block.Normalise(statistics[s].Channels(common, own), Slope) : block.Normalise(Slope)]))]);
    }

    private EncoderBlock? Own(BatchSlice slice, int layer) => adapters[slice.Task] is { Length: > 0 } blocks ? blocks[layer] : null;

    /// <summary>One layer's weights from the shared encoder's and an adapter's: outputs and inputs are both the shared channels, then the own ones.</summary>
    private static (Tensor Weight, Tensor Bias) Join((Tensor Weight, Tensor Bias) common, (Tensor Weight, Tensor Bias)? own)
    {
        if (own is not { } adapter)
            return common;
        long ownInputs = adapter.Weight.shape[1] - common.Weight.shape[1];
        Tensor blind = ownInputs == 0 ? common.Weight : F.pad(common.Weight, common.Weight.dim() == 2 ? [0, ownInputs] : [0, 0, 0, 0, 0, ownInputs]);
        return (cat([blind, adapter.Weight]), cat([common.Bias, adapter.Bias]));
    }

    /// <summary>Centres and scales the input: layer 1 reads (code - mean) / deviation from now on.</summary>
    /// <param name="mean">Of the codes.</param>
    /// <param name="deviation">Above 0, in codes.</param>
    public void CentreInput(double mean, double deviation)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        AffineMap map = AffineMap.OfInput(mean, deviation);
        Input.Scale.copy_(map.Scale);
        Input.Shift.copy_(map.Shift);
    }

    /// <summary>Reads codes without their lower bits from now on: each stands for the middle of the codes that it is made of, and layer 1 reads about what it read before.</summary>
    /// <param name="lost">Bits that went.</param>
    public void LoseInputBits(int lost)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Input.Shift.add_(Input.Scale * (float)(((1 << lost) - 1) / 2.0));
        Input.Scale.mul_((float)(1 << lost));
    }

    /// <summary>Takes over another network's shared encoder (paper, section 4: transfer).</summary>
    /// <param name="source">A network of the same shared channels; images of another height have the same weights.</param>
    /// <param name="use">What becomes of it.</param>
    public void TakeEncoder(MultiTaskNetwork source, EncoderUse use)
    {
        if (!source.Shape.Channels.Equals(Shape.Channels))
            throw new ArgumentException($"its shared channels are {string.Join(", ", source.Shape.Channels)}; these are {string.Join(", ", Shape.Channels)}", nameof(source));
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        Input.Scale.copy_(source.Input.Scale);
        Input.Shift.copy_(source.Input.Shift);
        foreach ((EncoderBlock own, EncoderBlock other) in shared.Zip(source.shared))
        {
            foreach ((Tensor target, Tensor values) in own.parameters().Zip(other.parameters()))
                target.copy_(values);
            own.RunningMean.copy_(other.RunningMean);
            own.RunningVariance.copy_(other.RunningVariance);
            foreach (Parameter parameter in own.parameters())
                parameter.requires_grad = use == EncoderUse.Tuned;
            own.NormScale.requires_grad = own.NormShift.requires_grad = use != EncoderUse.Frozen;
            if (use == EncoderUse.Residual && own.Weight.dim() == 4)
                own.Weight.requires_grad = true;
        }

        (IsEncoderTaken, IsEncoderFrozen, hasResiduals) = (true, use == EncoderUse.Frozen, use == EncoderUse.Residual);
    }

    /// <summary>Takes away gradients of what stays though its neighbours learn: after a backward pass, before the update.</summary>
    public void KeepFrozenTaps()
    {
        if (!hasResiduals)
            return;
        using IDisposable noGradient = no_grad();
        using Tensor middle = zeros(1, 1, 3, 3);
        middle[.., .., 1, 1] = ones(1, 1);
        foreach (EncoderBlock block in shared)
        {
            if (block.Weight.dim() == 4)
                block.Weight.grad?.mul_(middle);
        }
    }

    /// <summary>Rounds every gate and leaves it there.</summary>
    public void LockGates()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter gate in GateVariables)
            gate.copy_(Gates.Lock(gate));
    }

    /// <summary>Opens and closes the gates of a task's adapter for good.</summary>
    /// <param name="task">The task.</param>
    /// <param name="open">Per layer and channel.</param>
    public void SetGates(int task, bool[][] open)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((EncoderBlock block, bool[] channels) in adapters[task].Zip(open))
            block.Gate!.copy_(Gates.Lock(tensor(channels.Select(isOpen => isOpen ? 1f : -1f).ToArray())));
    }

    /// <summary>Open gates of a task's adapter, layer by layer: sigma above 0 (equation 4).</summary>
    public bool[][] OpenGates(int task)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return adapters[task].Select(block => Finite.Require(block.Sigma(Slope)!, "a gate").gt(0).data<bool>().ToArray()).ToArray();
    }

    /// <summary>Mean of all gate values; 1 without adapters.</summary>
    public double MeanGate()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] values = GateVariables.Select(gate => Gates.Sigma(gate, Slope)).ToArray();
        return values.Length == 0 ? 1 : cat(values).mean().item<float>();
    }
}

/// <summary>ReLU outputs before norm and gate, and logits.</summary>
/// <param name="Shared">Per layer, all rows.</param>
/// <param name="Adapters">Per slice of the batch and layer, that slice's rows.</param>
/// <param name="Logits">Per slice.</param>
internal sealed record ForwardTrace(Tensor[] Shared, Tensor[][] Adapters, Tensor[] Logits);
