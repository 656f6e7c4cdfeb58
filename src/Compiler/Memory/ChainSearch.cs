using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>
/// For a chain of buffers, each read by the step that writes the next one only. A layer that walks its input once may write over lines that it has
/// read: its output then starts just so far before its input that no line is overwritten too early. There are few, so every way is tried: over the
/// lines that are read, before, or behind.
/// </summary>
public static class ChainSearch
{
    /// <summary>Where each buffer starts, relative to the first one.</summary>
    public static IReadOnlyList<int> Place(IReadOnlyList<ArenaBuffer> chain)
    {
        int[] best = [];
        int least = int.MaxValue;
        Continue([0]);
        return best;

        void Continue(List<int> starts)
        {
            int length = starts.Select((start, i) => start + chain[i].Length).Max() - starts.Min();
            if (length >= least)
                return;
            if (starts.Count == chain.Count)
            {
                (best, least) = ([.. starts], length);
                return;
            }

            foreach (int start in Candidates(chain, starts).Distinct())
            {
                starts.Add(start);
                Continue(starts);
                starts.RemoveAt(starts.Count - 1);
            }
        }
    }

    private static IEnumerable<int> Candidates(IReadOnlyList<ArenaBuffer> chain, List<int> starts)
    {
        int i = starts.Count, below = starts[i - 1];
        ArenaBuffer input = chain[i - 1], buffer = chain[i];
        if (!buffer.Overlaps(input))
        {
            // Its predecessors are no longer needed.
            yield return starts.Min();
            yield break;
        }

        if (buffer.IsInPlace)
            yield return below - buffer.Lead(input);
        // Where it cannot, it goes to either end of what is in use, or right beside its input.
        int lowest = starts.Min(), highest = starts.Select((start, k) => start + chain[k].Length).Max();
        if (below - buffer.Length >= lowest)
            yield return lowest;
        yield return below - buffer.Length;
        if (below + input.Length + buffer.Length <= highest)
            yield return highest - buffer.Length;
        yield return below + input.Length;
    }
}
