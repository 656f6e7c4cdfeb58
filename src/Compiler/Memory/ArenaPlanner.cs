using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>
/// Places buffers by liveness. Finding the smallest arena is NP-hard (dynamic storage allocation); first fit in a few good orders
/// reaches the lower bound for networks whose layers shrink, and <see cref="ArenaPlan.LowerBound"/> says when it does not.
/// </summary>
public static class ArenaPlanner
{
    /// <summary>Gives every buffer its offset; the same input gives the same plan.</summary>
    /// <param name="buffers">Buffers without offsets.</param>
    public static ArenaPlan Plan(IReadOnlyList<CodeBuffer> buffers)
    {
        IEnumerable<CodeBuffer>[] orders =
        [
            buffers.OrderByDescending(b => b.Length).ThenBy(b => b.Birth),
            buffers.OrderByDescending(b => (long)b.Length * (b.Death - b.Birth + 1)).ThenBy(b => b.Birth),
            buffers.OrderBy(b => b.Birth),
            buffers.OrderByDescending(b => b.Death).ThenByDescending(b => b.Length),
        ];
        PlacedBuffer[] best = orders.Select(FirstFit).OrderBy(Size).First();
        int lowerBound = buffers.Count == 0 ? 0 : buffers.Max(b => buffers.Where(o => o.Birth <= b.Birth && b.Birth <= o.Death).Sum(o => o.Length));
        return new ArenaPlan(best.OrderBy(b => b.Birth).ToValueArray(), Size(best), lowerBound);
    }

    private static int Size(IReadOnlyCollection<PlacedBuffer> placed) => placed.Count == 0 ? 0 : placed.Max(b => b.Offset + b.Length);

    private static PlacedBuffer[] FirstFit(IEnumerable<CodeBuffer> order)
    {
        var placed = new List<PlacedBuffer>();
        foreach (CodeBuffer buffer in order)
        {
            int offset = 0;
            foreach (PlacedBuffer other in placed.Where(buffer.Overlaps).OrderBy(b => b.Offset))
            {
                if (other.Offset - offset >= buffer.Length)
                    break;
                offset = Math.Max(offset, other.Offset + other.Length);
            }

            placed.Add(new PlacedBuffer(buffer.Name, buffer.Length, buffer.Birth, buffer.Death, offset));
        }

        return [.. placed];
    }
}
