using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Testing.Counting;

/// <summary>A basic block of a compiled method and what was counted of it.</summary>
/// <param name="Scope">On whose behalf it ran; empty outside every scope.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Block">Its index.</param>
/// <param name="Steps">Its instructions, calls without the called method's body. A call that enters a scope is a block of that scope.</param>
/// <param name="Hits">How often it ran.</param>
public sealed record CountedBlock(string Scope, string Method, int Block, IReadOnlyList<IlStep> Steps, long Hits)
{
    /// <summary>Weighted instructions of one run.</summary>
    public long Cost { get; } = Steps.Sum(step => (long)step.Cost);

    /// <summary>IL instructions of one run.</summary>
    public int Instructions => Steps.Count;

    /// <summary>Weighted instructions of all runs.</summary>
    public long Weighted => Hits * Cost;
}
