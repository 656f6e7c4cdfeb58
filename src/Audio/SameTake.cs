using System;
using System.Runtime.Intrinsics;

namespace AdapterCompiler.Audio;

/// <summary>
/// Tells whether two pieces of sound are one take, whatever level, sample rate and codec they went through: the waveforms below 3 kHz, where
/// every copy still has them, shifted against each other until they fit best. Two takes of one word by one speaker do not fit.
/// </summary>
public static class SameTake
{
    /// <summary>Rate that a copy of 6.4 kHz and more keeps whole.</summary>
    private const int NarrowRate = 6_400;

    private const int Lanes = 8;

    /// <summary>How well they fit at the best shift: 1 for copies, whatever their levels and signs, 0 for sounds that have nothing to do with each other.</summary>
    /// <param name="first">16 kHz mono.</param>
    /// <param name="second">Likewise; it may begin and end elsewhere.</param>
    /// <param name="reach">Most samples that <paramref name="second"/> is shifted by, either way.</param>
    public static double Likeness(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int reach)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reach);
        float[] a = Narrow(first), b = Narrow(second);
        double best = 0;
        for (int shift = -reach; shift <= reach; shift++)
        {
            int from = Math.Max(0, -shift), length = Math.Min(a.Length, b.Length - shift) - from;
            // Less than half of the shorter one proves nothing.
            if (length < Math.Max(1, Math.Min(a.Length, b.Length) / 2))
                continue;
            ReadOnlySpan<float> one = a.AsSpan(from, length), other = b.AsSpan(from + shift, length);
            double energy = (double)Dot(one, one) * Dot(other, other);
            if (energy > 0)
                best = Math.Max(best, Math.Abs(Dot(one, other)) / Math.Sqrt(energy));
        }

        return best;
    }

    // Down and up again: at the narrow rate itself a shift of half a sample would spoil the fit.
    private static float[] Narrow(ReadOnlySpan<float> samples)
    {
        float[] narrow = Resampled(samples, AudioReader.SampleRate, NarrowRate), result = Resampled(narrow, NarrowRate, AudioReader.SampleRate);
        double sum = 0;
        foreach (float sample in result)
            sum += sample;
        float mean = (float)(sum / Math.Max(1, result.Length));
        for (int i = 0; i < result.Length; i++)
            result[i] -= mean;
        return result;
    }

    private static float[] Resampled(ReadOnlySpan<float> samples, int from, int to)
    {
        var buffer = new SampleBuffer();
        var resampler = new StreamingResampler(from, to);
        resampler.Push(samples, buffer);
        resampler.Finish(buffer);
        return buffer.ToClampedArray();
    }

    // Of a fixed width, so that every machine adds in the same order.
    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
            sum += Vector256.Create(a[i..]) * Vector256.Create(b[i..]);
        float rest = 0;
        for (; i < a.Length; i++)
            rest += a[i] * b[i];
        return Vector256.Sum(sum) + rest;
    }
}
