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
        double[] magnitudes = [.. Enumerable.Range(0, bands.LastBin + 1).Select(bin => Magnitude(folded, bin))];
        for (int band = 0; band < codes.Length; band++)
            codes[band] = Code(bands[band].Sum(share => share.Quarters * magnitudes[share.Bin]));
        return codes;
    }

    // Where a sample goes depends on its place in the group of two frames.
    private double[] Fold(short[] samples, int frame)
    {
        var folded = new double[Points];
        int start = frame * spec.HopLength, offset = frame % 2 * spec.HopLength;
        for (int i = 0; i < window.Length; i++)
            folded[(i + offset - (window.Length / 2) + (2 * Points)) % Points] += samples[start + i] * window[i];
        return folded;
    }

    private static double Magnitude(double[] folded, int bin)
    {
        double real = 0, imaginary = 0;
        for (int i = 0; i < Points; i++)
        {
            real += folded[i] * Cosines[i * bin % Points];
            imaginary += folded[i] * Cosines[((i * bin) + (3 * Points / 4)) % Points];
        }

        return Math.Abs(real) + Math.Abs(imaginary);
    }

    private int Code(double sum)
    {
        double v = sum * FoldedWindow.Scale * IntegerMel.TransformScale / (1 << IntegerMel.MagnitudeShift) / (1 << LevelTable.LowShift);
        return v <= 0 ? 0 : (int)Math.Clamp(Math.Floor(spec.CodesPerOctave * Math.Log2(v)) - spec.Floor, 0, (1 << input.Bits) - 1);
    }
}
