using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Lowering.Parts;

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

    /// <summary>
    /// The cut into exactly so many parts whose fullest is the least full. Blocks stay whole where that fits; otherwise cuts may
    /// fall between any two output channels. Null where there are fewer channels than parts.
    /// </summary>
    /// <param name="whole">The network.</param>
    /// <param name="count">Parts.</param>
    public static PartPlan? Find(LoweredProgram whole, int count)
    {
        PartPlan? byBlock = Find([.. Piece.Whole(whole)], whole, count);
        return byBlock is { Fits: true } ? byBlock : Find([.. Piece.Channels(whole)], whole, count) ?? byBlock;
    }

    /// <summary>The least number of parts that fit, 0 where none up to <paramref name="most"/> does.</summary>
    public static int Smallest(LoweredProgram whole, int most)
    {
        for (int count = 2; count <= most; count++)
        {
            if (Find(whole, count) is not { } plan)
                return 0;
            if (plan.Fits)
                return count;
        }

        return 0;
    }

    private int Start(int number) => number == 1 ? 0 : Ends[number - 2];

    // Loads grow with every piece, so filling each part up to a bound tells whether the bound can be met, and halving the interval finds
    // the least such bound: the same optimum that dynamic programming would find, in far fewer steps.
    private static PartPlan? Find(Piece[] pieces, LoweredProgram whole, int count)
    {
        if (pieces.Length < count)
            return null;
        PartLoad inner = PartLoad.Empty(whole, count, isLast: false), last = PartLoad.Empty(whole, count, isLast: true);
        long least = 0, most = Enough(pieces, inner, last);
        while (least < most)
        {
            long middle = least + ((most - least) / 2);
            if (Fill(pieces, inner, last, count, middle) is null)
                least = middle + 1;
            else
                most = middle;
        }

        return new PartPlan(pieces, Fill(pieces, inner, last, count, least)!, least);
    }

    private static long Enough(Piece[] pieces, PartLoad inner, PartLoad last)
    {
        long tables = pieces.Sum(piece => (long)piece.TableBytes);
        return Math.Max(inner.With(tables, pieces.Length, pieces.Length), last.With(tables, pieces.Length, pieces.Length));
    }

    private static int[]? Fill(Piece[] pieces, PartLoad inner, PartLoad last, int count, long bound)
    {
        int[] ends = new int[count];
        int next = 0;
        for (int part = 1; part <= count; part++)
        {
            PartLoad load = part == count ? last : inner;
            int latest = pieces.Length - (count - part), first = next;
            long tables = 0;
            int calls = 0, layers = 0;
            while (next < latest)
            {
                Piece piece = pieces[next];
                bool begins = next == first;
                int moreCalls = begins || !piece.IsOfStep(pieces[next - 1]) ? 1 : 0;
                int moreLayers = begins || piece.Layer != pieces[next - 1].Layer ? 1 : 0;
                if (load.With(tables + piece.TableBytes, calls + moreCalls, layers + moreLayers) > bound)
                    break;
                tables += piece.TableBytes;
                calls += moreCalls;
                layers += moreLayers;
                next++;
            }

            if (next == first)
                return null;
            ends[part - 1] = next;
        }

        return next == pieces.Length ? ends : null;
    }
}
