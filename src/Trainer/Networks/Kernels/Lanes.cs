using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AdapterCompiler.Trainer.Networks.Kernels;

/// <summary>
/// Channels of one position in vectors, the last of them partly filled. Kernels read and write whole vectors as far as a row of positions reaches and let what lies
/// past a position's channels be overwritten by the next position: so they take a row's channels in blocks, the last block first. Only at a row's end lanes are counted.
/// </summary>
internal static unsafe class Lanes
{
    /// <summary>The vectors that hold <paramref name="channels"/> channels.</summary>
    public static int Blocks<T>(int channels)
        where T : unmanaged => (channels + Vector<T>.Count - 1) / Vector<T>.Count;

    /// <summary>Reads a vector of which <paramref name="left"/> values are there; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load<T>(T* source, int left)
        where T : unmanaged => left >= Vector<T>.Count ? Vector.Load(source) : LoadPart(source, left);

    /// <summary>Writes a vector where there is room for it, and what fits where there is less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector<T> values, T* target, int left)
        where T : unmanaged
    {
        if (left >= Vector<T>.Count)
            Vector.Store(values, target);
        else
            StorePart(values, target, left);
    }

    /// <summary>a * b + c, rounded once where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector.MultiplyAddEstimate(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>();
        return Vector.MultiplyAddEstimate(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }

    /// <summary>Adds a block's channels to sums that are kept in float64.</summary>
    public static void AddTo<T>(Vector<T> values, double* sums, int channels)
        where T : unmanaged, INumberBase<T>
    {
        for (int lane = 0; lane < Math.Min(Vector<T>.Count, channels); lane++)
            sums[lane] += double.CreateTruncating(values[lane]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<T> LoadPart<T>(T* source, int left)
        where T : unmanaged
    {
        Vector<T> values = default;
        T* lanes = (T*)&values;
        for (int lane = 0; lane < left; lane++)
            lanes[lane] = source[lane];
        return values;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart<T>(Vector<T> values, T* target, int left)
        where T : unmanaged
    {
        T* lanes = (T*)&values;
        for (int lane = 0; lane < left; lane++)
            target[lane] = lanes[lane];
    }
}
