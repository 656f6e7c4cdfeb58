using System;
using System.Collections.Generic;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Planning;

namespace AdapterCompiler.Compilation;

/// <summary>Why a plan was not taken.</summary>
/// <param name="Overrun">What it passes.</param>
/// <param name="Describe">The errors, with figures and remedies: worked out only for the plan that is reported in the end.</param>
internal sealed record Refusal(Overrun Overrun, Func<IEnumerable<Diagnostic>> Describe)
{
    /// <summary>Of a limit that is not memory.</summary>
    public static Refusal Of(Limit limit, Func<IEnumerable<Diagnostic>> describe) => new(new Overrun(limit, 0), describe);

    /// <summary>Of memory.</summary>
    /// <param name="over">Bytes over what there is.</param>
    /// <param name="describe">The errors.</param>
    public static Refusal OfMemory(int over, Func<IEnumerable<Diagnostic>> describe) => new(new Overrun(Limit.Memory, over), describe);
}
