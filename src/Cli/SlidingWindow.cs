using System;

namespace AdapterCompiler.Cli;

/// <summary>Told a window of samples and where it starts, in samples from the beginning.</summary>
internal delegate void WindowAction(ReadOnlySpan<float> samples, long start);

/// <summary>Cuts samples that come in pieces into overlapping windows; holds one window, however long the sound is. A tail that is too short is left out.</summary>
/// <param name="length">Samples of a window.</param>
/// <param name="hop">Samples from one window to the next, <paramref name="length"/> at most.</param>
/// <param name="take">Given every window in order.</param>
internal sealed class SlidingWindow(int length, int hop, WindowAction take)
{
    private readonly float[] window = new float[length];
    private int filled;
    private long start;

    /// <summary>The next samples.</summary>
    public void Push(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            int count = Math.Min(samples.Length, length - filled);
            samples[..count].CopyTo(window.AsSpan(filled));
            filled += count;
            samples = samples[count..];
            if (filled < length)
                continue;
            take(window, start);
            window.AsSpan(hop).CopyTo(window);
            filled -= hop;
            start += hop;
        }
    }

    /// <summary>The end. A sound shorter than a window is classified all the same, in the middle of silence.</summary>
    public void Finish()
    {
        if (start > 0 || filled == 0)
            return;
        float[] padded = new float[length];
        window.AsSpan(0, filled).CopyTo(padded.AsSpan((length - filled) / 2));
        take(padded, 0);
    }
}
