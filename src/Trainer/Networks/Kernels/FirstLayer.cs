using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>A layer on one input channel that needs no gradient: convolution, pooling, ReLU and statistics as one step of the graph, <see cref="FirstLayerKernel{T}"/>.</summary>
internal sealed class FirstLayer : autograd.MultiTensorFunction<FirstLayer>
{
    private const long Taps = 9;

    /// <inheritdoc/>
    public override string Name => nameof(FirstLayer);

    /// <summary>Applies it.</summary>
    /// <param name="codes">[n, 1, rows, columns].</param>
    /// <param name="weight">[channels, 1, 3, 3].</param>
    /// <param name="bias">[channels].</param>
    public static LayerOutput Of(Tensor codes, Tensor weight, Tensor bias)
    {
        List<Tensor> results = apply(codes, weight, bias);
        return new LayerOutput(results[0], new ChannelStatistics(results[1], results[2], results[0].numel() / weight.shape[0]));
    }

    /// <inheritdoc/>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor codes, Tensor weight, Tensor bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        Tensor padded = F.pad(codes.squeeze(1), [1, 1, 1, 1]).contiguous();
        Tensor taps = weight.reshape(-1, Taps).t().contiguous();
        return weight.dtype == ScalarType.Float64 ? Forward<double>(ctx, padded, taps, bias.contiguous()) : Forward<float>(ctx, padded, taps, bias.contiguous());
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        double[] sums = saved[1].dtype == ScalarType.Float64 ? Backward<double>(saved, grad_outputs) : Backward<float>(saved, grad_outputs);
        long channels = saved[2].shape[0];
        Tensor all = tensor(sums, saved[1].dtype);
        return [null!, all.narrow(0, 0, Taps * channels).reshape(Taps, channels).t().reshape(channels, 1, 3, 3), all.narrow(0, Taps * channels, channels)];
    }

    private static unsafe List<Tensor> Forward<T>(autograd.AutogradContext ctx, Tensor padded, Tensor taps, Tensor bias)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        (long n, long rows, long columns, long channels) = (padded.shape[0], padded.shape[1] - 2, padded.shape[2] - 2, bias.shape[0]);
        var kernel = new FirstLayerKernel<T>((int)rows, (int)columns, (int)channels);
        Tensor pooled = ImageBatch.Empty(n, channels, rows / 2, columns / 2, bias.dtype);
        T* source = ImageBatch.Pointer<T>(padded), target = ImageBatch.PointerByPosition<T>(pooled), weights = ImageBatch.Pointer<T>(taps), biases = ImageBatch.Pointer<T>(bias);
        long size = padded.shape[1] * padded.shape[2], pooledSize = rows / 2 * (columns / 2) * channels;

        // What silence gives: an exact variance of 0 where a channel never moves from there.
        T[] pivot = [.. Enumerable.Range(0, (int)channels).Select(c => T.Max(T.Zero, biases[c]))];
        double[] sums;
        fixed (T* pinned = pivot)
        {
            T* middle = pinned;
            sums = ImageBatch.Run(n, 2 * (int)channels, (i, part) => kernel.Forward(source + (i * size), weights, biases, target + (i * pooledSize), middle, part));
        }

        (Tensor mean, Tensor variance) = ImageBatch.Statistics([.. pivot.Select(double.CreateTruncating)], sums, pooled.numel() / channels, bias.dtype);
        ctx.save_for_backward([padded, taps, bias, mean.detach()]);
        return [pooled, mean, variance];
    }

    private static unsafe double[] Backward<T>(List<Tensor> saved, List<Tensor> gradients)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        (Tensor padded, Tensor taps, Tensor bias) = (saved[0], saved[1], saved[2]);
        (long n, long rows, long columns, long channels) = (padded.shape[0], padded.shape[1] - 2, padded.shape[2] - 2, bias.shape[0]);
        var kernel = new FirstLayerKernel<T>((int)rows, (int)columns, (int)channels);
        Tensor gradient = ImageBatch.ByPosition(gradients[0]);
        (Tensor constant, Tensor slope) = ImageBatch.StatisticsGradient(saved[3], gradients[1], gradients[2], gradient.numel() / channels);
        T* source = ImageBatch.Pointer<T>(padded), weights = ImageBatch.Pointer<T>(taps), biases = ImageBatch.Pointer<T>(bias);
        T* given = ImageBatch.Pointer<T>(gradient), a = ImageBatch.Pointer<T>(constant), b = ImageBatch.Pointer<T>(slope);
        long size = padded.shape[1] * padded.shape[2], pooledSize = rows / 2 * (columns / 2) * channels;
        return ImageBatch.Run(n, kernel.GradientSize, (i, part) => kernel.Backward(
            source + (i * size), weights, biases, given + (i * pooledSize), a, b, part));
    }
}
