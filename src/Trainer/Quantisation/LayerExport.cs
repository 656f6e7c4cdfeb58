using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Layers and heads of a trained network as integers, given the scales. Layers are counted from 1; task -1 is the shared encoder.</summary>
internal sealed class LayerExport(MultiTaskNetwork network, QuantisationOptions options)
{
    /// <summary>The task index of the shared encoder.</summary>
    public const int SharedEncoder = -1;

    private NetworkShape Shape => network.Shape;

    /// <summary>Real ReLU output of one code, per channel of a layer.</summary>
    public static double[] CodeScale(LayerScales scales) => [.. scales.WeightScale.Zip(scales.Shift, (scale, shift) => scale * (1L << shift))];

    /// <summary>A layer's weights, ready to be rounded.</summary>
    /// <param name="task">Task, or <see cref="SharedEncoder"/>.</param>
    /// <param name="layer">Layer.</param>
    /// <param name="sharedBelow">Scales of the shared layer below; null below the first layer.</param>
    /// <param name="ownBelow">Scales of the adapter's layer below; null in the shared encoder and below the first layer.</param>
    public FoldedWeights Fold(int task, int layer, LayerScales? sharedBelow, LayerScales? ownBelow) => Fold(network, task, layer, CodeScale(sharedBelow, ownBelow));

    /// <summary>A head's weights, ready to be rounded.</summary>
    public FoldedWeights FoldHead(int task, LayerScales sharedBelow, LayerScales ownBelow) => FoldHead(network, task, CodeScale(sharedBelow, ownBelow));

    /// <summary>A layer's weights, ready to be rounded; gradients pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">Task, or <see cref="SharedEncoder"/>.</param>
    /// <param name="layer">Layer.</param>
    /// <param name="codeScale">Real value of one code of each input, float64: shared ones, then an adapter's.</param>
    public static FoldedWeights Fold(MultiTaskNetwork network, int task, int layer, Tensor codeScale)
    {
        EncoderBlock block = (task == SharedEncoder ? network.Shared : network.Adapters[task])[layer - 1];
        return Fold(network, block.Weight, block.Bias, task, layer - 1, codeScale);
    }

    /// <summary>The same of a head.</summary>
    public static FoldedWeights FoldHead(MultiTaskNetwork network, int task, Tensor codeScale) =>
        Fold(network, network.Heads[task].Weight, network.Heads[task].Bias, task, network.Shape.Layers, codeScale);

    /// <summary>A layer of the model file.</summary>
    public LayerArtifact Layer(int task, int layer, FoldedWeights folded, LayerScales scales, IEnumerable<bool> gates) => new(
        Shape.Kind(layer),
        Shape.Shared(layer - 1),
        task == SharedEncoder ? 0 : Shape.Adapter(layer - 1),
        options.BitsOf(layer),
        options.ActivationBits,
        WeightRounding.Channels(folded, scales, options.BitsOf(layer)),
        gates.ToValueArray());

    /// <summary>A head of the model file.</summary>
    public HeadArtifact Head(FoldedWeights folded, HeadScale scale)
    {
        int bits = options.BitsOf(Shape.Layers + 1);
        return new HeadArtifact(
            Shape.Shared(Shape.Layers), Shape.Adapter(Shape.Layers), bits, DecimalText.Of(scale.WeightScale), WeightRounding.Classes(folded, scale, bits));
    }

    /// <summary>Open gates of a layer; every shared channel is open.</summary>
    public IEnumerable<bool> AllOpen(int layer) => Enumerable.Repeat(true, Shape.Shared(layer));

    private static Tensor CodeScale(LayerScales? shared, LayerScales? own) => tensor((double[])[.. shared is null ? [1.0] : CodeScale(shared), .. own is null ? [] : CodeScale(own)]);

    private static FoldedWeights Fold(MultiTaskNetwork network, Tensor weight, Tensor bias, int task, int below, Tensor codeScale)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        AffineMap shared = below == 0 ? network.Input : network.Shared[below - 1].Norm();
        AffineMap? own = below == 0 || task == SharedEncoder ? null : network.Adapters[task][below - 1].OpenNorm(network.Slope);
        FoldedWeights folded = FoldedWeights.Of(weight, bias, shared, own, codeScale);
        return new FoldedWeights(folded.Weights.MoveToOuterDisposeScope(), folded.Bias.MoveToOuterDisposeScope(), folded.Offsets.MoveToOuterDisposeScope());
    }
}
