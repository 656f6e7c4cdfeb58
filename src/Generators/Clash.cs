using System;
using System.Collections.Generic;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Generators;

/// <summary>An AdapterModel item that would make the class of an earlier one. It is reported and emits nothing.</summary>
/// <param name="Identity">The later item.</param>
internal sealed record Clash(ModelIdentity Identity)
{
    public Diagnostic Diagnostic => DiagnosticCatalogue.DuplicateClassName.At(default, Identity.Class);

    /// <summary>Class names are compared without case: files of both classes would have one name on many disks, and in Roslyn.</summary>
    public static ValueArray<Clash> Find(IEnumerable<ModelIdentity> identities)
    {
        var classes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var clashes = new List<Clash>();
        foreach (ModelIdentity identity in identities)
        {
            if (!classes.Add(identity.Class))
                clashes.Add(new Clash(identity));
        }

        return clashes.ToValueArray();
    }
}
