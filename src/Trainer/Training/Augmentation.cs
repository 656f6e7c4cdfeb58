using System;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Varies a training slice in ways that keep the label of any sound task: level (codes are logarithmic, so gain is a constant added to them), a
/// little noise, and a shift in time. Code 0 is silence and stays silence. Where an input reads the upper bits of a code only, the lower ones, which may have been any, are drawn, so that a level that
/// changes by less than a step moves some codes and not others, as it would before they lost bits.
/// </summary>
internal static class Augmentation
{
    /// <summary>Codes of gain either way, of the front end's: 6 dB at the default front end's 0.6 dB a code.</summary>
    public const int Gain = 10;

    /// <summary>Codes of noise either way, of the front end's.</summary>
    public const int Noise = 2;

    /// <summary>Frames of shift either way; what moves in repeats the edge.</summary>
    public const int Shift = 6;

    /// <summary>Masks of bands and masks of frames.</summary>
    public const int Masks = 2;

    /// <summary>The widest mask hides this part of all bands, or of all frames.</summary>
    public const int MaskShare = 6;

    /// <summary>Writes a varied copy of <paramref name="codes"/>. What was padded may lie anywhere in its slice.</summary>
    public static void Apply(byte[] codes, InputSpec input, SeededRandom random, Span<float> result, Margin margin = default)
    {
        int gain = random.NextSigned(Gain), shift = Place(margin, ref random), lost = InputBits.Lost(input), highest = InputBits.Highest(input), choices = ((2 * Noise) + 1) << lost;
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
                int drawn = (int)((bits & 255) * (uint)choices) >> 8, noise = (drawn >> lost) - Noise, lower = drawn & ((1 << lost) - 1);
                bits >>= 8;
                target[band] = source[band] == 0 ? 0 : Math.Clamp((source[band] << lost) + lower + gain + noise, 0, highest) >> lost;
            }
        }
    }

    // Frames by which the sound comes earlier.
    private static int Place(Margin margin, ref SeededRandom random)
    {
        int earlier = Math.Max(Shift, margin.Before), later = Math.Max(Shift, margin.After);
        return random.Next(earlier + later + 1) - later;
    }

    /// <summary>
    /// Hides some bands and some frames behind the slice's mean (SpecAugment: Park et al. 2019), so that no single cue can be learnt by heart.
    /// </summary>
    /// <param name="input">Its shape.</param>
    /// <param name="random">Decides which.</param>
    /// <param name="slice">Codes, row-major, changed in place.</param>
    public static void Mask(InputSpec input, SeededRandom random, Span<float> slice)
    {
        float sum = 0;
        foreach (float code in slice)
            sum += code;
        float mean = MathF.Round(sum / slice.Length);
        for (int mask = 0; mask < Masks; mask++)
        {
            (int first, int count) = Stretch(input.Bands, ref random);
            for (int frame = 0; frame < input.Frames; frame++)
                slice.Slice((frame * input.Bands) + first, count).Fill(mean);
            (first, count) = Stretch(input.Frames, ref random);
            slice.Slice(first * input.Bands, count * input.Bands).Fill(mean);
        }
    }

    private static (int First, int Count) Stretch(int length, ref SeededRandom random)
    {
        int count = random.Next((length / MaskShare) + 1);
        return (random.Next(length - count + 1), count);
    }

    /// <summary>Writes the codes as they are.</summary>
    public static void Copy(byte[] codes, Span<float> result)
    {
        for (int i = 0; i < codes.Length; i++)
            result[i] = codes[i];
    }
}
