using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>
/// How large the sums of a front end can become, over all samples: shifted points lie in [-2^12, 2^12), and what is linear in them is largest where every
/// point has the sign of its weight.
/// </summary>
public sealed class MelBounds
{
    private readonly IntegerMel definition;

    // For each point the parts of a 1 there.
    private readonly int[][] impulses;

    /// <summary>The bounds of a front end.</summary>
    public MelBounds(IntegerMel definition)
    {
        this.definition = definition ?? throw new ArgumentNullException(nameof(definition));
        impulses = new int[RealTransform.Points][];
        int[] impulse = new int[impulses.Length];
        for (int point = 0; point < impulse.Length; point++)
        {
            impulse[point] = 1;
            impulses[point] = new int[definition.Transform.Outputs.Count];
            definition.Transform.Run(impulse, impulses[point]);
            impulse[point] = 0;
        }
    }

    /// <summary>The largest magnitude that a part of a bin can have: below 2^31, so that the sums, which are computed modulo 2^32, are the true ones.</summary>
    public long HighestPart => Enumerable.Range(0, definition.Transform.Outputs.Count).Max(part => Highest(each => each[part]));

    /// <summary>The same of a half bin's parts: 0 where bands read none.</summary>
    public long HighestHalf => Halves.Select(each => Math.Max(Highest(parts => each(parts).Real), Highest(parts => each(parts).Imaginary))).Select(WithLost).DefaultIfEmpty().Max();

    /// <summary>The largest magnitude that a bin or half bin can have before it is shifted: below 2^32, half of a device's long.</summary>
    public long HighestMagnitude => Enumerable.Range(0, definition.Bands.Bins.Count).Select(OfBin).Append(HighestHalfMagnitude).Max();

    /// <summary>The largest sum that a band can have: below 2^31.</summary>
    public long HighestBand => Enumerable.Range(0, definition.Bands.Count).Max(band => definition.Bands.Half(band) > 0
        ? 4 * Shifted(HighestHalfMagnitude)
        : definition.Bands[band].Sum(share => share.Quarters * Shifted(OfBin(Place(share.Bin)))));

    private Func<int[], (long Real, long Imaginary)>[] Halves =>
    [
        .. from place in Enumerable.Range(0, definition.HalfBins.All.Count)
           from frame in Enumerable.Range(0, IntegerMel.GroupFrames)
           select (Func<int[], (long, long)>)(parts => definition.HalfBins.Whole(place, frame, parts)),
    ];

    private long HighestHalfMagnitude => Halves.Select(each => Magnitude(isOctagon: true, parts => each(parts).Real, parts => each(parts).Imaginary)).Select(WithLost).DefaultIfEmpty().Max();

    private long OfBin(int place) => Magnitude(IntegerMelLimits.IsOctagon(definition.Spec, definition.Bands.Bins[place]), parts => parts[2 * place], parts => parts[(2 * place) + 1]);

    // A square's corners are a sum or a difference, an octagon's sides thrice one part and once the other, halved.
    private long Magnitude(bool isOctagon, Func<int[], long> real, Func<int[], long> imaginary)
    {
        (int First, int Second)[] sides = isOctagon ? [(3, 1), (3, -1), (1, 3), (1, -3)] : [(2, 2), (2, -2)];
        return sides.Max(side => Highest(parts => (side.First * real(parts)) + (side.Second * imaginary(parts)))) / 2;
    }

    private long Highest(Func<int[], long> weight) => impulses.Sum(parts => Math.Abs(weight(parts))) << BlockShift.PointBits;

    // Lost bits and complements are a few units, the three weights of a half bin thrice that at most.
    private static long WithLost(long whole) => (whole >> HalfBins.LostBits) + (8 * HalfBins.Unit);

    private static long Shifted(long magnitude) => magnitude >> (IntegerMel.MagnitudeShift - BlockShift.Highest);

    private int Place(int bin) => definition.Bands.Bins.TakeWhile(each => each != bin).Count();
}
