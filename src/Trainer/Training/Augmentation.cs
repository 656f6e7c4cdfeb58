using System;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Varies a training slice in ways that keep the label of any sound task: level (codes are logarithmic, so gain is a constant added to them), a
/// little noise, and a shift in time. Code 0 is silence and stays silence.
/// </summary>
internal static class Augmentation
{
    /// <summary>Codes of gain either way: 6 dB at the default front end's 0.6 dB a code.</summary>
    public const int Gain = 10;

    /// <summary>Codes of noise either way.</summary>
    public const int Noise = 2;

    /// <summary>Frames of shift either way; what moves in repeats the edge.</summary>
    public const int Shift = 6;

    /// <summary>Writes a varied copy of <paramref name="codes"/>. What was padded may lie anywhere in its slice.</summary>
    public static void Apply(byte[] codes, InputSpec input, SeededRandom random, Span<float> result, Margin margin = default)
    {
        int gain = random.NextSigned(Gain), shift = Place(margin, ref random), highest = (1 << input.Bits) - 1;
        ulong bits = 0;
        int left = 0;
        for (int frame = 0; frame < input.Frames; frame++)
        {
            ReadOnlySpan<byte> source = codes.AsSpan(Math.Clamp(frame + shift, 0, input.Frames - 1) * input.Bands, input.Bands);
            Span<float> target = result.Slice(frame * input.Bands, input.Bands);
            for (int band = 0; band < source.Length; band++)
            {
                // Eight draws of 8 bits each from one random word.
                if (left-- == 0)
                    (bits, left) = (random.NextBits(), 7);
                int noise = (int)(((bits & 255) * ((2 * Noise) + 1)) >> 8) - Noise;
                bits >>= 8;
                target[band] = source[band] == 0 ? 0 : Math.Clamp(source[band] + gain + noise, 0, highest);
            }
        }
    }

    // Frames by which the sound comes earlier.
    private static int Place(Margin margin, ref SeededRandom random)
    {
        int earlier = Math.Max(Shift, margin.Before), later = Math.Max(Shift, margin.After);
        return random.Next(earlier + later + 1) - later;
    }

    /// <summary>Writes the codes as they are.</summary>
    public static void Copy(byte[] codes, Span<float> result)
    {
        for (int i = 0; i < codes.Length; i++)
            result[i] = codes[i];
    }
}
