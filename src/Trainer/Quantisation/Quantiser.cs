using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// Post-training quantisation. Calibration goes through the layers in order on slices of the training split, each layer reading the codes that the
/// integer layers below it make, so that their error is seen; export rounds with the scales found. Gates do not change what export rounds, only
/// their digits: a digit flipped in the file is the network exported with that gate.
/// </summary>
internal sealed class Quantiser
{
    /// <summary>Calibration slices of all tasks together, about.</summary>
    private const int Slices = 96;

    private const int LeastSlicesPerTask = 16;

    private readonly MultiTaskNetwork network;
    private readonly QuantisationOptions options;
    private readonly LayerExport export;
    private readonly ValueArray<LayerArtifact>? encoder;

    /// <summary>A quantiser of a trained network with adapters; the network is put in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">Widths.</param>
    /// <param name="encoder">Integers of the shared encoder, where they are given and stay as they are; the network's encoder is theirs in floats. Null rounds the network's.</param>
    /// <exception cref="NotFiniteException">A weight, gate or norm of it is not finite.</exception>
    public Quantiser(MultiTaskNetwork network, QuantisationOptions options, ValueArray<LayerArtifact>? encoder = null)
    {
        if (network.Shape.Alpha is null)
            throw new ArgumentException("a multi-head network has no adapters, and the model file wants them", nameof(network));
        foreach ((string name, TorchSharp.Modules.Parameter values) in network.named_parameters())
            Finite.Require(values, name);
        foreach ((string name, Tensor values) in network.named_buffers())
            Finite.Require(values, name);
        network.eval();
        this.network = network;
        this.options = options;
        this.encoder = encoder;
        export = new LayerExport(network, options);
    }

    private NetworkShape Shape => network.Shape;

    /// <summary>Gates as trained, per task and layer.</summary>
    public bool[][][] TrainedGates() => [.. Enumerable.Range(0, Shape.Tasks.Count).Select(network.OpenGates)];

    /// <summary>Chooses every scale and shift.</summary>
    /// <param name="training">Per task, slices that the optimiser has seen; never test slices.</param>
    public Calibration Calibrate(IReadOnlyList<SliceSet> training)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int tasks = Shape.Tasks.Count, max = (1 << options.ActivationBits) - 1;
        bool[][][] gates = TrainedGates();
        byte[][][] chosen = [.. training.Select(set => Evaluator.Thin(set, Math.Max(LeastSlicesPerTask, Slices / tasks)).Codes.ToArray())];
        BatchSlice[] rows = [.. chosen.Select((codes, k) => new BatchSlice(k, chosen.Take(k).Sum(c => c.Length), codes.Length))];
        Tensor images = BatchSource.Images([.. chosen.SelectMany(c => c)], Shape.Input);
        ForwardTrace target = network.Trace(images, rows);

        Tensor sharedCodes = images.to_type(ScalarType.Float64);
        var ownCodes = new Tensor?[tasks];
        LayerScales? sharedBelow = null;
        var ownBelow = new LayerScales?[tasks];
        var shared = new List<LayerScales>();
        List<LayerScales>[] adapters = [.. rows.Select(_ => new List<LayerScales>())];
        for (int layer = 1; layer <= Shape.Layers; layer++)
        {
            for (int k = 0; k < tasks; k++)
            {
                FoldedWeights folded = export.Fold(k, layer, sharedBelow, ownBelow[k]);
                ValueArray<bool>? below = layer == 1 ? null : gates[k][layer - 2].ToValueArray();
                Tensor read = sharedCodes.narrow(0, rows[k].Start, rows[k].Length);
                LayerScales scales = ScaleSearch.Choose(
                    Shape.Kind(layer), folded, OpenInputs(layer - 1, below), IntegerForward.Join(read, ownCodes[k], below),
                    target.Adapters[k][layer - 1].to_type(ScalarType.Float64), options.BitsOf(layer), max);
                ownCodes[k] = IntegerForward.Block(export.Layer(k, layer, folded, scales, gates[k][layer - 1]), read, ownCodes[k], below);
                adapters[k].Add(ownBelow[k] = scales);
            }

            (LayerArtifact integers, LayerScales sharedScales) = Shared(layer, sharedBelow, sharedCodes, target.Shared[layer - 1], max);
            sharedCodes = IntegerForward.Block(integers, sharedCodes, null, null);
            shared.Add(sharedBelow = sharedScales);
        }

        double[] heads = [.. rows.Select((slice, k) =>
        {
            ValueArray<bool> below = gates[k][^1].ToValueArray();
            return ScaleSearch.ChooseForHead(
                export.FoldHead(k, sharedBelow!, ownBelow[k]!), OpenInputs(Shape.Layers, below),
                IntegerForward.Join(sharedCodes.narrow(0, slice.Start, slice.Length), ownCodes[k], below),
                target.Logits[k].to_type(ScalarType.Float64), options.BitsOf(Shape.Layers + 1));
        })];
        return new Calibration(shared, adapters, heads);
    }

    /// <summary>The model file's content.</summary>
    /// <param name="calibration">Scales and shifts.</param>
    /// <param name="gates">Per task and layer; <see cref="TrainedGates"/> unless another allocation is wanted.</param>
    /// <param name="labels">Names.</param>
    public ModelArtifact Export(Calibration calibration, bool[][][] gates, ModelLabels labels)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return new ModelArtifact(
            labels.Name,
            labels.Command,
            Shape.Input,
            labels.FrontEnd,
            encoder ?? Layers(LayerExport.SharedEncoder, calibration.Shared, calibration.Shared, null),
            Shape.Tasks.Select((task, k) => new TaskArtifact(
                task.Name,
                labels.Labels[k].ToValueArray(),
                Accuracy: null,
                Layers(k, calibration.Adapters[k], calibration.Shared, gates[k]),
                export.Head(export.FoldHead(k, calibration.Shared[^1], calibration.Adapters[k][^1]), calibration.Heads[k]))).ToValueArray());
    }

    private (LayerArtifact Integers, LayerScales Scales) Shared(int layer, LayerScales? below, Tensor codes, Tensor target, int max)
    {
        if (encoder is not null)
        {
            LayerArtifact given = encoder[layer - 1];
            return (given, new LayerScales([.. given.Channels.Select(DequantisedEncoder.WeightScale)], [.. given.Channels.Select(channel => channel.Shift)]));
        }

        FoldedWeights folded = export.Fold(LayerExport.SharedEncoder, layer, below, null);
        LayerScales scales = ScaleSearch.Choose(Shape.Kind(layer), folded, OpenInputs(layer - 1, null), codes, target.to_type(ScalarType.Float64), options.BitsOf(layer), max);
        return (export.Layer(LayerExport.SharedEncoder, layer, folded, scales, export.AllOpen(layer)), scales);
    }

    private ValueArray<LayerArtifact> Layers(int task, IReadOnlyList<LayerScales> scales, IReadOnlyList<LayerScales> shared, bool[][]? gates) =>
        Enumerable.Range(1, Shape.Layers).Select(layer =>
        {
            LayerScales? sharedBelow = layer == 1 ? null : shared[layer - 2], ownBelow = layer == 1 || gates is null ? null : scales[layer - 2];
            return export.Layer(task, layer, export.Fold(task, layer, sharedBelow, ownBelow), scales[layer - 1], gates?[layer - 1] ?? export.AllOpen(layer));
        }).ToValueArray();

    private double[] OpenInputs(int layerBelow, ValueArray<bool>? gates) =>
        [.. Enumerable.Repeat(1.0, Shape.Shared(layerBelow)), .. (gates ?? ValueArray<bool>.Empty).Select(open => open ? 1.0 : 0.0)];
}
