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
    /// <summary>Of a limit.</summary>
    /// <param name="limit">Which.</param>
    /// <param name="describe">The errors.</param>
    /// <param name="over">Bytes over what there is; 0 where it is no matter of bytes.</param>
    public static Refusal Of(Limit limit, Func<IEnumerable<Diagnostic>> describe, int over = 0) => new(new Overrun(limit, over), describe);
}
