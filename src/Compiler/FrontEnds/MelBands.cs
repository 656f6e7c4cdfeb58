using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>One bin's share of a band.</summary>
/// <param name="Bin">From 1.</param>
/// <param name="Quarters">Weight x 4, 1 to 4.</param>
public readonly record struct BandShare(int Bin, int Quarters);

/// <summary>
/// Triangles on the bins of the 240-point transform, with weights in quarters. Centres start at the first bin from the lower edge on and lie
/// r (700 Hz + f) apart, at least one bin: r is the largest with which the last triangle ends by the upper edge.
/// </summary>
/// <remarks>All places are whole numbers of 2^-16 bins. A band's falling side is what the next band's rising side leaves of 4.
/// Sparse bands leave out every second bin where there are several between two centres; the lowest of fine bands lie half a bin apart, each a bin or a half bin by itself.</remarks>
public sealed class MelBands
{
    private const int FractionBits = 16;
    private const long OneBin = 1L << FractionBits;
    private const int RatioBits = 20;

    /// <summary>Where the mel scale turns from even to proportional.</summary>
    private const int KneeHertz = 700;

    private readonly BandShare[][] shares;
    private readonly int[] peaks;
    private readonly int[] halves;

    /// <summary>The bands of a front end.</summary>
    /// <exception cref="ArgumentException">So many bands do not fit between the edges.</exception>
    public MelBands(IntegerMelSpec spec, int bands)
    {
        if (IntegerMelLimits.BandProblem(spec, bands) is { } problem)
            throw new ArgumentException($"{bands} bands: {problem}", nameof(bands));
        long first = (long)IntegerMelLimits.FirstBin(spec) << FractionBits;
        long fine = spec.IsFine ? (long)IntegerMelLimits.FineBin << FractionBits : 0;
        long[] centres = Centres(first, bands, fine, ToBins(KneeHertz, spec), ToBins(spec.HighHertz, spec));
        shares = new BandShare[bands][];
        peaks = [.. centres.Take(bands).Select(centre => (int)(centre >> FractionBits))];
        halves = [.. centres.Take(bands).Select((centre, band) => centre < fine && centre != (long)peaks[band] << FractionBits ? peaks[band] : 0)];
        for (int band = 0; band < bands; band++)
        {
            long before = band == 0 ? first - OneBin : centres[band - 1];
            shares[band] = [.. Shares(before, centres[band], centres[band + 1]).Where(share => !spec.IsSparse || IsRead(share.Bin, centres))];
        }

        Halves = halves.Where(bin => bin > 0).ToValueArray();
        Bins = shares.SelectMany(each => each).Select(share => share.Bin).Distinct().OrderBy(bin => bin).ToValueArray();
    }

    /// <summary>How many.</summary>
    public int Count => shares.Length;

    /// <summary>The bins that bands read, ascending.</summary>
    public ValueArray<int> Bins { get; }

    /// <summary>The half bins that bands read, each as the bin below it, ascending.</summary>
    public ValueArray<int> Halves { get; }

    /// <summary>The highest of the bins.</summary>
    public int LastBin => Bins[Bins.Count - 1];

    /// <summary>The bin below the half bin that a band is, or 0 for a band of bins.</summary>
    public int Half(int band) => halves[band];

    /// <summary>The bins of one band, ascending: none where it is a half bin.</summary>
    public ValueArray<BandShare> this[int band] => shares[band].ToValueArray();

    /// <summary>The highest bin of a band's rising side, its centre included.</summary>
    public int PeakBin(int band) => peaks[band];

    /// <summary>Sum of quarters x bin over one band.</summary>
    /// <param name="band">From 0.</param>
    /// <param name="magnitudes">Element k - 1 for bin k.</param>
    internal int Sum(int band, int[] magnitudes)
    {
        int sum = 0;
        foreach (BandShare share in shares[band])
            sum += share.Quarters * magnitudes[share.Bin - 1];
        return sum;
    }

    // Of sparse bands: an odd bin between two centres, or on one of them, is left out where those lie two bins apart or more. An even bin is never further from a centre than one.
    private static bool IsRead(int bin, long[] centres)
    {
        long place = (long)bin << FractionBits;
        int above = Array.FindIndex(centres, centre => centre > place);
        return bin % 2 == 0 || above <= 0 || centres[above] - centres[above - 1] < 2 * OneBin;
    }

    // Of every band, and the upper end of the last.
    private static long[] Centres(long first, int bands, long fine, long knee, long edge)
    {
        long least = 0, most = (long)RealTransform.Points << RatioBits;
        while (most - least > 1)
        {
            long ratio = (least + most) / 2;
            if (Place(first, bands, fine, knee, ratio, edge)[bands] <= edge)
                least = ratio;
            else
                most = ratio;
        }

        return Place(first, bands, fine, knee, least, edge);
    }

    private static long[] Place(long first, int bands, long fine, long knee, long ratio, long edge)
    {
        var centres = new long[bands + 1];
        centres[0] = first;
        // Beyond the edge it does not matter how far.
        for (int band = 1; band <= bands; band++)
            centres[band] = Math.Min(edge + 1, centres[band - 1] + (centres[band - 1] < fine ? OneBin / 2 : Math.Max(OneBin, (ratio * (centres[band - 1] + knee)) >> RatioBits)));
        return centres;
    }

    private static BandShare[] Shares(long before, long centre, long after)
    {
        var result = new List<BandShare>();
        for (int bin = (int)(before >> FractionBits) + 1; (long)bin << FractionBits < after; bin++)
        {
            long place = (long)bin << FractionBits;
            int quarters = place <= centre ? Rising(before, centre, place) : 4 - Rising(centre, after, place);
            if (quarters > 0)
                result.Add(new BandShare(bin, quarters));
        }

        return [.. result];
    }

    private static int Rising(long from, long to, long place) => (int)(((8 * (place - from)) + (to - from)) / (2 * (to - from)));

    private static long ToBins(int hertz, IntegerMelSpec spec) => ((long)hertz * RealTransform.Points << FractionBits) / spec.SampleRate;
}
