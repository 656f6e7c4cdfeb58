using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// A trained network that computes in the integers which it will be exported with, and still learns: weights, biases and codes are rounded in the forward pass, gradients pass straight
/// through. Norms stay as training left them and are folded as export folds them; step sizes learn (<see cref="LearnedScale"/>). Every buffer holds integers below 2^24, which floats hold
/// exactly, so they are the interpreter's (asserted in tests).
/// </summary>
internal sealed class QuantisedNetwork : nn.Module
{
    private readonly LearnedScale[] shared;
    private readonly LearnedScale[][] adapters;
    private readonly Parameter[] heads;
    private readonly Tensor[][] openOutputs;
    private readonly Tensor[][] openInputs;

    /// <summary>A network that starts with a calibration's step sizes.</summary>
    /// <param name="network">Trained, with adapters, its gates locked; it is taken over and changed.</param>
    /// <param name="options">Widths.</param>
    /// <param name="start">Of this network and these widths.</param>
    public QuantisedNetwork(MultiTaskNetwork network, QuantisationOptions options, Calibration start)
        : base(nameof(QuantisedNetwork))
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        (Network, Options) = (network, options);
        network.eval();
        shared = [.. start.Shared.Select(scales => new LearnedScale(scales))];
        adapters = [.. start.Adapters.Select(layers => layers.Select(scales => new LearnedScale(scales)).ToArray())];
        heads = [.. start.Heads.Select(scale => new Parameter(tensor(new[] { (float)Math.Log(scale.WeightScale) })))];
        bool[][][] gates = [.. Enumerable.Range(0, network.Shape.Tasks.Count).Select(network.OpenGates)];
        openOutputs = [.. gates.Select(layers => layers.Select(layer => Indices(layer, 0)).ToArray())];
        openInputs = [.. gates.Select(layers => Enumerable.Range(0, layers.Length + 1)
            .Select(i => Indices([.. Enumerable.Repeat(true, network.Shape.Shared(i)), .. i == 0 ? [] : layers[i - 1]], 0)).ToArray())];
        register_module("network", network);
        for (int i = 0; i < shared.Length; i++)
            register_module(FormattableString.Invariant($"shared_{i + 1}"), shared[i]);
        for (int k = 0; k < heads.Length; k++)
        {
            for (int i = 0; i < adapters[k].Length; i++)
                register_module(FormattableString.Invariant($"task_{k + 1}_{i + 1}"), adapters[k][i]);
            register_parameter(FormattableString.Invariant($"head_{k + 1}"), heads[k]);
        }

        foreach (EncoderBlock block in Blocks)
        {
            block.NormScale.requires_grad = block.NormShift.requires_grad = false;
            if (block.Gate is { } gate)
                gate.requires_grad = false;
        }
    }

    /// <summary>The float weights behind the integers.</summary>
    public MultiTaskNetwork Network { get; }

    /// <summary>Widths.</summary>
    public QuantisationOptions Options { get; }

    /// <summary>Largest code of a layer's outputs.</summary>
    public int Largest => (1 << Options.ActivationBits) - 1;

    /// <summary>Layers of the shared encoder and of all adapters.</summary>
    public IEnumerable<EncoderBlock> Blocks => Network.Shared.Concat(Network.Adapters.SelectMany(blocks => blocks));

    /// <summary>What learns: weights and biases, then step sizes.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Learning => named_parameters().Where(each => each.parameter.requires_grad).Select(each => (each.name, each.parameter));

    /// <summary>Scales and shifts as they are now: what export needs.</summary>
    public Calibration Calibration()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        return new Calibration(
            [.. shared.Select(each => each.Current())],
            [.. adapters.Select(layers => layers.Select(each => each.Current()).ToArray())],
            [.. heads.Select(head => new HeadScale(head.detach().to_type(ScalarType.Float64).exp().item<double>()))]);
    }

    /// <summary>Real logits of each slice's task for its rows: integers times their scale.</summary>
    /// <param name="codes">Input codes as floats, [n, 1, frames, bands].</param>
    /// <param name="slices">Which rows belong to which task; every row to one.</param>
    /// <param name="seen">Told each slice's codes, layer by layer: shared channels, then open own ones; or null.</param>
    public Tensor[] Forward(Tensor codes, IReadOnlyList<BatchSlice> slices, Action<int, BatchSlice, Tensor>? seen = null)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        Tensor images = LayerActivation.ChannelsLast(codes);
        Tensor[] parts = [.. slices.Select(slice => slice.Length == images.shape[0] ? images : images.narrow(0, slice.Start, slice.Length))];
        for (int layer = 1; layer <= Network.Shape.Layers; layer++)
        {
            LayerKind kind = Network.Shape.Kind(layer);
            RoundedLayer common = Rounded(LayerExport.SharedEncoder, layer);
            for (int s = 0; s < parts.Length; s++)
            {
                RoundedLayer joined = Join(common, Rounded(slices[s].Task, layer));
                LayerOutput output = LayerActivation.Of(kind, parts[s], joined.Weights, joined.Bias, SafeConvolutions.OfProcess.Convolve);
                parts[s] = StraightThrough.Codes(output.Activations, joined.Divisor, Largest);
                seen?.Invoke(layer, slices[s], parts[s]);
            }
        }

        return [.. slices.Select((slice, s) => Logits(slice.Task, parts[s]))];
    }

    /// <summary>A layer's integers, open channels only.</summary>
    /// <param name="task">Task, or <see cref="LayerExport.SharedEncoder"/>.</param>
    /// <param name="layer">Layer, from 1.</param>
    public RoundedLayer Rounded(int task, int layer)
    {
        LearnedScale scale = Scale(task, layer);
        return RoundedLayer.Of(Folded(task, layer), scale.Weight, scale.Divisor, Options.BitsOf(layer), Inputs(task, layer), task == LayerExport.SharedEncoder ? null : Open(task, layer));
    }

    /// <summary>What <see cref="Rounded"/> rounds, all channels.</summary>
    public FoldedWeights Folded(int task, int layer) => LayerExport.Fold(Network, task, layer, CodeScale(task, layer - 1));

    /// <summary>Numbers of the inputs that a layer reads, from 0: the shared ones, then an adapter's open ones.</summary>
    public Tensor Inputs(int task, int layer) => task == LayerExport.SharedEncoder ? arange(Network.Shape.Shared(layer - 1), ScalarType.Int64) : openInputs[task][layer - 1];

    /// <summary>Step sizes of a layer.</summary>
    public LearnedScale Scale(int task, int layer) => (task == LayerExport.SharedEncoder ? shared : adapters[task])[layer - 1];

    /// <summary>Numbers of the open channels of an adapter's layer, from 0.</summary>
    public Tensor Open(int task, int layer) => openOutputs[task][layer - 1];

    private Tensor Logits(int task, Tensor embedding)
    {
        int top = Network.Shape.Layers;
        FoldedWeights folded = LayerExport.FoldHead(Network, task, CodeScale(task, top));
        Tensor scale = heads[task].to_type(ScalarType.Float64).exp();
        var rounded = RoundedLayer.Of(folded, scale, ones(folded.Bias.numel(), ScalarType.Float64), Options.BitsOf(top + 1), openInputs[task][top], null);
        return F.linear(embedding, rounded.Weights, rounded.Bias) * scale.to_type(ScalarType.Float32);
    }

    /// <summary>What a code of each input of a layer is worth: shared ones, then an adapter's.</summary>
    private Tensor CodeScale(int task, int below) => below == 0
        ? ones(1, ScalarType.Float64)
        : task == LayerExport.SharedEncoder ? shared[below - 1].Code : cat([shared[below - 1].Code, adapters[task][below - 1].Code]);

    /// <summary>Outputs and inputs are both the shared channels, then the open own ones; a shared channel reads no own input.</summary>
    private static RoundedLayer Join(RoundedLayer common, RoundedLayer own)
    {
        long ownInputs = own.Weights.shape[1] - common.Weights.shape[1];
        Tensor blind = ownInputs == 0 ? common.Weights : F.pad(common.Weights, common.Weights.dim() == 2 ? [0, ownInputs] : [0, 0, 0, 0, 0, ownInputs]);
        return own.Bias.numel() == 0
            ? common with { Weights = blind }
            : new RoundedLayer(cat([blind, own.Weights]), cat([common.Bias, own.Bias]), cat([common.Divisor, own.Divisor]));
    }

    private static Tensor Indices(bool[] chosen, long first) => tensor([.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i]).Select(i => first + i)], ScalarType.Int64);
}
