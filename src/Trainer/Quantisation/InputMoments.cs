using System;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// Mean and covariance of what weights are multiplied by, over calibration slices and positions. They are of sums of integers below 2^53, the same on any machine.
/// </summary>
/// <param name="Mean">Per input and tap, in codes.</param>
/// <param name="Covariance">Row by row, [inputs and taps, inputs and taps].</param>
internal sealed record InputMoments(double[] Mean, double[] Covariance)
{
    /// <summary>Slices at a time: a code stands in nine patches.</summary>
    private const long Slices = 32;

    /// <summary>Measures.</summary>
    /// <param name="kind">What the layer computes.</param>
    /// <param name="inputs">Its input codes, float64; closed inputs 0.</param>
    /// <param name="weights">Weight of each slice, integers as float64; null where all are alike.</param>
    public static InputMoments Of(LayerKind kind, Tensor inputs, Tensor? weights)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        Tensor? sums = null, products = null;
        double count = 0;
        for (long first = 0; first < inputs.shape[0]; first += Slices)
        {
            using DisposeScope part = NewDisposeScope();
            long slices = Math.Min(Slices, inputs.shape[0] - first);
            Tensor patches = IntegerBlock.Patches(kind, inputs.narrow(0, first, slices));
            Tensor weight = weights is null ? ones(slices, ScalarType.Float64) : weights.narrow(0, first, slices);
            Tensor weighted = patches * weight.repeat_interleave(patches.shape[0] / slices).reshape(-1, 1);
            count += weight.sum().item<double>() * (patches.shape[0] / slices);
            sums = Add(sums, weighted.sum([0])).MoveToOuterDisposeScope();
            products = Add(products, patches.t().matmul(weighted)).MoveToOuterDisposeScope();
        }

        Tensor mean = sums! / count;
        return new InputMoments(mean.data<double>().ToArray(), ((products! / count) - mean.outer(mean)).contiguous().data<double>().ToArray());
    }

    private static Tensor Add(Tensor? sum, Tensor more) => sum is null ? more : sum + more;
}
