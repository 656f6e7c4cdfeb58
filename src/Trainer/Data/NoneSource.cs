using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Data;

/// <summary>
/// Slices for a class "none of these": by turns silence, noise and pieces of other tasks' recordings of the same split that the task itself does not have; without such, silence and
/// noise. What comes depends on seed, task and split alone.
/// </summary>
internal sealed class NoneSource(SoundFrontEnd frontEnd, int seed)
{
    private const int Stream = 12;

    /// <summary>Decibels of full scale, root mean square: from a microphone's own noise to a loud fan.</summary>
    private const int QuietestSilence = -90, LoudestSilence = -65, QuietestNoise = -55, LoudestNoise = -12;

    /// <summary>So much of the sample before stays: white noise, then ever darker.</summary>
    private static readonly float[] Colours = [0, 0.7f, 0.93f, 0.99f];

    /// <summary>So many slices.</summary>
    /// <param name="task">Number of the task.</param>
    /// <param name="split">The split.</param>
    /// <param name="count">How many.</param>
    /// <param name="pieces">Slices of other tasks' recordings.</param>
    public IEnumerable<Slice> Slices(int task, FolderSplit split, int count, IReadOnlyList<Slice> pieces)
    {
        for (int i = 0; i < count; i++)
        {
            var random = new SeededRandom(seed, Stream, (task * 3) + (int)split, i);
            int kind = i % (pieces.Count > 0 ? 3 : 2);
            yield return kind switch
            {
                0 => new Slice(Noise(ref random, QuietestSilence, LoudestSilence), default),
                1 => new Slice(Noise(ref random, QuietestNoise, LoudestNoise), default),
                _ => pieces[random.Next(pieces.Count)],
            };
        }
    }

    private byte[] Noise(ref SeededRandom random, int quietest, int loudest)
    {
        float level = MathF.Pow(10, (quietest + random.Next(loudest - quietest + 1)) / 20f), keep = Colours[random.Next(Colours.Length)], last = 0;
        float[] samples = new float[frontEnd.Slices.SampleCount];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = last = (keep * last) + (random.NextSigned(32767) / 32768f);
        float scale = level / MathF.Sqrt(samples.Sum(sample => sample * sample) / samples.Length);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = Math.Clamp(samples[i] * scale, -1, 1);
        return frontEnd.Codes(samples);
    }
}
