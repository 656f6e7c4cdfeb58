using System;
using System.Globalization;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>On whose behalf methods run: whatever Run calls with everything below it, and packing wherever it is called.</summary>
internal static class Scopes
{
    public static string? Of(string caller, string called) => caller == "Run" || IsPack(called) ? called : null;

    /// <summary>The window's codes are packed into lanes, which a front end can do frame by frame: not part of the kernels' figures.</summary>
    public static bool IsPack(string scope) => scope.StartsWith("Pack", StringComparison.Ordinal);

    /// <summary>Number of the layer whose method this is, or 0.</summary>
    public static int Layer(string scope) =>
        scope.StartsWith("Layer", StringComparison.Ordinal) && int.TryParse(scope.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int layer) ? layer : 0;

    /// <summary>Run itself, or something that has a name of its own in the tables.</summary>
    public static bool IsKnown(string scope) => scope.Length == 0 || scope == "Heads" || IsPack(scope) || Layer(scope) > 0;
}
