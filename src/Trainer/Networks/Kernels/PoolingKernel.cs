using System.Numerics;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>2 x 2 max-pool, ReLU and the sums of the norm's statistics in one pass over an image whose channels lie side by side, and their gradient in another.</summary>
/// <typeparam name="T">float, or double in tests.</typeparam>
/// <param name="Rows">Rows of the convolution's output; an odd last one is not pooled.</param>
/// <param name="Columns">Columns, likewise.</param>
/// <param name="Channels">Channels.</param>
internal readonly unsafe record struct PoolingKernel<T>(int Rows, int Columns, int Channels)
    where T : unmanaged, INumber<T>
{
    /// <summary>Values of a pooled row.</summary>
    private int Narrow => Columns / 2 * Channels;

    /// <summary>Pools an image.</summary>
    /// <param name="image">[rows, columns, channels].</param>
    /// <param name="pooled">[rows / 2, columns / 2, channels].</param>
    /// <param name="pivot">Per channel a value that is subtracted before anything is summed: a constant channel has variance 0 exactly.</param>
    /// <param name="sums">Per channel the sum of differences, then per channel the sum of their squares; added to.</param>
    public void Forward(T* image, T* pooled, T* pivot, double* sums)
    {
        for (int row = 0; row < Rows / 2; row++)
        {
            T* upper = image + (2L * row * Columns * Channels), lower = upper + (Columns * Channels), target = pooled + ((long)row * Narrow);
            for (int first = (Lanes.Blocks<T>(Channels) - 1) * Vector<T>.Count; first >= 0; first -= Vector<T>.Count)
            {
                Vector<T> middle = Lanes.Load(pivot + first, Channels - first), sum = default, squares = default;
                for (int at = first; at < Narrow; at += Channels)
                {
                    int left = (2 * at) - first, right = left + Channels, room = (2 * Narrow) - left;
                    Vector<T> best = Vector.Max(
                        Vector.Max(Lanes.Load(upper + left, room), Lanes.Load(upper + right, room - Channels)),
                        Vector.Max(Lanes.Load(lower + left, room), Lanes.Load(lower + right, room - Channels)));
                    best = Vector.Max(best, Vector<T>.Zero);
                    Lanes.Store(best, target + at, Narrow - at);
                    Vector<T> difference = best - middle;
                    sum += difference;
                    squares = Lanes.MultiplyAdd(difference, difference, squares);
                }

                Lanes.AddTo(sum, sums + first, Channels - first);
                Lanes.AddTo(squares, sums + Channels + first, Channels - first);
            }
        }
    }

    /// <summary>The gradient of an image: where an output is above 0, the first position that had its value gets gradient + constant + slope * output.</summary>
    /// <param name="image">As in <see cref="Forward"/>.</param>
    /// <param name="pooled">What it wrote.</param>
    /// <param name="gradient">Of <paramref name="pooled"/>.</param>
    /// <param name="constant">Per channel.</param>
    /// <param name="slope">Per channel.</param>
    /// <param name="result">Gradient of <paramref name="image"/>; positions that are not pooled are left alone.</param>
    public void Backward(T* image, T* pooled, T* gradient, T* constant, T* slope, T* result)
    {
        for (int row = 0; row < Rows / 2; row++)
        {
            long above = 2L * row * Columns * Channels, below = above + (Columns * Channels), start = (long)row * Narrow;
            for (int first = (Lanes.Blocks<T>(Channels) - 1) * Vector<T>.Count; first >= 0; first -= Vector<T>.Count)
            {
                Vector<T> a = Lanes.Load(constant + first, Channels - first), b = Lanes.Load(slope + first, Channels - first);
                for (int at = first; at < Narrow; at += Channels)
                {
                    int left = (2 * at) - first, right = left + Channels, room = (2 * Narrow) - left;
                    Vector<T> best = Lanes.Load(pooled + start + at, Narrow - at);
                    Vector<T> g = Lanes.MultiplyAdd(b, best, a) + Lanes.Load(gradient + start + at, Narrow - at);
                    g = Vector.ConditionalSelect(Vector.GreaterThan(best, Vector<T>.Zero), g, Vector<T>.Zero);
                    g = Give(image + above + left, result + above + left, room, best, g);
                    g = Give(image + above + right, result + above + right, room - Channels, best, g);
                    g = Give(image + below + left, result + below + left, room, best, g);
                    Give(image + below + right, result + below + right, room - Channels, best, g);
                }
            }
        }
    }

    /// <summary>Gives the gradient to a position where it has the output's value; returns what is left for the others.</summary>
    private static Vector<T> Give(T* value, T* result, int room, Vector<T> best, Vector<T> gradient)
    {
        Vector<T> chosen = Vector.Equals(Lanes.Load(value, room), best);
        Lanes.Store(Vector.ConditionalSelect(chosen, gradient, Vector<T>.Zero), result, room);
        return Vector.ConditionalSelect(chosen, Vector<T>.Zero, gradient);
    }
}
