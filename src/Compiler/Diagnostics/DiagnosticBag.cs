using System.Collections.Generic;

namespace AdapterCompiler.Diagnostics;

/// <summary>Collects diagnostics up to a number that a person still reads.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>More than this many in one file are one cause, not many.</summary>
    public const int Most = 20;

    private readonly List<Diagnostic> items = [];

    public bool IsEmpty => items.Count == 0;

    public bool IsFull => items.Count >= Most;

    public void Add(Diagnostic diagnostic)
    {
        if (!IsFull)
            items.Add(diagnostic);
    }

    public ValueArray<Diagnostic> ToDiagnostics() => new(items);
}
