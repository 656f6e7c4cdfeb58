using System;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact;

/// <summary>What the integer front end can compute: outside of this its sums would not fit 32 bits, or bands would have no bin.</summary>
public static class IntegerMelLimits
{
    /// <summary>Points of the real transform: 240 = 16 * 3 * 5, whose factors need few multiplications.</summary>
    internal const int TransformPoints = 240;

    /// <summary>Samples of a window at least: a shorter one does not fill the transform.</summary>
    public const int LeastWindow = TransformPoints;

    /// <summary>Samples of a window: folded once.</summary>
    public const int Window = 2 * TransformPoints;

    /// <summary>Samples of a hop.</summary>
    public const int Hop = 960;

    /// <summary>Bands at least: fewer are so wide that their sums leave 31 bits.</summary>
    public const int LeastBands = 10;

    /// <summary>Up to this bin fine bands lie half a bin apart: 667 Hz of 16,000 samples a second.</summary>
    public const int FineBin = 10;

    /// <summary>Up to this bin fine bands read octagons, above it sums of two magnitudes: their bands have several bins, whose phases even out.</summary>
    public const int OctagonBin = 60;

    /// <summary>Codes of an octave of amplitude.</summary>
    public const int CodesPerOctave = 40;

    /// <summary>Code units subtracted, either sign.</summary>
    public const int Floor = 1000;

    /// <summary>The bin of the first band's centre: the first one that is not below the lower edge, nor 0 Hz.</summary>
    public static int FirstBin(IntegerMelSpec spec)
    {
        long scaled = (long)spec.LowHertz * TransformPoints;
        return Math.Max(1, (int)((scaled + spec.SampleRate - 1) / spec.SampleRate));
    }

    /// <summary>A bin's magnitude, and those of the half bins beside it, are octagons.</summary>
    public static bool IsOctagon(IntegerMelSpec spec, int bin) => spec.IsFine && bin <= OctagonBin;

    /// <summary>Half bins that bands read: none unless they are fine.</summary>
    public static int HalfBins(IntegerMelSpec spec) => spec.IsFine ? Math.Max(0, FineBin - FirstBin(spec)) : 0;

    /// <summary>What is allowed instead of so many bands, or null where they fit: they lie at least a bin apart, or half a bin, and above those the others are no wider.</summary>
    public static string? BandProblem(IntegerMelSpec spec, int bands)
    {
        int halves = HalfBins(spec), least = LeastBands + (2 * halves);
        int most = (int)((long)spec.HighHertz * TransformPoints / spec.SampleRate) - FirstBin(spec) + halves;
        return bands >= least && bands <= most
            ? null
            : "between " + Wording.Number(spec.LowHertz) + " and " + Wording.Number(spec.HighHertz) + " Hz "
                + Wording.Number(least) + " to " + Wording.Number(most) + " bands fit";
    }
}
