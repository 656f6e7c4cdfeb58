using System;

namespace AdapterCompiler.Audio;

/// <summary>
/// Triangular filters, equally spaced and straight-sided on the mel scale of HTK, mel(f) = 2595 * log10(1 + f / 700): the first begins at the
/// lower edge, the last ends at the upper edge, each peaks with 1 where its neighbours are 0.
/// </summary>
internal sealed class MelFilters
{
    private readonly int[] firstBin;
    private readonly float[][] weights;

    /// <summary>Weights for the bins 0 … <paramref name="transformLength"/> / 2 of a transform.</summary>
    public MelFilters(int bands, int transformLength, int sampleRate, int lowHertz, int highHertz)
    {
        firstBin = new int[bands];
        weights = new float[bands][];
        double low = Mel(lowHertz);
        double spacing = (Mel(highHertz) - low) / (bands + 1);
        int bins = (transformLength / 2) + 1;
        for (int band = 0; band < bands; band++)
        {
            double peak = low + ((band + 1) * spacing);
            double Weight(int bin) => 1 - (Math.Abs(Mel(bin * (double)sampleRate / transformLength) - peak) / spacing);
            int first = 0;
            while (first < bins && Weight(first) <= 0)
                first++;
            int end = first;
            while (end < bins && Weight(end) > 0)
                end++;
            firstBin[band] = first;
            weights[band] = new float[end - first];
            for (int bin = first; bin < end; bin++)
                weights[band][bin - first] = (float)Weight(bin);
        }
    }

    /// <summary>Bins under a band's triangle: none means that the transform is too short for so many bands.</summary>
    public int Width(int band) => weights[band].Length;

    /// <summary>Sum of weight * magnitude over a band.</summary>
    public double Apply(int band, ReadOnlySpan<float> magnitudes)
    {
        double sum = 0;
        ReadOnlySpan<float> under = magnitudes.Slice(firstBin[band], weights[band].Length);
        for (int i = 0; i < under.Length; i++)
            sum += weights[band][i] * under[i];
        return sum;
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));
}
