using System;
using System.Linq;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>Something like a word: syllables of gliding pitch with formants below 3.4 kHz, as a function of time, so that it can be recorded at any rate from any moment on.</summary>
internal sealed class Utterance
{
    private const double Ceiling = 3_400;

    private readonly (double Start, double Length, double Pitch, double Glide, double[] Formants)[] syllables;

    /// <summary>One take of a word.</summary>
    /// <param name="word">Which formants, in which rhythm.</param>
    /// <param name="voice">Pitch in hertz.</param>
    /// <param name="take">Small differences, as between two takes of one speaker.</param>
    /// <param name="count">Syllables, a quarter of a second each.</param>
    public Utterance(int word, double voice = 120, int take = 0, int count = 6)
    {
        Random what = new(word), how = new((word * 1000) + take);
        double at = 0;
        syllables = [.. Enumerable.Range(0, count).Select(_ =>
        {
            double length = (0.15 + (0.15 * what.NextDouble())) * (1 + (0.06 * Wobble())), start = at + (0.01 * how.NextDouble());
            at += length;
            double[] formants = [300 + (500 * what.NextDouble()), 900 + (900 * what.NextDouble()), 2_200 + (900 * what.NextDouble())];
            return (start, length, voice * (1 + (0.15 * what.NextDouble()) + (0.03 * Wobble())), voice * 0.5 * (what.NextDouble() - 0.5), formants.Select(f => f * (1 + (0.02 * Wobble()))).ToArray());
        })];
        Seconds = at + 0.01;

        double Wobble() => (2 * how.NextDouble()) - 1;
    }

    public double Seconds { get; }

    /// <summary>Samples of a recording.</summary>
    /// <param name="rate">Hertz.</param>
    /// <param name="from">Second at which it begins.</param>
    /// <param name="seconds">How long it is.</param>
    /// <param name="level">Amplitude.</param>
    public float[] Record(int rate, double from = 0, double? seconds = null, double level = 0.4) =>
        [.. Enumerable.Range(0, (int)((seconds ?? (Seconds - from)) * rate)).Select(i => (float)(level * At(from + (i / (double)rate))))];

    private double At(double time)
    {
        double value = 0;
        foreach ((double start, double length, double pitch, double glide, double[] formants) in syllables)
        {
            double t = time - start;
            if (t < 0 || t > length)
                continue;
            double envelope = Math.Pow(Math.Sin(Math.PI * t / length), 2), sum = 0;
            for (int harmonic = 1; harmonic * (pitch + Math.Abs(glide)) < Ceiling; harmonic++)
            {
                double hertz = harmonic * pitch;
                double weight = formants.Sum(formant => Math.Exp(-Math.Pow((hertz - formant) / 140, 2)));
                sum += weight * Math.Sin((2 * Math.PI * harmonic * ((pitch * t) + (glide * t * t / 2))) + harmonic);
            }

            value += envelope * sum / 3;
        }

        return Math.Clamp(value, -1, 1);
    }
}
