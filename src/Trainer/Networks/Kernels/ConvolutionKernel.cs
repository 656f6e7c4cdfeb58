using System.Numerics;
using System.Runtime.CompilerServices;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>
/// A 3 x 3 convolution over images whose channels lie side by side: in memory a window's row is one run of 3 x inputs values, so that a convolution is three runs of
/// multiply-accumulates, the outputs' channels in vectors. The gradient of the input is the same convolution of the output's gradient, with flipped weights.
/// </summary>
/// <typeparam name="T">float, or double in tests.</typeparam>
/// <param name="Rows">Rows of an image.</param>
/// <param name="Columns">Columns of an image.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
internal readonly unsafe record struct ConvolutionKernel<T>(int Rows, int Columns, int Inputs, int Outputs)
    where T : unmanaged, INumber<T>
{
    /// <summary>Rows of a window.</summary>
    public const int Window = 3;

    /// <summary>Positions that are computed together: their sums, for two vectors of channels, stay in registers.</summary>
    private const int Together = 4;

    /// <summary>Values of a window's row.</summary>
    public int Run => Window * Inputs;

    /// <summary>Values of a padded row of inputs.</summary>
    private int Stride => (Columns + 2) * Inputs;

    /// <summary>Values of an image with a border of zeros.</summary>
    public long PaddedSize => (Rows + 2L) * Stride;

    /// <summary>Values of an image of outputs.</summary>
    public long OutputSize => (long)Rows * Columns * Outputs;

    /// <summary>Convolves an image.</summary>
    /// <param name="padded">[rows + 2, columns + 2, inputs].</param>
    /// <param name="weights">[vectors, 3, 3, inputs, lanes], what is past the last output is 0.</param>
    /// <param name="bias">[vectors, lanes].</param>
    /// <param name="result">[rows, columns, outputs].</param>
    public void Convolve(T* padded, T* weights, T* bias, T* result)
    {
        int lanes = Vector<T>.Count, vectors = Lanes.Blocks<T>(Outputs);
        T* aside = stackalloc T[Together * 2 * lanes];
        for (int row = 0; row < Rows; row++)
        {
            // The last vectors first: what they write past a position's channels is written over by the next position or the vectors before.
            for (int vector = vectors; vector > 0;)
            {
                int pair = vector % 2 == 0 ? 2 : 1;
                vector -= pair;
                T* source = padded + ((long)row * Stride), own = weights + ((long)vector * Window * Run * lanes), start = bias + (vector * lanes);
                long at = ((long)row * Columns * Outputs) + (vector * lanes), left = OutputSize - at;
                T* target = result + at;
                int column = 0;
                for (; column + Together <= Columns; column += Together, source += Together * Inputs, target += Together * Outputs, left -= Together * Outputs)
                {
                    if (pair == 2)
                        FourPositionsTwoVectors(source, own, start, target, left, aside);
                    else
                        FourPositions(source, own, start, target, left, aside);
                }

                for (; column < Columns; column++, source += Inputs, target += Outputs, left -= Outputs)
                {
                    OnePosition(source, own, start, target, left);
                    if (pair == 2)
                        OnePosition(source, own + (Window * Run * lanes), start + lanes, target + lanes, left - lanes);
                }
            }
        }
    }

    // No call while sums are in registers: the compiler would keep them in memory instead, from the first addition on.
    private void FourPositionsTwoVectors(T* source, T* weights, T* bias, T* target, long left, T* aside)
    {
        int lanes = Vector<T>.Count, run = Run;
        T* next = weights + (Window * run * lanes);
        Vector<T> a0 = Vector.Load(bias), b0 = Vector.Load(bias + lanes);
        Vector<T> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
        for (int row = 0; row < Window; row++, source += Stride)
        {
            T* p0 = source, p1 = p0 + Inputs, p2 = p1 + Inputs, p3 = p2 + Inputs;
            for (int k = 0; k < run; k++, weights += lanes, next += lanes)
            {
                Vector<T> wa = Vector.Load(weights), wb = Vector.Load(next);
                Vector<T> x = new(p0[k]);
                a0 = Lanes.MultiplyAdd(x, wa, a0);
                b0 = Lanes.MultiplyAdd(x, wb, b0);
                x = new(p1[k]);
                a1 = Lanes.MultiplyAdd(x, wa, a1);
                b1 = Lanes.MultiplyAdd(x, wb, b1);
                x = new(p2[k]);
                a2 = Lanes.MultiplyAdd(x, wa, a2);
                b2 = Lanes.MultiplyAdd(x, wb, b2);
                x = new(p3[k]);
                a3 = Lanes.MultiplyAdd(x, wa, a3);
                b3 = Lanes.MultiplyAdd(x, wb, b3);
            }
        }

        bool room = left >= (3 * Outputs) + (2 * lanes);
        T* place = room ? target : aside;
        int step = room ? Outputs : 2 * lanes;
        Vector.Store(a0, place);
        Vector.Store(b0, place + lanes);
        Vector.Store(a1, place += step);
        Vector.Store(b1, place + lanes);
        Vector.Store(a2, place += step);
        Vector.Store(b2, place + lanes);
        Vector.Store(a3, place += step);
        Vector.Store(b3, place + lanes);
        if (!room)
            MoveIn(aside, 2 * lanes, target, left);
    }

    private void FourPositions(T* source, T* weights, T* bias, T* target, long left, T* aside)
    {
        int lanes = Vector<T>.Count, run = Run;
        Vector<T> a0 = Vector.Load(bias), a1 = a0, a2 = a0, a3 = a0;
        for (int row = 0; row < Window; row++, source += Stride)
        {
            T* p0 = source, p1 = p0 + Inputs, p2 = p1 + Inputs, p3 = p2 + Inputs;
            for (int k = 0; k < run; k++, weights += lanes)
            {
                Vector<T> w = Vector.Load(weights);
                a0 = Lanes.MultiplyAdd(new Vector<T>(p0[k]), w, a0);
                a1 = Lanes.MultiplyAdd(new Vector<T>(p1[k]), w, a1);
                a2 = Lanes.MultiplyAdd(new Vector<T>(p2[k]), w, a2);
                a3 = Lanes.MultiplyAdd(new Vector<T>(p3[k]), w, a3);
            }
        }

        bool room = left >= (3 * Outputs) + lanes;
        T* place = room ? target : aside;
        int step = room ? Outputs : lanes;
        Vector.Store(a0, place);
        Vector.Store(a1, place += step);
        Vector.Store(a2, place += step);
        Vector.Store(a3, place + step);
        if (!room)
            MoveIn(aside, lanes, target, left);
    }

    /// <summary>Moves four positions' values to where an image ends, as far as it goes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveIn(T* aside, int width, T* target, long left)
    {
        for (int position = 0; position < Together; position++, aside += width, target += Outputs, left -= Outputs)
        {
            for (int lane = 0; lane < long.Min(width, left); lane++)
                target[lane] = aside[lane];
        }
    }

    private void OnePosition(T* source, T* weights, T* bias, T* target, long left)
    {
        Vector<T> sum = Vector.Load(bias);
        for (int row = 0; row < Window; row++, source += Stride)
        {
            for (int k = 0; k < Run; k++, weights += Vector<T>.Count)
                sum = Lanes.MultiplyAdd(new Vector<T>(source[k]), Vector.Load(weights), sum);
        }

        Lanes.Store(sum, target, (int)long.Clamp(left, 0, Vector<T>.Count));
    }

    /// <summary>The gradient of four of a window row's weights, for two vectors of outputs, over all images.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="padded">[images, rows + 2, columns + 2, inputs].</param>
    /// <param name="gradient">Of the output, [images, rows + 2, columns + 2, outputs], with a border of zeros and something behind the last: vectors read past a position's channels.</param>
    /// <param name="window">Row of the window.</param>
    /// <param name="first">First of the values, 0 to <see cref="Run"/>; those past the run are computed and not kept.</param>
    /// <param name="vector">First of the vectors.</param>
    /// <param name="result">Four rows, of two vectors each.</param>
    /// <param name="width">From row to row.</param>
    public void WeightGradient(long images, T* padded, T* gradient, int window, int first, int vector, T* result, long width)
    {
        int lanes = Vector<T>.Count, inputs = Inputs, outputs = Outputs;
        Vector<T> t0 = default, t1 = default, t2 = default, t3 = default, u0 = default, u1 = default, u2 = default, u3 = default;
        for (long image = 0; image < images; image++)
        {
            T* source = padded + (image * PaddedSize) + ((long)window * Stride) + first;
            T* given = gradient + (((image * (Rows + 2)) + 1) * (Columns + 2L) + 1) * outputs + (vector * lanes);
            Vector<T> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (int row = 0; row < Rows; row++, source += Stride, given += (Columns + 2) * outputs)
            {
                T* x = source, g = given;
                for (int column = 0; column < Columns; column++, x += inputs, g += outputs)
                {
                    Vector<T> ga = Vector.Load(g), gb = Vector.Load(g + lanes);
                    Vector<T> v = new(x[0]);
                    a0 = Lanes.MultiplyAdd(v, ga, a0);
                    b0 = Lanes.MultiplyAdd(v, gb, b0);
                    v = new(x[1]);
                    a1 = Lanes.MultiplyAdd(v, ga, a1);
                    b1 = Lanes.MultiplyAdd(v, gb, b1);
                    v = new(x[2]);
                    a2 = Lanes.MultiplyAdd(v, ga, a2);
                    b2 = Lanes.MultiplyAdd(v, gb, b2);
                    v = new(x[3]);
                    a3 = Lanes.MultiplyAdd(v, ga, a3);
                    b3 = Lanes.MultiplyAdd(v, gb, b3);
                }
            }

            // Per image first: sums of sums round less.
            t0 += a0;
            t1 += a1;
            t2 += a2;
            t3 += a3;
            u0 += b0;
            u1 += b1;
            u2 += b2;
            u3 += b3;
        }

        T* target = result;
        Vector.Store(t0, target);
        Vector.Store(u0, target + lanes);
        Vector.Store(t1, target += width);
        Vector.Store(u1, target + lanes);
        Vector.Store(t2, target += width);
        Vector.Store(u2, target + lanes);
        Vector.Store(t3, target += width);
        Vector.Store(u3, target + lanes);
    }
}
