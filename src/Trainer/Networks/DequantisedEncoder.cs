using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>
/// The shared encoder of a model file as a float network: its integers times their scales, norms that change nothing. It answers as the integers do but for rounding and for codes at their
/// largest, which floats go beyond.
/// </summary>
internal static class DequantisedEncoder
{
    /// <summary>Output channels of the encoder's convolutions; null where it is not of the shape that this trainer makes.</summary>
    public static ValueArray<int>? Channels(ModelArtifact model)
    {
        ValueArray<int> channels = model.Shared.Take(model.Shared.Count - 1).Select(layer => layer.Channels.Count).ToValueArray();
        var shape = new NetworkShape(model.Input, channels, null, ValueArray.Of(new TaskShape("any", 2))) { IsStreaming = IsStreaming(model) };
        return channels.Count > 0 && shape.Problem() is null && model.Shared.Select((layer, i) => layer.Kind == shape.Kind(i + 1) && layer.Channels.Count == shape.Shared(i + 1)).All(isSame => isSame) ? channels : null;
    }

    /// <summary>Nothing of the model is padded in time.</summary>
    public static bool IsStreaming(ModelArtifact model) => model.Shared[0].Operator.Margin > 0;

    /// <summary>Real value of an output code of each channel of a layer.</summary>
    public static double[] CodeScale(LayerArtifact layer) => [.. layer.Channels.Select(channel => WeightScale(channel) * (1L << channel.Shift))];

    /// <summary>Real value of one accumulator unit.</summary>
    public static double WeightScale(ChannelArtifact channel) => double.Parse(channel.Scale, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Makes the network, with an empty head.</summary>
    /// <param name="model">Of a shape with <see cref="Channels"/>.</param>
    /// <param name="statistics">Of the codes that will be read: layer 1 reads them centred, as in any training.</param>
    public static MultiTaskNetwork Of(ModelArtifact model, InputStatistics statistics)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        var network = new MultiTaskNetwork(new NetworkShape(model.Input, Channels(model)!, null, ValueArray.Of(new TaskShape("none", 2))) { IsStreaming = IsStreaming(model) }, seed: 1);
        using DisposeScope scope = NewDisposeScope();
        network.CentreInput(statistics.Mean, statistics.Deviation);
        for (int i = 0; i < model.Shared.Count; i++)
            Fill(network.Shared[i], model.Shared[i], i == 0 ? null : CodeScale(model.Shared[i - 1]), statistics);
        network.eval();
        return network;
    }

    private static void Fill(EncoderBlock block, LayerArtifact layer, IReadOnlyList<double>? below, InputStatistics statistics)
    {
        long[] spread = block.Weight.dim() == 2 ? [1, -1] : [1, -1, 1, 1];
        Tensor scale = tensor(layer.Channels.Select(WeightScale).ToArray());
        Tensor perCode = Quantisation.IntegerBlock.Weights(layer) * scale.reshape(block.Weight.dim() == 2 ? [-1, 1] : [-1, 1, 1, 1]);

        // Half a step of the shift is in the file's bias, to round.
        Tensor bias = tensor(layer.Channels.Select(channel => channel.Bias - (channel.Shift > 0 ? 1L << (channel.Shift - 1) : 0.0)).ToArray()) * scale;
        if (below is null)
        {
            bias += perCode.flatten(1).sum(1) * statistics.Mean;
            perCode *= statistics.Deviation;
        }
        else
        {
            perCode /= tensor(below.ToArray()).reshape(spread);
        }

        block.Weight.copy_(perCode);
        block.Bias.copy_(bias);
        block.RunningMean.fill_(0);
        block.RunningVariance.fill_(1 - EncoderBlock.Epsilon);
    }
}
