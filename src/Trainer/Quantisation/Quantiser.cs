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
/// integer layers below it make, so that their error is seen, and rounds each layer's weights so that their errors make one another good; export writes them. Gates do not change what export
/// writes but for their digits: a digit flipped in the file is the network exported with that gate.
/// </summary>
internal sealed class Quantiser
{
    /// <summary>Calibration slices of each task for layers that make images, hundreds of codes a slice.</summary>
    private const int ImageSlices = 16;

    /// <summary>The same for those that make one code a slice and channel: among few the largest that occur are missing, and codes would be cut off there.</summary>
    private const int VectorSlices = 256;

    /// <summary>Of all tasks together, about, to start a network that goes on learning: its steps learn too.</summary>
    private const int StartSlices = 96;

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

    private int LargestCode => (1 << options.ActivationBits) - 1;

    /// <summary>Gates as trained, per task and layer.</summary>
    public bool[][][] TrainedGates() => [.. Enumerable.Range(0, Shape.Tasks.Count).Select(network.OpenGates)];

    /// <summary>Chooses every scale and shift, and rounds.</summary>
    /// <param name="training">Per task, slices that the optimiser has seen; never test slices.</param>
    /// <param name="toNearest">Leaves weights to be rounded to the nearest, and looks at few slices: for a network that goes on learning.</param>
    public Calibration Calibrate(IReadOnlyList<SliceSet> training, bool toNearest = false)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int tasks = Shape.Tasks.Count;
        bool[][][] gates = TrainedGates();
        CalibrationSlices slices = toNearest
            ? CalibrationSlices.Of(network, training, Math.Max(ImageSlices, StartSlices / tasks), _ => true)
            : CalibrationSlices.Of(network, training, ImageSlices, layer => Shape.Operator(layer).WritesImage);

        Tensor sharedCodes = slices.Images.to_type(ScalarType.Float64);
        var ownCodes = new Tensor?[tasks];
        LayerScales? sharedBelow = null;
        var ownBelow = new LayerScales?[tasks];
        var shared = new List<LayerScales>();
        var sharedLayers = new List<LayerArtifact>();
        List<LayerScales>[] adapters = [.. Shape.Tasks.Select(_ => new List<LayerScales>())];
        List<LayerArtifact>[] ownLayers = [.. Shape.Tasks.Select(_ => new List<LayerArtifact>())];
        for (int layer = 1; layer <= Shape.Layers; layer++)
        {
            if (!toNearest && !Shape.Operator(layer).WritesImage && (layer == 1 || Shape.Operator(layer - 1).WritesImage))
            {
                slices = CalibrationSlices.Of(network, training, VectorSlices, each => !Shape.Operator(each).WritesImage);
                (sharedCodes, ownCodes) = Codes(slices, sharedLayers, ownLayers);
            }

            for (int k = 0; k < tasks; k++)
            {
                FoldedWeights folded = export.Fold(k, layer, sharedBelow, ownBelow[k]);
                ValueArray<bool>? below = layer == 1 ? null : gates[k][layer - 2].ToValueArray();
                Tensor read = sharedCodes.narrow(0, slices.Rows[k].Start, slices.Rows[k].Length), inputs = IntegerForward.Join(read, ownCodes[k], below);
                LayerScales scales = Choose(k, layer, folded, below, inputs, slices, toNearest);
                LayerArtifact integers = export.Layer(k, layer, folded, scales, gates[k][layer - 1]);
                ownCodes[k] = IntegerForward.Block(integers, read, ownCodes[k], below);
                adapters[k].Add(ownBelow[k] = scales);
                ownLayers[k].Add(integers);
            }

            (LayerArtifact common, LayerScales sharedScales) = Shared(layer, sharedBelow, sharedCodes, slices, toNearest);
            sharedCodes = IntegerForward.Block(common, sharedCodes, null, null);
            shared.Add(sharedBelow = sharedScales);
            sharedLayers.Add(common);
        }

        HeadScale[] heads = [.. slices.Rows.Select((rows, k) =>
        {
            ValueArray<bool> below = gates[k][^1].ToValueArray();
            FoldedWeights folded = export.FoldHead(k, sharedBelow!, ownBelow[k]!);
            Tensor inputs = IntegerForward.Join(sharedCodes.narrow(0, rows.Start, rows.Length), ownCodes[k], below);
            return ScaleSearch.ChooseForHead(folded, OpenInputs(Shape.Layers, below), inputs, slices.Logits[k], options.BitsOf(Shape.Layers + 1), toNearest);
        })];
        return new Calibration(shared, adapters, heads);
    }

    private LayerScales Choose(int task, int layer, FoldedWeights folded, ValueArray<bool>? gates, Tensor inputs, CalibrationSlices slices, bool toNearest)
    {
        bool isShared = task == LayerExport.SharedEncoder;
        ErrorImportance? importance = toNearest || layer < Shape.Layers ? null : isShared ? ErrorImportance.OfShared(network, slices.Logits) : ErrorImportance.OfLogits(slices.Logits[task]);
        Tensor target = (isShared ? slices.Shared : slices.Adapters[task])[layer - 1]!;
        return ScaleSearch.Choose(Shape.Kind(layer), folded, OpenInputs(layer - 1, gates), inputs, target, options.BitsOf(layer), LargestCode, importance, toNearest);
    }

    /// <summary>Output codes of layers that are integers already.</summary>
    private static (Tensor Shared, Tensor?[] Own) Codes(CalibrationSlices slices, List<LayerArtifact> shared, List<LayerArtifact>[] own)
    {
        if (shared.Count == 0)
            return (slices.Images.to_type(ScalarType.Float64), new Tensor?[own.Length]);
        var sharedParts = new List<Tensor>();
        List<Tensor>[] ownParts = [.. own.Select(_ => new List<Tensor>())];
        foreach (BatchSlice rows in slices.Rows)
        {
            for (long first = 0; first < rows.Length; first += CalibrationSlices.Chunk)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor codes = slices.Images.narrow(0, rows.Start + first, Math.Min(CalibrationSlices.Chunk, rows.Length - first)).to_type(ScalarType.Float64);
                Tensor? mine = null;
                for (int i = 0; i < shared.Count; i++)
                {
                    mine = IntegerForward.Block(own[rows.Task][i], codes, mine, i == 0 ? null : own[rows.Task][i - 1].Gates);
                    codes = IntegerForward.Block(shared[i], codes, null, null);
                }

                sharedParts.Add(codes.MoveToOuterDisposeScope());
                ownParts[rows.Task].Add(mine!.MoveToOuterDisposeScope());
            }
        }

        return (cat([.. sharedParts]), [.. ownParts.Select(parts => cat([.. parts]))]);
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

    private (LayerArtifact Integers, LayerScales Scales) Shared(int layer, LayerScales? below, Tensor codes, CalibrationSlices slices, bool toNearest)
    {
        if (encoder is not null)
        {
            LayerArtifact given = encoder[layer - 1];
            return (given, new LayerScales([.. given.Channels.Select(DequantisedEncoder.WeightScale)], [.. given.Channels.Select(channel => channel.Shift)]));
        }

        FoldedWeights folded = export.Fold(LayerExport.SharedEncoder, layer, below, null);
        LayerScales scales = Choose(LayerExport.SharedEncoder, layer, folded, null, codes, slices, toNearest);
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
