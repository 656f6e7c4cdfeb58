using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Kernels.Copied;

/// <summary>
/// How often each basic block of the copied kernels runs in one step, in closed form. Trip counts follow from shapes, borders included.
/// Branches depend on the data in fully connected loops alone, and there it is assumed that half of all accumulators are above 0 and none of those is
/// clamped: a small part of a step, as tests show that compare with counted runs.
/// </summary>
internal sealed class KernelTally
{
    private readonly Dictionary<string, long[]> counts = new(StringComparer.Ordinal);

    /// <summary>Methods that run.</summary>
    public IEnumerable<string> Kernels => counts.Keys;

    /// <summary>Weighted instructions of all blocks.</summary>
    public long Cost => counts.Sum(pair => pair.Value.Select((count, block) => count * CopiedSections.Method(pair.Key).Costs[block]).Sum());

    /// <summary>IL instructions of all blocks.</summary>
    public long Instructions => counts.Sum(pair => pair.Value.Select((count, block) => count * CopiedSections.Method(pair.Key).Lengths[block]).Sum());

    /// <summary>Runs of each block of a method.</summary>
    public IReadOnlyList<long> Of(string kernel) => counts[kernel];

    /// <summary>One call of a method without others.</summary>
    public static KernelTally One(string kernel, params long[] runs)
    {
        var tally = new KernelTally();
        tally.Add(kernel, runs);
        return tally;
    }

    /// <summary>More runs of a method's blocks.</summary>
    public void Add(string kernel, params long[] runs) =>
        counts[kernel] = counts.TryGetValue(kernel, out long[] before) ? [.. before.Zip(runs, (a, b) => a + b)] : runs;
}
