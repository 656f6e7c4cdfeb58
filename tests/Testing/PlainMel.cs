using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds;

namespace AdapterCompiler.Testing;

/// <summary>The float of the integer front end's definition: exact window, exact transform, no shift and no rounding, in doubles.</summary>
public sealed class PlainMel(IntegerMelSpec spec, InputSpec input)
{
    private const int Points = 240;

    private static readonly double[] Cosines = [.. Enumerable.Range(0, Points).Select(i => Math.Cos(2 * Math.PI * i / Points))];

    private readonly MelBands bands = new(spec, input.Bands);
    private readonly double[] window = [.. Enumerable.Range(0, spec.WindowLength).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / spec.WindowLength)))];

    /// <summary>Codes of one frame.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="frame">From its beginning.</param>
    public int[] Frame(short[] samples, int frame)
    {
        double[] folded = Fold(samples, frame);
        var codes = new int[input.Bands];
        (double Real, double Imaginary)[] bins = [.. Enumerable.Range(0, bands.LastBin + 1).Select(bin => Bin(folded, bin))];
        for (int band = 0; band < codes.Length; band++)
            codes[band] = Code(bands.Half(band) is var half && half > 0 ? 4 * Magnitude(half, Half(bins[half], bins[half + 1], frame)) : bands[band].Sum(share => share.Quarters * Magnitude(share.Bin, bins[share.Bin])));
        return codes;
    }

    // Half the sum of two bins, the upper one turned as if point 0 were the middle of the window: in eighths.
    private (double Real, double Imaginary) Half((double Real, double Imaginary) lower, (double Real, double Imaginary) upper, int frame)
    {
        double angle = Math.PI * spec.HopLength / Points;
        double cosine = Math.Round(8 * Math.Cos(angle)) / 8, sine = Math.Round(8 * Math.Sin(angle)) / 8 * (frame % 2 == 0 ? 1 : -1);
        return ((lower.Real + (cosine * upper.Real) - (sine * upper.Imaginary)) / 2, (lower.Imaginary + (sine * upper.Real) + (cosine * upper.Imaginary)) / 2);
    }

    // Where a sample goes depends on its place in the group of two frames.
    private double[] Fold(short[] samples, int frame)
    {
        var folded = new double[Points];
        int start = frame * spec.HopLength, offset = frame % 2 * spec.HopLength;
        for (int i = 0; i < window.Length; i++)
            folded[(i + offset - (window.Length / 2) - (spec.IsFine ? spec.HopLength / 2 : 0) + (4 * Points)) % Points] += samples[start + i] * window[i];
        return folded;
    }

    private double Magnitude(int place, (double Real, double Imaginary) bin)
    {
        double real = Math.Abs(bin.Real), imaginary = Math.Abs(bin.Imaginary);
        return real + imaginary + (spec.IsFine && place <= 60 ? Math.Abs(real - imaginary) / 2 : 0);
    }

    private static (double Real, double Imaginary) Bin(double[] folded, int bin)
    {
        double real = 0, imaginary = 0;
        for (int i = 0; i < Points; i++)
        {
            real += folded[i] * Cosines[i * bin % Points];
            imaginary += folded[i] * Cosines[((i * bin) + (3 * Points / 4)) % Points];
        }

        return (real, imaginary);
    }

    private int Code(double sum)
    {
        double v = sum * FoldedWindow.Scale * IntegerMel.TransformScale / (1 << IntegerMel.MagnitudeShift) / (1 << LevelTable.LowShift);
        return v <= 0 ? 0 : (int)Math.Clamp(Math.Floor(spec.CodesPerOctave * Math.Log2(v)) - spec.Floor, 0, (1 << input.Bits) - 1);
    }
}
