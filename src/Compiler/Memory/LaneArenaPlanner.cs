using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Memory;

/// <summary>An image in the order of execution.</summary>
/// <param name="Lines">Lines.</param>
/// <param name="Stride">Longs of a line.</param>
/// <param name="IsFirst">Nothing is read while it is written: the packed image that a run of lane layers starts with.</param>
/// <param name="ConsumesLines">
/// It is written line by line while the image before is read once from top to bottom, two lines for each line written: so it may take the
/// place of lines that have been read. A layer of several methods, or one that keeps sums in its output, reads its input again.
/// </param>
public sealed record LaneImageNeed(int Lines, int Stride, bool IsFirst, bool ConsumesLines)
{
    /// <summary>Longs in all.</summary>
    public int Length => Lines * Stride;
}

/// <summary>Images in a row of longs.</summary>
/// <param name="Starts">First long of each image.</param>
/// <param name="Length">Longs in all, the line of zeros included.</param>
/// <param name="LowerBound">Longs of the largest set of lines that must be kept at once, the line of zeros included: no plan can be smaller.</param>
public sealed record LanePlaces(ValueArray<int> Starts, int Length, int LowerBound);

/// <summary>
/// Places the images of a chain of layers, each read by the next layer only. A layer that walks its input once may write over lines that
/// it has read: its output then starts just so far before its input that no line is overwritten too early.
/// </summary>
public static class LaneArenaPlanner
{
    /// <summary>All images, after a line of zeros.</summary>
    public static LanePlaces Plan(IReadOnlyList<LaneImageNeed> images, int zeroLength)
    {
        if (images.Count == 0)
            return new LanePlaces(ValueArray<int>.Empty, zeroLength, zeroLength);
        // Positions relative to the first image; few images, so every way is tried: over the lines that are read, before, or behind.
        var best = new List<int>();
        int least = int.MaxValue;
        Place([0]);
        int lowest = best.Min();
        return new LanePlaces(best.Select(start => zeroLength + start - lowest).ToValueArray(), zeroLength + least, zeroLength + LowerBound(images));

        void Place(List<int> starts)
        {
            int length = starts.Select((start, i) => start + images[i].Length).Max() - starts.Min();
            if (length >= least)
                return;
            if (starts.Count == images.Count)
            {
                (best, least) = ([.. starts], length);
                return;
            }

            foreach (int start in Candidates(images, starts).Distinct())
            {
                starts.Add(start);
                Place(starts);
                starts.RemoveAt(starts.Count - 1);
            }
        }
    }

    /// <summary>How far before its input an output must start so that no line is overwritten before it has been read.</summary>
    public static int Lead(LaneImageNeed input, LaneImageNeed output)
    {
        int lead = 0;
        // While line j is computed, lines from 2j - 1 on are still read.
        for (int line = 0; line < output.Lines; line++)
            lead = Math.Max(lead, (output.Stride * (line + 1)) - (input.Stride * Math.Max(0, (2 * line) - 1)));
        return lead;
    }

    private static IEnumerable<int> Candidates(IReadOnlyList<LaneImageNeed> images, List<int> starts)
    {
        int i = starts.Count, below = starts[i - 1];
        LaneImageNeed image = images[i];
        if (image.IsFirst)
        {
            // Its predecessors are no longer needed.
            yield return starts.Min();
            yield break;
        }

        if (image.ConsumesLines)
            yield return below - Lead(images[i - 1], image);
        // Where it cannot, it goes to either end of what is in use, or right beside its input.
        int lowest = starts.Min(), highest = starts.Select((start, k) => start + images[k].Length).Max();
        if (below - image.Length >= lowest)
            yield return lowest;
        yield return below - image.Length;
        if (below + images[i - 1].Length + image.Length <= highest)
            yield return highest - image.Length;
        yield return below + images[i - 1].Length;
    }

    private static int LowerBound(IReadOnlyList<LaneImageNeed> images)
    {
        int bound = 0;
        for (int i = 0; i < images.Count; i++)
        {
            LaneImageNeed output = images[i];
            if (output.IsFirst)
                bound = Math.Max(bound, output.Length);
            else if (!output.ConsumesLines)
                bound = Math.Max(bound, images[i - 1].Length + output.Length);
            else
                bound = Math.Max(bound, LiveLines(images[i - 1], output));
        }

        return bound;
    }

    // While line j is computed: it and those before it, and the input's lines from 2j - 1 on.
    private static int LiveLines(LaneImageNeed input, LaneImageNeed output) => Enumerable.Range(0, output.Lines)
        .Max(line => (output.Stride * (line + 1)) + (input.Stride * (input.Lines - Math.Max(0, (2 * line) - 1))));
}
