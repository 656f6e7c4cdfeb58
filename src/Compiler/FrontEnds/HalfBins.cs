using System.Linq;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>How the parts of a half bin follow from those of the two bins beside it, all of them without their lowest bits.</summary>
/// <param name="Bin">The bin below.</param>
/// <param name="Real">Weight of the upper real part in the real part.</param>
/// <param name="RealTurn">Weight of the upper imaginary part there, which the second frame takes the complement of.</param>
/// <param name="Imaginary">Weight of the upper imaginary part in the imaginary part.</param>
/// <param name="ImaginaryTurn">Weight of the upper real part there, which the second frame takes the complement of.</param>
public readonly record struct HalfBin(int Bin, int Real, int RealTurn, int Imaginary, int ImaginaryTurn);

/// <summary>
/// Half bins: X[k] + X[k + 1], each counted from the middle of its window, is the spectrum half a bin above k under a window that is narrower by a cosine of
/// the transform's length. In a group both frames share their points, so the middle of one lies half a hop before the first point, the middle of the other half a hop
/// behind it, and X[k + 1] is turned by an angle that is the same for all bins, against the clock in one frame and with it in the other.
/// </summary>
public sealed class HalfBins
{
    /// <summary>Bits that parts lose before they are weighted, so that sums fit 32.</summary>
    public const int LostBits = 4;

    /// <summary>Weight of the lower bin's part; the turn's cosine and sine are multiples of one by this.</summary>
    public const int Unit = 8;

    private readonly int[] places;

    /// <summary>The half bins that bands read.</summary>
    /// <param name="bands">The bands, which read the bins beside them too.</param>
    /// <param name="hop">Samples from the first frame of a group to the second.</param>
    public HalfBins(MelBands bands, int hop)
    {
        int cosine = (int)Circle.Round(Circle.Cosine(hop % (2 * RealTransform.Points), 2 * RealTransform.Points), Unit);
        int sine = (int)Circle.Round(Circle.Sine(hop % (2 * RealTransform.Points), 2 * RealTransform.Points), Unit);
        All = bands.Halves.Select(bin =>
        {
            int lower = Sign(bin), upper = Sign(bin + 1);
            return new HalfBin(bin, cosine, -upper * sine, lower * upper * cosine, lower * sine);
        }).ToValueArray();
        places = [.. All.Select(half => bands.Bins.TakeWhile(bin => bin != half.Bin).Count())];
    }

    /// <summary>The half bins, ascending.</summary>
    public ValueArray<HalfBin> All { get; }

    /// <summary>The real part of one.</summary>
    /// <param name="place">Which of <see cref="All"/>.</param>
    /// <param name="frame">0 or 1.</param>
    /// <param name="parts">What the transform gives.</param>
    internal long Real(int place, int frame, int[] parts)
    {
        int at = 2 * places[place];
        return Part(frame, parts[at], parts[at + 2], All[place].Real, parts[at + 3], All[place].RealTurn);
    }

    /// <summary>The imaginary part, with the sign that the lower bin's has.</summary>
    internal long Imaginary(int place, int frame, int[] parts)
    {
        int at = 2 * places[place];
        return Part(frame, parts[at + 1], parts[at + 3], All[place].Imaginary, parts[at + 2], All[place].ImaginaryTurn);
    }

    /// <summary>Both parts before any bit is lost, 2^<see cref="LostBits"/> times as large: linear in the points.</summary>
    internal (long Real, long Imaginary) Whole(int place, int frame, int[] parts)
    {
        HalfBin half = All[place];
        int at = 2 * places[place], sign = frame == 0 ? 1 : -1;
        return (
            ((long)Unit * parts[at]) + ((long)half.Real * parts[at + 2]) + ((long)sign * half.RealTurn * parts[at + 3]),
            ((long)Unit * parts[at + 1]) + ((long)half.Imaginary * parts[at + 3]) + ((long)sign * half.ImaginaryTurn * parts[at + 2]));
    }

    // A device has one sign of what is turned in each half of a long; a complement is the negative less one.
    private static long Part(int frame, int own, int upper, int weight, int turned, int turn) =>
        (Unit * ((long)own >> LostBits)) + (weight * ((long)upper >> LostBits)) + (turn * (frame == 0 ? (long)turned >> LostBits : ~((long)turned >> LostBits)));

    private static int Sign(int bin) => RealTransform.IsMirrored(bin) ? -1 : 1;
}
