using System.Collections.Generic;
using System.Numerics;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>A 3 x 3 convolution with one position of padding as a step of the graph that asks no library: <see cref="ConvolutionKernel{T}"/>.</summary>
internal sealed class OwnConvolution : autograd.SingleTensorFunction<OwnConvolution>
{
    /// <summary>Values behind the last image that a pair of vectors, float's being the longer, may read.</summary>
    private static readonly int Behind = 2 * Vector<float>.Count;

    /// <inheritdoc/>
    public override string Name => nameof(OwnConvolution);

    /// <summary>Applies it.</summary>
    /// <param name="inputs">[n, inputs, rows, columns].</param>
    /// <param name="weight">[outputs, inputs, 3, 3].</param>
    /// <param name="bias">[outputs].</param>
    /// <returns>[n, outputs, rows, columns], a position's channels side by side.</returns>
    public static Tensor Of(Tensor inputs, Tensor weight, Tensor bias) => apply(inputs, weight, bias);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor inputs, Tensor weight, Tensor bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        Tensor padded = Pad(inputs);
        ctx.save_for_backward([padded, weight]);
        return Convolve(inputs.shape[0], padded, weight, bias);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor padded, Tensor weight) = (saved[0], saved[1]);
        Tensor gradient = Pad(grad_output);
        Tensor flipped = weight.flip(2, 3).transpose(0, 1);
        return
        [
            Convolve(grad_output.shape[0], gradient, flipped, zeros(flipped.shape[0], weight.dtype)),
            weight.dtype == ScalarType.Float64 ? WeightGradient<double>(grad_output.shape[0], padded, gradient) : WeightGradient<float>(grad_output.shape[0], padded, gradient),
            grad_output.sum([0, 2, 3]),
        ];
    }

    /// <summary>By position, with a border of zeros around each image, and zeros behind the last: vectors read past a position's channels.</summary>
    private static Tensor Pad(Tensor images)
    {
        long size = images.shape[1] * (images.shape[2] + 2) * (images.shape[3] + 2);
        return F.pad(ImageBatch.ByPosition(images), [0, 0, 1, 1, 1, 1, 0, (Behind + size - 1) / size]);
    }

    private static Tensor Convolve(long n, Tensor padded, Tensor weight, Tensor bias) =>
        weight.dtype == ScalarType.Float64 ? Convolve<double>(n, padded, weight, bias) : Convolve<float>(n, padded, weight, bias);

    private static unsafe Tensor Convolve<T>(long n, Tensor padded, Tensor weight, Tensor bias)
        where T : unmanaged, INumber<T>
    {
        (long rows, long columns) = (padded.shape[1] - 2, padded.shape[2] - 2);
        (long outputs, long inputs) = (weight.shape[0], weight.shape[1]);
        int lanes = Vector<T>.Count, vectors = Lanes.Blocks<T>((int)outputs);
        Tensor lined = F.pad(bias, [0, (vectors * lanes) - outputs]).contiguous();
        Tensor packed = F.pad(weight, [0, 0, 0, 0, 0, 0, 0, (vectors * lanes) - outputs]).reshape(vectors, lanes, inputs, 3, 3).permute(0, 3, 4, 2, 1).contiguous();
        var kernel = new ConvolutionKernel<T>((int)rows, (int)columns, (int)inputs, (int)outputs);
        Tensor result = ImageBatch.Empty(n, outputs, rows, columns, weight.dtype);
        T* source = ImageBatch.Pointer<T>(padded), target = ImageBatch.PointerByPosition<T>(result), weights = ImageBatch.Pointer<T>(packed), biases = ImageBatch.Pointer<T>(lined);
        ImageBatch.Run(n, 0, (i, _) => kernel.Convolve(source + (i * kernel.PaddedSize), weights, biases, target + (i * kernel.OutputSize)));
        return result;
    }

    private static unsafe Tensor WeightGradient<T>(long n, Tensor padded, Tensor gradient)
        where T : unmanaged, INumber<T>
    {
        (long rows, long columns, long inputs, long outputs) = (padded.shape[1] - 2, padded.shape[2] - 2, padded.shape[3], gradient.shape[3]);
        var kernel = new ConvolutionKernel<T>((int)rows, (int)columns, (int)inputs, (int)outputs);

        // Whole groups of four values and pairs of vectors; what is past the weights is cut off.
        int groups = (kernel.Run + 3) / 4, pairs = (Lanes.Blocks<T>((int)outputs) + 1) / 2, pair = 2 * Vector<T>.Count;
        Tensor result = empty(3, groups * 4, pairs * pair, gradient.dtype);
        T* source = ImageBatch.Pointer<T>(padded), given = ImageBatch.Pointer<T>(gradient), target = ImageBatch.Pointer<T>(result);
        ImageBatch.Run(3 * groups * pairs, 0, (i, _) =>
        {
            (long group, long vectors) = (i / pairs, i % pairs);
            kernel.WeightGradient(
                n, source, given, (int)(group / groups), (int)(group % groups) * 4, (int)vectors * 2, target + (group * 4 * pairs * pair) + (vectors * pair), pairs * pair);
        });
        return result.narrow(1, 0, kernel.Run).narrow(2, 0, outputs).reshape(3, 3, inputs, outputs).permute(3, 2, 0, 1);
    }
}
