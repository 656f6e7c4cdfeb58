using System;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>One sine of a sound; its envelope is a rise to <paramref name="Amplitude"/> and a fall.</summary>
/// <param name="Ratio">Frequency over the sound's fundamental.</param>
/// <param name="Amplitude">Peak without rise and fall.</param>
/// <param name="Rise">Time constant of the rise, seconds; 0 = at once.</param>
/// <param name="Fall">Time constant of the fall, seconds; infinite = none.</param>
internal readonly record struct Partial(double Ratio, double Amplitude, double Rise = 0, double Fall = double.PositiveInfinity);

/// <summary>Additive synthesis.</summary>
internal static class Partials
{
    /// <summary>Frequency and amplitude are followed in steps of 2 ms: far below what a 25 ms window can see.</summary>
    private const int Block = 32;

    private const double Highest = 7900;

    /// <summary>Adds partials that follow one fundamental, each from a random phase.</summary>
    /// <param name="sound">Added to.</param>
    /// <param name="partials">The sines.</param>
    /// <param name="hertz">The fundamental at a time in seconds from the start of <paramref name="sound"/>.</param>
    /// <param name="random">For the phases.</param>
    /// <param name="gain">Common envelope over time in seconds, or null for 1.</param>
    public static void Add(
        Span<float> sound,
        IReadOnlyList<Partial> partials,
        Func<double, double> hertz,
        SliceRandom random,
        Func<double, double>? gain = null)
    {
        int blocks = (sound.Length + Block - 1) / Block;
        var frequency = new double[blocks + 1];
        var envelope = new double[blocks + 1];
        for (int b = 0; b <= blocks; b++)
        {
            double time = b * (double)Block / BuiltInCorpus.SampleRate;
            frequency[b] = hertz(time);
            envelope[b] = gain?.Invoke(time) ?? 1;
        }

        foreach (Partial partial in partials)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            AddOne(sound, partial, frequency, envelope, (float)sin, (float)cos);
        }
    }

    private static void AddOne(Span<float> sound, Partial partial, double[] frequency, double[] envelope, float sin, float cos)
    {
        double level = Level(partial, 0) * envelope[0];
        for (int b = 0; b * Block < sound.Length; b++)
        {
            double next = Level(partial, (b + 1) * (double)Block / BuiltInCorpus.SampleRate) * envelope[b + 1];
            double hertz = partial.Ratio * frequency[b];
            Span<float> block = sound.Slice(b * Block, Math.Min(Block, sound.Length - (b * Block)));
            if (hertz < Highest && level + next > 1e-6)
            {
                (double turnSin, double turnCos) = Math.SinCos(2 * Math.PI * hertz / BuiltInCorpus.SampleRate);
                float s = (float)turnSin, c = (float)turnCos;
                float amplitude = (float)level, step = (float)((next - level) / Block);
                foreach (ref float sample in block)
                {
                    sample += amplitude * sin;
                    amplitude += step;
                    (sin, cos) = ((sin * c) + (cos * s), (cos * c) - (sin * s));
                }

                // Rotation in single precision drifts off the unit circle; one step of Newton's method puts it back.
                float correction = 1.5f - (0.5f * ((sin * sin) + (cos * cos)));
                sin *= correction;
                cos *= correction;
            }

            level = next;
        }
    }

    private static double Level(Partial partial, double time)
    {
        double rise = partial.Rise > 0 ? 1 - Math.Exp(-time / partial.Rise) : 1;
        return partial.Amplitude * rise * Math.Exp(-time / partial.Fall);
    }
}
