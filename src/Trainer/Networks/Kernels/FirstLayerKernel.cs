using System.Numerics;
using System.Runtime.CompilerServices;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>
/// The first layer at once: 3 x 3 convolution of one input channel, 2 x 2 max-pool, ReLU and the sums of the norm's statistics. Its convolution alone has outputs of
/// tens of megabytes for a multiplication of nine weights each; here they stay in registers, and the gradient computes them again.
/// </summary>
/// <typeparam name="T">float, or double in tests.</typeparam>
/// <param name="Rows">Rows of the image.</param>
/// <param name="Columns">Columns of the image.</param>
/// <param name="Channels">Output channels.</param>
internal readonly unsafe record struct FirstLayerKernel<T>(int Rows, int Columns, int Channels)
    where T : unmanaged, INumber<T>
{
    private const int Taps = 9;

    private int Narrow => Columns / 2 * Channels;

    /// <summary>Values of <see cref="Backward"/>'s sums: nine weights and a bias per channel.</summary>
    public int GradientSize => (Taps + 1) * Channels;

    /// <summary>Computes an image.</summary>
    /// <param name="padded">[rows + 2, columns + 2], a border of zeros around the codes.</param>
    /// <param name="weights">[9, channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="pooled">[rows / 2, columns / 2, channels].</param>
    /// <param name="pivot">As in <see cref="PoolingKernel{T}.Forward"/>.</param>
    /// <param name="sums">As there.</param>
    public void Forward(T* padded, T* weights, T* bias, T* pooled, T* pivot, double* sums)
    {
        for (int row = 0; row < Rows / 2; row++)
        {
            for (int first = (Lanes.Blocks<T>(Channels) - 1) * Vector<T>.Count; first >= 0; first -= Vector<T>.Count)
            {
                var block = new Block(weights, bias, first, Channels);
                Vector<T> middle = Lanes.Load(pivot + first, Channels - first), sum = default, squares = default;
                T* patch = padded + (2L * row * (Columns + 2)), target = pooled + ((long)row * Narrow);
                for (int at = first; at < Narrow; at += Channels, patch += 2)
                {
                    Vector<T> best = Vector.Max(
                        Vector.Max(Convolve(ref block, patch, 0), Convolve(ref block, patch, 1)),
                        Vector.Max(Convolve(ref block, patch, Columns + 2), Convolve(ref block, patch, Columns + 3)));
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

    /// <summary>Adds an image's share to the gradients of weights and bias, by the rule of <see cref="PoolingKernel{T}.Backward"/>.</summary>
    /// <param name="padded">As in <see cref="Forward"/>.</param>
    /// <param name="weights">As there.</param>
    /// <param name="bias">As there.</param>
    /// <param name="gradient">Of the pooled outputs.</param>
    /// <param name="constant">Per channel.</param>
    /// <param name="slope">Per channel.</param>
    /// <param name="sums">[9, channels] for the weights, then [channels] for the bias.</param>
    public void Backward(T* padded, T* weights, T* bias, T* gradient, T* constant, T* slope, double* sums)
    {
        for (int row = 0; row < Rows / 2; row++)
        {
            for (int first = (Lanes.Blocks<T>(Channels) - 1) * Vector<T>.Count; first >= 0; first -= Vector<T>.Count)
            {
                var block = new Block(weights, bias, first, Channels);
                Vector<T> a = Lanes.Load(constant + first, Channels - first), b = Lanes.Load(slope + first, Channels - first);
                Block total = default;
                T* patch = padded + (2L * row * (Columns + 2)), source = gradient + ((long)row * Narrow);
                for (int at = first; at < Narrow; at += Channels, patch += 2)
                {
                    Vector<T> v0 = Convolve(ref block, patch, 0), v1 = Convolve(ref block, patch, 1);
                    Vector<T> v2 = Convolve(ref block, patch, Columns + 2), v3 = Convolve(ref block, patch, Columns + 3);
                    Vector<T> best = Vector.Max(Vector.Max(v0, v1), Vector.Max(v2, v3));
                    Vector<T> g = Lanes.MultiplyAdd(b, best, a) + Lanes.Load(source + at, Narrow - at);
                    g = Vector.ConditionalSelect(Vector.GreaterThan(best, Vector<T>.Zero), g, Vector<T>.Zero);
                    total.Bias += g;
                    g = Give(ref total, patch, 0, Vector.Equals(v0, best), g);
                    g = Give(ref total, patch, 1, Vector.Equals(v1, best), g);
                    g = Give(ref total, patch, Columns + 2, Vector.Equals(v2, best), g);
                    Give(ref total, patch, Columns + 3, Vector.Equals(v3, best), g);
                }

                total.AddTo(sums, first, Channels);
            }
        }
    }

    /// <summary>One position's outputs before pooling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<T> Convolve(ref Block block, T* patch, int corner)
    {
        T* upper = patch + corner, middle = upper + Columns + 2, lower = middle + Columns + 2;
        Vector<T> sum = Lanes.MultiplyAdd(new Vector<T>(upper[0]), block.W0, block.Bias);
        sum = Lanes.MultiplyAdd(new Vector<T>(upper[1]), block.W1, sum);
        sum = Lanes.MultiplyAdd(new Vector<T>(upper[2]), block.W2, sum);
        sum = Lanes.MultiplyAdd(new Vector<T>(middle[0]), block.W3, sum);
        sum = Lanes.MultiplyAdd(new Vector<T>(middle[1]), block.W4, sum);
        sum = Lanes.MultiplyAdd(new Vector<T>(middle[2]), block.W5, sum);
        sum = Lanes.MultiplyAdd(new Vector<T>(lower[0]), block.W6, sum);
        sum = Lanes.MultiplyAdd(new Vector<T>(lower[1]), block.W7, sum);
        return Lanes.MultiplyAdd(new Vector<T>(lower[2]), block.W8, sum);
    }

    /// <summary>Adds what a chosen position read to the weights' gradients; returns the gradient that is left for the other positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<T> Give(ref Block total, T* patch, int corner, Vector<T> chosen, Vector<T> gradient)
    {
        Vector<T> g = Vector.ConditionalSelect(chosen, gradient, Vector<T>.Zero);
        T* upper = patch + corner, middle = upper + Columns + 2, lower = middle + Columns + 2;
        total.W0 = Lanes.MultiplyAdd(new Vector<T>(upper[0]), g, total.W0);
        total.W1 = Lanes.MultiplyAdd(new Vector<T>(upper[1]), g, total.W1);
        total.W2 = Lanes.MultiplyAdd(new Vector<T>(upper[2]), g, total.W2);
        total.W3 = Lanes.MultiplyAdd(new Vector<T>(middle[0]), g, total.W3);
        total.W4 = Lanes.MultiplyAdd(new Vector<T>(middle[1]), g, total.W4);
        total.W5 = Lanes.MultiplyAdd(new Vector<T>(middle[2]), g, total.W5);
        total.W6 = Lanes.MultiplyAdd(new Vector<T>(lower[0]), g, total.W6);
        total.W7 = Lanes.MultiplyAdd(new Vector<T>(lower[1]), g, total.W7);
        total.W8 = Lanes.MultiplyAdd(new Vector<T>(lower[2]), g, total.W8);
        return Vector.ConditionalSelect(chosen, Vector<T>.Zero, gradient);
    }

    /// <summary>A vector of channels: nine weights and a bias, or their gradients.</summary>
    private struct Block
    {
        public Vector<T> W0, W1, W2, W3, W4, W5, W6, W7, W8, Bias;

        public Block(T* weights, T* bias, int first, int channels)
        {
            int left = channels - first;
            T* tap = weights + first;
            W0 = Lanes.Load(tap, left);
            W1 = Lanes.Load(tap += channels, left);
            W2 = Lanes.Load(tap += channels, left);
            W3 = Lanes.Load(tap += channels, left);
            W4 = Lanes.Load(tap += channels, left);
            W5 = Lanes.Load(tap += channels, left);
            W6 = Lanes.Load(tap += channels, left);
            W7 = Lanes.Load(tap += channels, left);
            W8 = Lanes.Load(tap + channels, left);
            Bias = Lanes.Load(bias + first, left);
        }

        public readonly void AddTo(double* sums, int first, int channels)
        {
            double* tap = sums + first;
            foreach (Vector<T> values in (System.ReadOnlySpan<Vector<T>>)[W0, W1, W2, W3, W4, W5, W6, W7, W8, Bias])
            {
                Lanes.AddTo(values, tap, channels - first);
                tap += channels;
            }
        }
    }
}
