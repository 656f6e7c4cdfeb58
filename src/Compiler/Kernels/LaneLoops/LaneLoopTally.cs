using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Copied;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>How often each block of the lane loops runs.</summary>
internal static class LaneLoopTally
{
    /// <summary>One call of ConvolveFour or ConvolveOne.</summary>
    /// <param name="shape">Image, block and pools.</param>
    /// <param name="group">Output channels at a time.</param>
    public static KernelTally Convolve(LaneLoopShape shape, int group)
    {
        var tally = new KernelTally();
        long[] tiles = [.. shape.Tiles];
        long single = shape.Places == 1 ? 1 : 0;
        long inputs = shape.Shared + shape.Own, firsts = (inputs + 1) / 2, seconds = inputs / 2;
        // Passes over groups of channels, over tiles, over pairs of inputs, over places, over pairs of lines.
        long groups = shape.Channels / group, cuts = groups * tiles.Length, passes = cuts * firsts, columns = passes * shape.Places;
        long pairs = tiles.Sum(lines => (lines + 1) / 2), starts = 2 * groups * shape.Places * pairs, steps = groups * firsts * shape.Places * pairs;
        long whole = groups * tiles.Count(lines => lines == shape.TileLines), bottoms = groups * firsts * shape.Places;
        // Where nothing is padded, the first line has one above it, and only a pair that a single line ends reads below the last.
        bool isPadded = shape.First == 0, isOdd = shape.Lines % 2 == 1;
        long tops = isPadded ? bottoms : 0, odd = isPadded && isOdd ? bottoms : 0, ends = isPadded || isOdd ? bottoms : 0;
        IEnumerable<long> pools = group == 1 ? [cuts] : [cuts, cuts * group, cuts * (group + 1), cuts];
        tally.Add(
            NarrowWeights.Kernel(group == 1 ? LaneLoopLayerCode.One : LaneLoopLayerCode.Four, shape.Width),
            [
                1, shape.Lanes - 1, shape.Lanes, 1, 1 - single, single, 1, 1 - single, single, 1,
                groups, cuts, whole, cuts - whole, cuts, starts, starts + cuts, cuts,
                passes, cuts * (firsts - ((shape.Shared + 1) / 2)), cuts * ((shape.Shared + 1) / 2), passes, cuts * (firsts - seconds),
                cuts * seconds, cuts * (seconds - (shape.Shared / 2)), cuts * (shape.Shared / 2), cuts * seconds, passes,
                columns, columns - tops, tops, columns, steps, odd, steps, ends, steps, steps + columns,
                columns, columns + passes, passes, passes + cuts, .. pools, cuts + groups, groups, groups + 1, 1,
            ]);
        foreach (long lines in tiles)
            PoolSums(tally, shape.Channels, lines, shape.Places, shape.PoolLines, shape.PoolPlaces);
        return tally;
    }

    /// <summary>Calls of PoolSums.</summary>
    public static void PoolSums(KernelTally tally, long calls, long lines, long places, long poolLines, long poolPlaces)
    {
        long bands = calls * ((lines + poolLines - 1) / poolLines), pools = bands * (places / poolPlaces), columns = bands * places, sums = calls * lines * places;
        long cut = lines % poolLines == 0 ? 0 : calls * places;
        tally.Add("PoolSums", calls, bands, pools, columns, sums, sums + columns, sums + cut, columns, columns + pools, pools, pools + bands, bands, bands + calls, calls);
    }
}
