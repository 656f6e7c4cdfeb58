using System;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>
/// How far the folded points of a group are shifted right, so that they fill the bits that the transform has room for and no more: found
/// from a few points, with a bit to spare, and raised where some other point does not fit all the same.
/// </summary>
public static class BlockShift
{
    /// <summary>A shifted point lies in [-2^this, 2^this).</summary>
    public const int PointBits = 12;

    /// <summary>The largest: folded 16-bit samples lie in [-2^27, 2^27).</summary>
    public const int Highest = FoldedWindow.FoldedBits - PointBits;

    private const int SampledPoints = 22;

    /// <summary>The points looked at first: triangular numbers, in no rhythm that a tone could keep clear of.</summary>
    public static ValueArray<int> Sampled { get; } = CreateSampled();

    /// <summary>The shift of a group.</summary>
    /// <param name="frames">The folded points of each of its frames.</param>
    public static int Of(int[][] frames)
    {
        if (frames is null)
            throw new ArgumentNullException(nameof(frames));
        int seen = 0;
        foreach (int[] points in frames)
        {
            foreach (int point in Sampled)
                seen |= points[point] ^ (points[point] >> 31);
        }

        int shift = 0;
        while (shift < Highest && seen >> (PointBits - 1 + shift) != 0)
            shift++;
        while (!Fits(frames, PointBits + shift))
            shift++;
        return shift;
    }

    private static bool Fits(int[][] frames, int bits)
    {
        foreach (int[] points in frames)
        {
            foreach (int point in points)
            {
                if ((point ^ (point >> 31)) >> bits != 0)
                    return false;
            }
        }

        return true;
    }

    private static ValueArray<int> CreateSampled()
    {
        var sampled = new int[SampledPoints];
        for (int i = 0; i < sampled.Length; i++)
            sampled[i] = i * (i + 1) / 2 % RealTransform.Points;
        return sampled.ToValueArray();
    }
}
