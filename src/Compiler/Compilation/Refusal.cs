using System;
using System.Collections.Generic;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Lowering.Planning;

namespace AdapterCompiler.Compilation;

/// <summary>Why a plan was not taken.</summary>
/// <param name="Limit">What it passes, which tells the planner what the next plans need less of.</param>
/// <param name="Over">Bytes of RAM over what there is; 0 for other limits.</param>
/// <param name="Describe">The errors, with figures and remedies: worked out only for the plan that is reported in the end.</param>
internal sealed record Refusal(Limit Limit, int Over, Func<IEnumerable<Diagnostic>> Describe)
{
    /// <summary>Draws the limits of the plans that follow closer.</summary>
    public void Narrow(PlanLimits limits, KernelPlan plan)
    {
        if (Limit == Limit.Array)
            limits.TooLongArray(plan);
        else if (Limit == Limit.Memory)
            limits.TooMuchMemory(plan, Over);
        else if (Limit == Limit.Tables || plan.TableBytes > plan.IlBytes)
            limits.TooManyTables(plan);
        else
            limits.TooLarge(plan);
    }
}

/// <summary>What a plan may take too much of.</summary>
internal enum Limit
{
    /// <summary>RAM of the device.</summary>
    Memory,

    /// <summary>Size of one array.</summary>
    Array,

    /// <summary>Tables of an assembly.</summary>
    Tables,

    /// <summary>IL of an assembly, or anything else that grows with it.</summary>
    Code,
}
