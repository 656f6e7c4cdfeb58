using System;
using System.Collections.Generic;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>What soundscapes are put together with. Everything is a function of the samples and of the random numbers given.</summary>
internal static class Mixing
{
    /// <summary>Samples of a slice.</summary>
    public const int SliceLength = BuiltInCorpus.SliceLength;

    private const float Quietest = 1e-5f;

    /// <summary>Root mean square of the samples that are not silent, so that a short event counts as loud as it sounds.</summary>
    public static float Level(ReadOnlySpan<float> samples)
    {
        float greatest = 0;
        foreach (float sample in samples)
            greatest = Math.Max(greatest, Math.Abs(sample));
        double sum = 0;
        int count = 0;
        foreach (float sample in samples)
        {
            if (Math.Abs(sample) < greatest / 50)
                continue;
            sum += (double)sample * sample;
            count++;
        }

        return Math.Max(Quietest, count == 0 ? 0 : (float)Math.Sqrt(sum / count));
    }

    /// <summary>Gain of a level in decibels.</summary>
    public static float Gain(double decibels) => (float)Math.Pow(10, decibels / 20);

    /// <summary>A number between two.</summary>
    public static double Between(this SliceRandom random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>One of a list.</summary>
    public static T Pick<T>(this SliceRandom random, IReadOnlyList<T> items) => items[random.NextInt(items.Count)];

    /// <summary>Adds a sound at a place; what does not fit is left out.</summary>
    public static void Add(float[] target, ReadOnlySpan<float> sound, int start, float gain)
    {
        int from = Math.Max(0, -start), to = Math.Min(sound.Length, target.Length - start);
        for (int i = from; i < to; i++)
            target[start + i] += gain * sound[i];
    }

    /// <summary>Adds a sound so that it is as loud as a number of decibels says, full scale being 0.</summary>
    public static void AddAt(float[] target, ReadOnlySpan<float> sound, int start, double decibels) => Add(target, sound, start, Gain(decibels) / Level(sound));

    /// <summary>A slice's worth of a bed, from anywhere; a short one goes round.</summary>
    public static float[] Bed(float[] samples, SliceRandom random)
    {
        float[] bed = new float[SliceLength];
        int at = random.NextInt(samples.Length > SliceLength ? samples.Length - SliceLength : samples.Length);
        for (int i = 0; i < bed.Length; i++)
            bed[i] = samples[(at + i) % samples.Length];
        return bed;
    }

    /// <summary>A piece around a place that sounds.</summary>
    /// <param name="samples">A recording.</param>
    /// <param name="random">Which.</param>
    /// <param name="length">Of the piece, at most.</param>
    public static float[] Event(float[] samples, SliceRandom random, int length)
    {
        if (samples.Length <= length)
            return samples;
        float level = Level(samples);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            int start = random.NextInt(samples.Length - length);
            ReadOnlySpan<float> piece = samples.AsSpan(start, length);
            if (Level(piece) >= level / 2)
                return Faded(piece);
        }

        return Faded(samples.AsSpan(0, length));
    }

    /// <summary>Without the silence at both ends.</summary>
    public static float[] Trimmed(float[] samples)
    {
        const int window = AudioReader.SampleRate / 100;
        float least = Level(samples) / 20;
        int from = 0, to = samples.Length;
        while (to - from > 2 * window && Peak(samples.AsSpan(from, window)) < least)
            from += window;
        while (to - from > 2 * window && Peak(samples.AsSpan(to - window, window)) < least)
            to -= window;
        return samples[from..to];
    }

    /// <summary>Noise whose density falls by 3 dB an octave (Paul Kellet's filter), at level 1.</summary>
    public static float[] Pink(SliceRandom random, int length = SliceLength)
    {
        float[] noise = new float[length];
        float a = 0, b = 0, c = 0;
        for (int i = 0; i < length; i++)
        {
            float white = random.NextSigned();
            a = (0.99765f * a) + (white * 0.0990460f);
            b = (0.96300f * b) + (white * 0.2965164f);
            c = (0.57000f * c) + (white * 1.0526913f);
            noise[i] = a + b + c + (white * 0.1848f);
        }

        float gain = 1 / Level(noise);
        for (int i = 0; i < length; i++)
            noise[i] *= gain;
        return noise;
    }

    /// <summary>A room of a few reflections, and a tilt of the spectrum as another microphone has it.</summary>
    public static float[] Room(float[] dry, SliceRandom random)
    {
        float[] wet = (float[])dry.Clone();
        double decay = random.Between(0.02, 0.12), share = random.Between(0.1, 0.6);
        for (int reflection = 0; reflection < 8; reflection++)
        {
            double delay = random.Between(0.003, 0.15);
            Add(wet, dry, (int)(delay * AudioReader.SampleRate), (float)(share * Math.Exp(-delay / decay)) * Math.Sign(random.NextSigned()));
        }

        float tilt = (float)random.Between(-0.5, 0.5), before = 0;
        for (int i = 0; i < wet.Length; i++)
        {
            float now = wet[i];
            wet[i] = now + (tilt * before);
            before = now;
        }

        return wet;
    }

    /// <summary>The slice at a loudness; what would clip is turned down.</summary>
    public static float[] Finished(float[] slice, double decibels)
    {
        float gain = Gain(decibels) / Level(slice);
        float peak = Peak(slice) * gain;
        if (peak > 0.99f)
            gain *= 0.99f / peak;
        for (int i = 0; i < slice.Length; i++)
            slice[i] *= gain;
        return slice;
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        float greatest = 0;
        foreach (float sample in samples)
            greatest = Math.Max(greatest, Math.Abs(sample));
        return greatest;
    }

    // A cut in the middle of a sound would click.
    private static float[] Faded(ReadOnlySpan<float> samples)
    {
        float[] piece = samples.ToArray();
        int length = Math.Min(160, piece.Length / 2);
        for (int i = 0; i < length; i++)
        {
            piece[i] *= i / (float)length;
            piece[^(i + 1)] *= i / (float)length;
        }

        return piece;
    }
}
