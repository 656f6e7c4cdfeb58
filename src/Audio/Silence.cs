using System;

namespace AdapterCompiler.Audio;

/// <summary>Tells sound from silence: what is silent says nothing about its class and is left out of training.</summary>
public static class Silence
{
    /// <summary>
    /// Root mean square, relative to full scale, below which 25 ms are silent: 0.001, that is -60 dBFS. Speech in telephone prompts lies
    /// at -20 to -30, its pauses below -65, the noise of a 16-bit converter at -98.
    /// </summary>
    public const double Threshold = 0.001;

    private const int WindowSamples = AudioReader.SampleRate / 40;

    /// <summary>True when no 25 ms of <paramref name="samples"/> reach the threshold. A constant offset is not sound and does not count.</summary>
    public static bool IsSilent(ReadOnlySpan<float> samples)
    {
        for (int start = 0; start < samples.Length; start += WindowSamples)
        {
            if (Deviation(samples.Slice(start, Math.Min(WindowSamples, samples.Length - start))) >= Threshold)
                return false;
        }

        return true;
    }

    private static double Deviation(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        double squares = 0;
        foreach (float sample in samples)
        {
            sum += sample;
            squares += (double)sample * sample;
        }

        double mean = sum / samples.Length;
        return Math.Sqrt(Math.Max(0, (squares / samples.Length) - (mean * mean)));
    }
}
