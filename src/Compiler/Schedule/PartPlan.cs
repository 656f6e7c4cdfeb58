using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Where a network is cut.</summary>
/// <param name="Pieces">In order of execution.</param>
/// <param name="Ends">For each part the index past its last piece.</param>
/// <param name="Load">Of the fullest part, in millionths of a full assembly.</param>
internal sealed record PartPlan(IReadOnlyList<Piece> Pieces, IReadOnlyList<int> Ends, long Load)
{
    /// <summary>Every part fits its assembly.</summary>
    public bool Fits => Load <= PartLoad.Full;

    /// <summary>Pieces of a part.</summary>
    /// <param name="number">From 1.</param>
    public IEnumerable<Piece> Of(int number) => Pieces.Skip(Start(number)).Take(Ends[number - 1] - Start(number));

    /// <summary>No cut falls inside a layer.</summary>
    /// <param name="layer">Index into the program's layers.</param>
    public bool HoldsWhole(int layer) => Enumerable.Range(1, Ends.Count).Count(number => Of(number).Any(piece => piece.Layer == layer)) <= 1;

    /// <summary>
    /// The cut into exactly so many parts whose fullest is the least full. Blocks stay whole where that fits; otherwise cuts may
    /// fall between any two output channels. Null where there are fewer channels than parts.
    /// </summary>
    /// <param name="whole">The network.</param>
    /// <param name="sizes">Of its code.</param>
    /// <param name="count">Parts.</param>
    /// <param name="margin">IL bytes that are kept free in every part.</param>
    /// <param name="room">IL bytes that are kept free in the last part beside.</param>
    public static PartPlan? Find(ScheduledProgram whole, LayerSizes sizes, int count, int margin = 0, int room = 0)
    {
        PartLoad inner = PartLoad.Empty(whole, sizes, count, isLast: false, margin), last = PartLoad.Empty(whole, sizes, count, isLast: true, margin + room);
        PartPlan? byBlock = Find([.. Piece.Whole(whole, sizes)], sizes, inner, last, count);
        return byBlock is { Fits: true } ? byBlock : Find([.. Piece.Channels(whole, sizes)], sizes, inner, last, count) ?? byBlock;
    }

    /// <summary>The least number of parts that fit, 0 where none up to <paramref name="most"/> does.</summary>
    /// <param name="whole">The network.</param>
    /// <param name="most">Parts at most.</param>
    /// <param name="room">IL bytes that are kept free in the last part.</param>
    public static int Smallest(ScheduledProgram whole, int most, int room = 0)
    {
        LayerSizes sizes = LayerSizing.Of(whole);
        for (int count = 2; count <= most; count++)
        {
            if (Find(whole, sizes, count, room: room) is not { } plan)
                return 0;
            if (plan.Fits)
                return count;
        }

        return 0;
    }

    private int Start(int number) => number == 1 ? 0 : Ends[number - 2];

    // Loads grow with every piece, so filling each part up to a bound tells whether the bound can be met, and halving the interval finds
    // the least such bound: the same optimum that dynamic programming would find, in far fewer steps.
    private static PartPlan? Find(Piece[] pieces, LayerSizes sizes, PartLoad inner, PartLoad last, int count)
    {
        if (pieces.Length < count)
            return null;
        long least = 0, most = Enough(pieces, sizes, inner, last);
        while (least < most)
        {
            long middle = least + ((most - least) / 2);
            if (Fill(pieces, sizes, inner, last, count, middle) is null)
                least = middle + 1;
            else
                most = middle;
        }

        return new PartPlan(pieces, Fill(pieces, sizes, inner, last, count, least)!, least);
    }

    private static long Enough(Piece[] pieces, LayerSizes sizes, PartLoad inner, PartLoad last)
    {
        PartFill all = new(sizes);
        foreach (Piece piece in pieces)
            all = all.With(piece);
        return Math.Max(all.Load(inner), all.Load(last));
    }

    private static int[]? Fill(Piece[] pieces, LayerSizes sizes, PartLoad inner, PartLoad last, int count, long bound)
    {
        int[] ends = new int[count];
        int next = 0;
        for (int part = 1; part <= count; part++)
        {
            PartLoad load = part == count ? last : inner;
            int latest = pieces.Length - (count - part), first = next;
            PartFill filled = new(sizes);
            while (next < latest && filled.With(pieces[next]) is var more && more.Load(load) <= bound)
            {
                filled = more;
                next++;
            }

            if (next == first)
                return null;
            ends[part - 1] = next;
        }

        return next == pieces.Length ? ends : null;
    }
}
