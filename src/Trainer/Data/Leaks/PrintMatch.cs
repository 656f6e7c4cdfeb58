using System;

namespace AdapterCompiler.Trainer.Data.Leaks;

/// <summary>Where two prints are laid on each other: frame f of the first is frame f + <see cref="Offset"/> of the second.</summary>
/// <param name="Offset">In frames of 10 ms.</param>
/// <param name="From">First frame compared, of the first print.</param>
/// <param name="Frames">Frames compared.</param>
/// <param name="Distance">Mean difference in codes (0.6 dB) where either is loud, after the difference of their levels is taken away.</param>
internal sealed record PrintMatch(int Offset, int From, int Frames, double Distance)
{
    /// <summary>Frames either way of the place that are compared: a second in all.</summary>
    private const int Around = 50;

    /// <summary>0.3 s: less is compared only where a recording has no more.</summary>
    private const int LeastFrames = 30;

    /// <summary>Codes below the loudest that still count: 24 dB.</summary>
    private const int Reach = 40;

    /// <summary>Lays two prints on each other around a place.</summary>
    /// <returns>Null where too little of them overlaps.</returns>
    public static PrintMatch? At(SoundPrint first, SoundPrint second, int frame, int offset)
    {
        int from = Math.Max(Math.Max(0, -offset), frame - Around), to = Math.Min(Math.Min(first.Frames, second.Frames - offset), frame + Around);
        int needed = Math.Min(LeastFrames, Math.Min(first.Frames, second.Frames) * 4 / 5);
        return to - from < Math.Max(1, needed) ? null : new PrintMatch(offset, from, to - from, Compare(first, second, from, to, offset));
    }

    private static double Compare(SoundPrint first, SoundPrint second, int from, int to, int offset)
    {
        int loudestFirst = 0, loudestSecond = 0;
        for (int frame = from; frame < to; frame++)
        {
            foreach (byte level in first.Frame(frame))
                loudestFirst = Math.Max(loudestFirst, level);
            foreach (byte level in second.Frame(frame + offset))
                loudestSecond = Math.Max(loudestSecond, level);
        }

        int leastFirst = Math.Max(1, loudestFirst - Reach), leastSecond = Math.Max(1, loudestSecond - Reach);
        Span<int> histogram = stackalloc int[512];
        histogram.Clear();
        int count = 0;
        for (int frame = from; frame < to; frame++)
        {
            ReadOnlySpan<byte> a = first.Frame(frame), b = second.Frame(frame + offset);
            for (int band = 0; band < SoundPrint.Bands; band++)
            {
                if (a[band] < leastFirst && b[band] < leastSecond)
                    continue;
                histogram[a[band] - b[band] + 256]++;
                count++;
            }
        }

        if (count == 0)
            return double.PositiveInfinity;
        int gain = Median(histogram, count);
        long total = 0;
        for (int i = 0; i < histogram.Length; i++)
            total += (long)histogram[i] * Math.Abs(i - gain);
        return total / (double)count;
    }

    private static int Median(ReadOnlySpan<int> histogram, int count)
    {
        int below = 0;
        for (int i = 0; i < histogram.Length; i++)
        {
            below += histogram[i];
            if (2 * below >= count)
                return i;
        }

        return histogram.Length - 1;
    }
}
