using System;
using System.Linq;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>Sounds to test a front end with, 16 kHz, all from seeds.</summary>
internal static class Signals
{
    private const int Rate = 16_000;

    /// <summary>Nothing.</summary>
    public static short[] Silence(int length) => new short[length];

    /// <summary>The same value throughout.</summary>
    public static short[] Constant(int length, short value) => [.. Enumerable.Repeat(value, length)];

    /// <summary>Full scale, one sign for half a period.</summary>
    public static short[] Square(int length, int halfPeriod) =>
        [.. Enumerable.Range(0, length).Select(i => i / halfPeriod % 2 == 0 ? short.MaxValue : short.MinValue)];

    /// <summary>One sample of full scale every so often.</summary>
    public static short[] Impulses(int length, int distance) => [.. Enumerable.Range(0, length).Select(i => i % distance == 7 ? short.MinValue : (short)0)];

    /// <summary>A tone.</summary>
    public static short[] Tone(int length, double hertz, double amplitude) =>
        [.. Enumerable.Range(0, length).Select(i => Clamp(amplitude * Math.Sin(2 * Math.PI * hertz * i / Rate)))];

    /// <summary>White noise of a peak.</summary>
    public static short[] Noise(int length, int peak, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-peak, peak))];
    }

    /// <summary>Clicks of any height in faint noise: a block shift that a few points do not show.</summary>
    public static short[] Clicks(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(i => (short)(random.Next(-30, 30) + (i % 157 == 0 ? random.Next(-400, 2500) : 0)))];
    }

    /// <summary>Every sample one of the two ends of the range.</summary>
    public static short[] Extremes(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(2) == 0 ? short.MaxValue : short.MinValue)];
    }

    /// <summary>
    /// Like speech as a front end hears it: syllables of gliding harmonics under three resonances, falling by 12 dB an octave, hisses and pauses between.
    /// </summary>
    public static short[] Speech(int length, int seed)
    {
        var random = new Random(seed);
        var sound = new double[length];
        for (int start = 0; start < length;)
        {
            int duration = random.Next(1000, 4000);
            double level = Math.Pow(10, -random.Next(0, 30) / 20.0) * 9000;
            switch (random.Next(5))
            {
                case 0:
                    break;
                case 1:
                    Hiss(sound, start, duration, level / 6, random);
                    break;
                default:
                    Voice(sound, start, duration, level, random);
                    break;
            }

            start += duration;
        }

        return [.. sound.Select((value, i) => Clamp(value + ((i * 7919 % 31) - 15)))];
    }

    /// <summary>Like music: struck chords that ring on, each partial with its own decay.</summary>
    public static short[] Music(int length, int seed)
    {
        var random = new Random(seed);
        var sound = new double[length];
        for (int start = 0; start < length; start += random.Next(1500, 6000))
        {
            for (int note = 0; note < 3; note++)
            {
                double pitch = 110 * Math.Pow(2, random.Next(0, 37) / 12.0);
                for (int partial = 1; partial * pitch < 7600; partial++)
                    Ring(sound, start, pitch * partial, 3500.0 / (partial * Math.Sqrt(partial)), 9000.0 / (1 + partial));
            }
        }

        return [.. sound.Select(Clamp)];
    }

    private static void Voice(double[] sound, int start, int duration, double level, Random random)
    {
        double pitch = random.Next(90, 260), glide = random.Next(-40, 40), phase = 0;
        double[] resonances = [random.Next(300, 800), random.Next(900, 2200), random.Next(2400, 3400)];
        double[] partials = [.. Enumerable.Range(1, (int)(7000 / pitch)).Select(k => resonances.Sum(r => 1 / (1 + Math.Pow(((k * pitch) - r) / 120, 2))) / k)];
        for (int i = 0; i < duration && start + i < sound.Length; i++)
        {
            phase += 2 * Math.PI * (pitch + (glide * i / duration)) / Rate;
            double shape = Math.Sin(Math.PI * i / duration);
            for (int k = 0; k < partials.Length; k++)
                sound[start + i] += level * shape * partials[k] * Math.Sin((k + 1) * phase);
        }
    }

    private static void Hiss(double[] sound, int start, int duration, double level, Random random)
    {
        double last = 0;
        for (int i = 0; i < duration && start + i < sound.Length; i++)
        {
            double white = (2 * random.NextDouble()) - 1;
            sound[start + i] += level * Math.Sin(Math.PI * i / duration) * (white - last);
            last = white;
        }
    }

    private static void Ring(double[] sound, int start, double hertz, double amplitude, double decay)
    {
        for (int i = 0; i < 4 * decay && start + i < sound.Length; i++)
            sound[start + i] += amplitude * Math.Exp(-i / decay) * Math.Sin(2 * Math.PI * hertz * i / Rate);
    }

    private static short Clamp(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
}
