using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>Runs kernels over a batch of images, on as many threads as Torch has, with sums that do not depend on how many those are.</summary>
internal static unsafe class ImageBatch
{
    /// <summary>What a kernel does with image <paramref name="index"/>; what it sums, it adds to <paramref name="sums"/>.</summary>
    internal delegate void Work(long index, double* sums);

    /// <summary>Calls <paramref name="work"/> for every image and adds up, in the images' order, what each has summed.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="size">Number of sums.</param>
    /// <param name="work">Kernel.</param>
    public static double[] Run(long images, int size, Work work)
    {
        var parts = new double[images * size];
        fixed (double* pinned = parts)
        {
            double* first = pinned;
            if (get_num_threads() == 1 || images == 1)
            {
                for (long i = 0; i < images; i++)
                    work(i, first + (i * size));
            }
            else
            {
                Parallel.For(0L, images, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, i => work(i, first + (i * size)));
            }
        }

        var total = new double[size];
        for (long i = 0; i < parts.Length; i++)
            total[i % size] += parts[i];
        return total;
    }

    /// <summary>A tensor's own memory. The caller keeps the tensor.</summary>
    /// <param name="values">Contiguous.</param>
    public static T* Pointer<T>(Tensor values)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values.bytes));

    /// <summary>The memory of what <see cref="Empty"/> made.</summary>
    public static T* PointerByPosition<T>(Tensor images)
        where T : unmanaged => Pointer<T>(images.permute(0, 2, 3, 1));

    /// <summary>An image's values as [n, rows, columns, channels], contiguous; nothing moves where they lie that way already.</summary>
    public static Tensor ByPosition(Tensor images) => images.permute(0, 2, 3, 1).contiguous();

    /// <summary>An empty [n, channels, rows, columns] that lies by position.</summary>
    public static Tensor Empty(long images, long channels, long rows, long columns, ScalarType type) =>
        empty_strided([images, channels, rows, columns], [rows * columns * channels, 1, columns * channels, channels], type);

    /// <summary>Mean and variance from sums of differences to a pivot.</summary>
    /// <param name="pivot">Per channel.</param>
    /// <param name="sums">Sums of differences, then of their squares.</param>
    /// <param name="count">Values of a channel.</param>
    /// <param name="type">Of the tensors.</param>
    public static (Tensor Mean, Tensor Variance) Statistics(double[] pivot, double[] sums, long count, ScalarType type)
    {
        double[] means = [.. sums.Take(pivot.Length).Select(sum => sum / count)];
        double[] variances = [.. sums.Skip(pivot.Length).Zip(means, (squares, mean) => Math.Max(0, (squares / count) - (mean * mean)))];
        return (tensor([.. means.Zip(pivot, (mean, shift) => mean + shift)], type), tensor(variances, type));
    }

    /// <summary>What statistics' gradients add to an output's: a constant and a slope times the output, per channel.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="meanGradient">Its gradient.</param>
    /// <param name="varianceGradient">The variance's gradient.</param>
    /// <param name="count">Values of a channel.</param>
    public static (Tensor Constant, Tensor Slope) StatisticsGradient(Tensor mean, Tensor meanGradient, Tensor varianceGradient, long count)
    {
        Tensor slope = varianceGradient * (2.0 / count);
        return ((meanGradient / (double)count) - (slope * mean), slope);
    }
}
