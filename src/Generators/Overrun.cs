using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Generators;

/// <summary>An AdapterModel item with which the models of a project pass a limit of the assembly, although each one fits alone.</summary>
/// <param name="Identity">The item.</param>
/// <param name="Diagnostic">Sum, limit and remedy.</param>
internal sealed record Overrun(ModelIdentity Identity, Diagnostic Diagnostic)
{
    /// <summary>Adds the models up in the order of their items. A limit is reported once, at the item that passes it.</summary>
    /// <param name="models">All items.</param>
    /// <param name="clashes">Items that emit nothing, so they take nothing.</param>
    public static ValueArray<Overrun> Find(IEnumerable<ModelShare> models, ValueArray<Clash> clashes)
    {
        ModelShare[] emitted = [.. models.Where(model => !clashes.Any(clash => clash.Identity.Equals(model.Identity)))];
        return new[]
        {
            Passing(emitted, share => share.IlBytes, AssemblyLimits.IlBytes, "IL"),
            Passing(emitted, share => share.DataBytes, AssemblyLimits.DataBytes, "tables and signatures"),
            Passing(emitted, share => share.StringBytes, AssemblyLimits.StringBytes, "labels and names"),
        }.OfType<Overrun>().ToValueArray();
    }

    private static Overrun? Passing(IEnumerable<ModelShare> models, Func<AssemblyShare, int> bytes, int limit, string what)
    {
        int before = 0;
        foreach (ModelShare model in models)
        {
            int sum = before + bytes(model.Share);
            if (sum > limit)
                return Of(model.Identity, models.Sum(each => bytes(each.Share)), limit, what);
            before = sum;
        }

        return null;
    }

    private static Overrun Of(ModelIdentity identity, int sum, int limit, string what) => new(
        identity,
        DiagnosticCatalogue.ModelsOverBudget.At(
            default, identity.Class.Substring(identity.Class.LastIndexOf('.') + 1), TextTable.Number(sum), what, TextTable.Number(limit)));
}
