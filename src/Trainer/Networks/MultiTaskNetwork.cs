using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

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
internal sealed class MultiTaskNetwork : nn.Module
{
    private readonly EncoderBlock[] shared;
    private readonly EncoderBlock[][] adapters;
    private readonly TaskHead[] heads;

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
    /// <param name="slices">Which rows belong to which task.</param>
    public Tensor[] Forward(Tensor codes, IReadOnlyList<BatchSlice> slices) => Trace(codes, slices).Logits;

    /// <summary>Logits with every ReLU output before its norm: what calibration compares with.</summary>
    public ForwardTrace Trace(Tensor codes, IReadOnlyList<BatchSlice> slices)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        AffineMap map = AffineMap.OfInput(Shape.Input.Bits);
        Tensor below = codes;
        var own = new Tensor?[slices.Count];
        var ownMaps = new AffineMap?[slices.Count];
        var sharedOutputs = new Tensor[shared.Length];
        Tensor[][] adapterOutputs = slices.Select(_ => new Tensor[adapters[0].Length]).ToArray();
        for (int i = 0; i < shared.Length; i++)
        {
            for (int s = 0; s < slices.Count && adapters[slices[s].Task].Length > 0; s++)
            {
                EncoderBlock block = adapters[slices[s].Task][i];
                (Tensor inputs, AffineMap inputMap) = Concat(below, map, slices[s], own[s], ownMaps[s]);
                own[s] = adapterOutputs[s][i] = block.Activate(inputs, inputMap);
                ownMaps[s] = block.Normalise(adapterOutputs[s][i], Slope);
            }

            below = sharedOutputs[i] = shared[i].Activate(below, map);
            map = shared[i].Normalise(below, Slope);
        }

        Tensor[] logits = slices
            .Select((slice, s) =>
            {
                (Tensor inputs, AffineMap inputMap) = Concat(below, map, slice, own[s], ownMaps[s]);
                return heads[slice.Task].Logits(inputs, inputMap);
            })
            .ToArray();
        return new ForwardTrace(sharedOutputs, adapterOutputs, logits);
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

    /// <summary>Open gates of a task's adapter, layer by layer: sigma above 0 (equation 4).</summary>
    public bool[][] OpenGates(int task)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return adapters[task].Select(block => block.Sigma(Slope)!.gt(0).data<bool>().ToArray()).ToArray();
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

    private static (Tensor Inputs, AffineMap Map) Concat(Tensor below, AffineMap map, BatchSlice slice, Tensor? own, AffineMap? ownMap)
    {
        Tensor rows = slice.Length == below.shape[0] ? below : below.narrow(0, slice.Start, slice.Length);
        return own is null ? (rows, map) : (cat([rows, own], 1), AffineMap.Concat([map, ownMap!]));
    }
}

/// <summary>ReLU outputs before norm and gate, and logits.</summary>
/// <param name="Shared">Per layer, all rows.</param>
/// <param name="Adapters">Per slice of the batch and layer, that slice's rows.</param>
/// <param name="Logits">Per slice.</param>
internal sealed record ForwardTrace(Tensor[] Shared, Tensor[][] Adapters, Tensor[] Logits);
