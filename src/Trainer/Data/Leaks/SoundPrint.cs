using System;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.Leaks;

/// <summary>
/// What a recording sounds like, for finding it again: levels of 18 bands from 300 Hz to 3 kHz (with the default front end), averaged over 50 ms, every 10 ms.
/// Another level adds a constant to all of them, another sample rate leaves these bands alone, trimming moves them in time.
/// </summary>
internal sealed class SoundPrint
{
    public const int Bands = 18;

    /// <summary>Frames averaged: a trim by half a frame then changes next to nothing.</summary>
    private const int Smoothing = 5;

    /// <summary>Frames between the two shapes of a key.</summary>
    private const int Step = 6;

    // The default front end's 64 bands lie 42 mel apart: 6 to 41 are 300 Hz to 3 kHz.
    private const int FirstOf64 = 6, CountOf64 = 36;

    private readonly byte[] levels;

    private SoundPrint(byte[] levels)
    {
        this.levels = levels;
        Frames = levels.Length / Bands;
    }

    /// <summary>10 ms each.</summary>
    public int Frames { get; }

    /// <summary>Levels of a frame in codes.</summary>
    public ReadOnlySpan<byte> Frame(int frame) => levels.AsSpan(frame * Bands, Bands);

    /// <summary>Of a whole recording's codes.</summary>
    /// <param name="codes">Frames x <paramref name="bands"/>.</param>
    /// <param name="bands">Of the front end.</param>
    public static SoundPrint Of(byte[] codes, int bands)
    {
        int frames = Math.Max(0, (codes.Length / bands) - Smoothing + 1);
        byte[] found = new byte[frames * Bands];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int band = 0; band < Bands; band++)
            {
                int from = Edge(band, bands), to = Math.Max(from + 1, Edge(band + 1, bands)), sum = 0;
                for (int i = 0; i < Smoothing; i++)
                {
                    for (int source = from; source < to; source++)
                        sum += codes[((frame + i) * bands) + source];
                }

                found[(frame * Bands) + band] = (byte)(sum / (Smoothing * (to - from)));
            }
        }

        return new SoundPrint(found);
    }

    /// <summary>The shapes of the spectrum at a place and a little later, as 34 bits: which of two neighbouring bands is the louder. One key per place where it changes.</summary>
    public IEnumerable<(int Frame, long Key)> Keys()
    {
        long last = -1;
        for (int frame = 0; frame + Step < Frames; frame++)
        {
            long key = ((long)Shape(frame) << (Bands - 1)) | (uint)Shape(frame + Step);
            if (key != last && !IsSilent(frame))
                yield return (frame, key);
            last = key;
        }
    }

    private static int Edge(int band, int bands) => (FirstOf64 + (band * CountOf64 / Bands)) * bands / 64;

    private int Shape(int frame)
    {
        ReadOnlySpan<byte> level = Frame(frame);
        int shape = 0;
        for (int band = 1; band < Bands; band++)
            shape = (shape << 1) | (level[band] > level[band - 1] ? 1 : 0);
        return shape;
    }

    private bool IsSilent(int frame)
    {
        foreach (byte level in Frame(frame))
        {
            if (level > 0)
                return false;
        }

        return true;
    }
}
