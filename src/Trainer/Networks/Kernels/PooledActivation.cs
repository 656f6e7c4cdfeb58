using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>A convolution's output -> 2 x 2 max-pool -> ReLU, with mean and variance of the result, as one step of the graph: <see cref="PoolingKernel{T}"/>.</summary>
internal sealed class PooledActivation : autograd.MultiTensorFunction<PooledActivation>
{
    /// <inheritdoc/>
    public override string Name => nameof(PooledActivation);

    /// <summary>Applies it.</summary>
    /// <param name="images">[n, channels, rows, columns].</param>
    public static LayerOutput Of(Tensor images)
    {
        List<Tensor> results = apply(images);
        return new LayerOutput(results[0], new ChannelStatistics(results[1], results[2], results[0].numel() / images.shape[1]));
    }

    /// <inheritdoc/>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor images = ImageBatch.ByPosition((Tensor)vars[0]);
        return images.dtype == ScalarType.Float64 ? Forward<double>(ctx, images) : Forward<float>(ctx, images);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        return [saved[0].dtype == ScalarType.Float64 ? Backward<double>(saved, grad_outputs) : Backward<float>(saved, grad_outputs)];
    }

    private static unsafe List<Tensor> Forward<T>(autograd.AutogradContext ctx, Tensor images)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        (long n, long rows, long columns, long channels) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var kernel = new PoolingKernel<T>((int)rows, (int)columns, (int)channels);
        Tensor pooled = ImageBatch.Empty(n, channels, rows / 2, columns / 2, images.dtype);
        T* source = ImageBatch.Pointer<T>(images), target = ImageBatch.PointerByPosition<T>(pooled);
        long size = rows * columns * channels, pooledSize = rows / 2 * (columns / 2) * channels;

        // A value of the middle of an image: near the mean, as far as one can know.
        T[] pivot = [.. Enumerable.Range(0, (int)channels).Select(c => T.Max(T.Zero, source[(((rows / 2 * columns) + (columns / 2)) * channels) + c]))];
        double[] sums;
        fixed (T* pinned = pivot)
        {
            T* middle = pinned;
            sums = ImageBatch.Run(n, 2 * (int)channels, (i, part) => kernel.Forward(source + (i * size), target + (i * pooledSize), middle, part));
        }

        (Tensor mean, Tensor variance) = ImageBatch.Statistics([.. pivot.Select(double.CreateTruncating)], sums, pooled.numel() / channels, images.dtype);
        ctx.save_for_backward([images, pooled.detach(), mean.detach()]);
        return [pooled, mean, variance];
    }

    private static unsafe Tensor Backward<T>(List<Tensor> saved, List<Tensor> gradients)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        (Tensor images, Tensor pooled) = (saved[0], ImageBatch.ByPosition(saved[1]));
        (long n, long rows, long columns, long channels) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var kernel = new PoolingKernel<T>((int)rows, (int)columns, (int)channels);
        (Tensor constant, Tensor slope) = ImageBatch.StatisticsGradient(saved[2], gradients[1], gradients[2], pooled.numel() / channels);
        Tensor gradient = ImageBatch.ByPosition(gradients[0]);
        Tensor result = ImageBatch.Empty(n, channels, rows, columns, images.dtype);
        if (rows % 2 != 0 || columns % 2 != 0)
            result.zero_();
        T* source = ImageBatch.Pointer<T>(images), outputs = ImageBatch.Pointer<T>(pooled), given = ImageBatch.Pointer<T>(gradient);
        T* a = ImageBatch.Pointer<T>(constant), b = ImageBatch.Pointer<T>(slope), target = ImageBatch.PointerByPosition<T>(result);
        long size = rows * columns * channels, pooledSize = rows / 2 * (columns / 2) * channels;
        ImageBatch.Run(n, 0, (i, _) => kernel.Backward(
            source + (i * size), outputs + (i * pooledSize), given + (i * pooledSize), a, b, target + (i * size)));
        return result;
    }
}
