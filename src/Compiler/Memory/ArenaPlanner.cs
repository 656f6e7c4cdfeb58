using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Memory;

/// <summary>
/// Places buffers by liveness, whatever their elements are: codes, packed images, rings. Finding the smallest arena is NP-hard (dynamic storage
/// allocation); <see cref="ArenaPlan.LowerBound"/> says how far from it a rule stayed.
/// </summary>
public static class ArenaPlanner
{
    /// <summary>Gives every buffer its offset; the same input gives the same plan.</summary>
    /// <param name="buffers">In the order of their births.</param>
    /// <param name="rule">Says where each starts, from any origin: <see cref="FirstFit"/>, <see cref="ChainSearch"/>.</param>
    /// <param name="reserved">Elements in front of all buffers.</param>
    public static ArenaPlan Plan(IReadOnlyList<ArenaBuffer> buffers, Func<IReadOnlyList<ArenaBuffer>, IReadOnlyList<int>> rule, int reserved = 0)
    {
        if (buffers.Count == 0)
            return new ArenaPlan(ValueArray<PlacedBuffer>.Empty, reserved, reserved);
        IReadOnlyList<int> starts = rule(buffers);
        int origin = reserved - starts.Min();
        ValueArray<PlacedBuffer> placed = buffers
            .Select((each, i) => new PlacedBuffer(each.Name, each.Lines, each.Stride, each.Birth, each.Death, each.IsInPlace, starts[i] + origin)).ToValueArray();
        return new ArenaPlan(placed, placed.Max(buffer => buffer.Offset + buffer.Length), reserved + buffers.Max(buffer => Kept(buffers, buffer)));
    }

    // While a buffer is written.
    private static int Kept(IReadOnlyList<ArenaBuffer> buffers, ArenaBuffer written)
    {
        ArenaBuffer? input = !written.IsInPlace ? null : buffers.FirstOrDefault(other => other.Birth < written.Birth && other.Death == written.Birth);
        return buffers.Where(other => other != written && other != input && other.Birth <= written.Birth && written.Birth <= other.Death).Sum(other => other.Length)
            + (input is null ? written.Length : written.KeptWith(input));
    }
}
