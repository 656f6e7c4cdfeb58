using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Rounds folded weights to the integers of the model file: the one place where floats become integers.</summary>
internal static class WeightRounding
{
    /// <summary>Largest weight of a width; -largest is the smallest, so that negating a channel changes nothing but signs.</summary>
    public static int Largest(int bits) => (1 << (bits - 1)) - 1;

    /// <summary>Rounded and clipped weights.</summary>
    /// <param name="weights">Real weights per code, [outputs, …].</param>
    /// <param name="scale">Per output.</param>
    /// <param name="bits">Width.</param>
    public static Tensor Weights(Tensor weights, Tensor scale, int bits) => Clipped(weights, scale, bits).round();

    /// <summary>What <see cref="Weights"/> rounds: in units of the scale, clipped. Rounding leaves it inside, since the bounds are integers.</summary>
    public static Tensor Clipped(Tensor weights, Tensor scale, int bits)
    {
        int largest = Largest(bits);
        return (weights / scale.reshape(weights.dim() == 2 ? [-1, 1] : [-1, 1, 1, 1])).clamp(-largest, largest);
    }

    /// <summary>Channels of a layer.</summary>
    public static ValueArray<ChannelArtifact> Channels(FoldedWeights folded, LayerScales scales, int bits)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        (int[] bias, int[][] offsets, sbyte[][] weights) = scales.Integers ?? Nearest(folded, scales.WeightScale, bits);
        return bias.Select((b, o) => new ChannelArtifact(
            b + (scales.Shift[o] > 0 ? 1 << (scales.Shift[o] - 1) : 0),
            scales.Shift[o],
            offsets[o].ToValueArray(),
            weights[o].ToValueArray(),
            DecimalText.Of(scales.WeightScale[o]))).ToValueArray();
    }

    /// <summary>Classes of a head, one scale for all.</summary>
    public static ValueArray<HeadClassArtifact> Classes(FoldedWeights folded, HeadScale scale, int bits)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        (int[] bias, int[][] offsets, sbyte[][] weights) = scale.Integers ?? Nearest(folded, [.. Enumerable.Repeat(scale.WeightScale, (int)folded.Bias.numel())], bits);
        return bias.Select((b, o) => new HeadClassArtifact(b, offsets[o].ToValueArray(), weights[o].ToValueArray())).ToValueArray();
    }

    /// <summary>Every weight rounded to the nearest integer.</summary>
    /// <param name="folded">Real weights.</param>
    /// <param name="scales">Per output.</param>
    /// <param name="bits">Width.</param>
    public static IntegerWeights Nearest(FoldedWeights folded, double[] scales, int bits) => Of(folded, Weights(folded.Weights, tensor(scales), bits), tensor(scales));

    /// <summary>Rounded weights with the biases and offsets that go with them.</summary>
    /// <param name="folded">Real biases and offsets.</param>
    /// <param name="rounded">Integers as float64.</param>
    /// <param name="scale">Per output.</param>
    public static IntegerWeights Of(FoldedWeights folded, Tensor rounded, Tensor scale)
    {
        int[] bias = [.. (folded.Bias / scale).round().data<double>().Select(b => (int)b)];
        int own = (int)folded.Offsets.shape[1];
        // A tensor without elements has no data to read.
        double[] offsets = own == 0 ? [] : (folded.Offsets / scale.reshape(-1, 1)).round().data<double>().ToArray();
        double[] weights = rounded.data<double>().ToArray();
        int perOutput = weights.Length / bias.Length;
        return new IntegerWeights(
            bias,
            [.. bias.Select((_, o) => offsets.Skip(o * own).Take(own).Select(v => (int)v).ToArray())],
            [.. bias.Select((_, o) => weights.Skip(o * perOutput).Take(perOutput).Select(v => (sbyte)v).ToArray())]);
    }
}
