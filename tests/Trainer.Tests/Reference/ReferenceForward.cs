using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks;
using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Reference;

/// <summary>
/// The network's forward pass as its definition reads, one convolution per encoder and layer: the shared encoder over all rows, each adapter over its own
/// task's rows and concatenated inputs. It was the trainer's until the two became one convolution; now it is what that one is compared with, and timed against.
/// </summary>
internal static class ReferenceForward
{
    private const double Momentum = 0.1, Epsilon = 1e-5;

    /// <summary>Logits of each slice's task; in training mode the running statistics move, as in <see cref="MultiTaskNetwork.Forward"/>.</summary>
    public static Tensor[] Run(MultiTaskNetwork network, Tensor codes, IReadOnlyList<BatchSlice> slices)
    {
        AffineMap map = network.Input;
        Tensor below = codes;
        var own = new Tensor?[slices.Count];
        var ownMaps = new AffineMap?[slices.Count];
        for (int i = 0; i < network.Shared.Count; i++)
        {
            for (int s = 0; s < slices.Count && network.Adapters[slices[s].Task].Count > 0; s++)
            {
                EncoderBlock block = network.Adapters[slices[s].Task][i];
                (Tensor inputs, AffineMap inputMap) = Concat(below, map, slices[s], own[s], ownMaps[s]);
                Tensor outputs = Activate(block, inputs, inputMap);
                own[s] = outputs;
                ownMaps[s] = Normalise(block, outputs, network.Slope);
            }

            below = Activate(network.Shared[i], below, map);
            map = Normalise(network.Shared[i], below, network.Slope);
        }

        return [.. slices.Select((slice, s) =>
        {
            (Tensor inputs, AffineMap inputMap) = Concat(below, map, slice, own[s], ownMaps[s]);
            return network.Heads[slice.Task].Logits(inputs, inputMap);
        })];
    }

    private static Tensor Activate(EncoderBlock block, Tensor inputs, AffineMap map)
    {
        Tensor weight = map.FoldWeight(block.Weight), bias = map.FoldBias(block.Weight, block.Bias);
        return block.Kind switch
        {
            LayerKind.Convolution => F.max_pool2d(F.conv2d(inputs, weight, bias, padding: [1, 1]), [2, 2]).relu_(),
            LayerKind.GlobalConvolution => F.conv2d(inputs, weight, bias, padding: [1, 1]).amax(2, 3).relu(),
            LayerKind.ValidConvolution => F.max_pool2d(F.conv2d(inputs, weight, bias, padding: [0, 1]), [2, 2]).relu_(),
            LayerKind.ValidGlobalConvolution => F.conv2d(inputs, weight, bias, padding: [0, 1]).amax(2, 3).relu(),
            _ => F.linear(inputs, weight, bias).relu_(),
        };
    }

    private static AffineMap Normalise(EncoderBlock block, Tensor outputs, double slope)
    {
        (Tensor mean, Tensor variance) = block.training ? BatchStatistics(block, outputs) : (block.RunningMean, block.RunningVariance);
        Tensor scale = block.NormScale * (variance + Epsilon).rsqrt();
        Tensor shift = block.NormShift - mean * scale;
        return block.Sigma(slope) is { } sigma ? new AffineMap(scale * sigma, shift * sigma) : new AffineMap(scale, shift);
    }

    private static (Tensor Mean, Tensor Variance) BatchStatistics(EncoderBlock block, Tensor outputs)
    {
        (Tensor variance, Tensor mean) = var_mean(outputs, outputs.dim() == 2 ? [0] : new long[] { 0, 2, 3 }, unbiased: false);
        using (no_grad())
        {
            double count = outputs.numel() / outputs.shape[1];
            block.RunningMean.lerp_(mean, Momentum);
            block.RunningVariance.lerp_(variance * (count / Math.Max(1, count - 1)), Momentum);
        }

        return (mean, variance);
    }

    private static (Tensor Inputs, AffineMap Map) Concat(Tensor below, AffineMap map, BatchSlice slice, Tensor? own, AffineMap? ownMap)
    {
        Tensor rows = slice.Length == below.shape[0] ? below : below.narrow(0, slice.Start, slice.Length);
        return own is null ? (rows, map) : (cat([rows, own], 1), AffineMap.Concat([map, ownMap!]));
    }
}
