using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>Each buffer at the first gap that holds it, in a few good orders: that reaches the lower bound for networks whose layers shrink.</summary>
public static class FirstFit
{
    /// <summary>Where each buffer starts, in the order that makes the smallest arena.</summary>
    public static IReadOnlyList<int> Place(IReadOnlyList<ArenaBuffer> buffers)
    {
        IEnumerable<int> all = Enumerable.Range(0, buffers.Count);
        IEnumerable<int>[] orders =
        [
            all.OrderByDescending(i => buffers[i].Length).ThenBy(i => buffers[i].Birth),
            all.OrderByDescending(i => (long)buffers[i].Length * (buffers[i].Death - buffers[i].Birth + 1)).ThenBy(i => buffers[i].Birth),
            all.OrderBy(i => buffers[i].Birth),
            all.OrderByDescending(i => buffers[i].Death).ThenByDescending(i => buffers[i].Length),
        ];
        return orders.Select(order => Place(buffers, order)).OrderBy(starts => starts.Select((start, i) => start + buffers[i].Length).Max()).First();
    }

    private static int[] Place(IReadOnlyList<ArenaBuffer> buffers, IEnumerable<int> order)
    {
        int[] starts = new int[buffers.Count];
        var placed = new List<int>();
        foreach (int buffer in order)
        {
            foreach (int other in placed.Where(other => buffers[buffer].Overlaps(buffers[other])).OrderBy(other => starts[other]))
            {
                if (starts[other] - starts[buffer] >= buffers[buffer].Length)
                    break;
                starts[buffer] = Math.Max(starts[buffer], starts[other] + buffers[other].Length);
            }

            placed.Add(buffer);
        }

        return starts;
    }
}
