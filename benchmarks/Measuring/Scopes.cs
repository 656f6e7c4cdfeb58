using System;
using System.Globalization;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>On whose behalf methods run: whatever Run calls with everything below it, and the window's packing.</summary>
internal static class Scopes
{
    private const string Pack = "Pack";

    /// <summary>The scope that a call opens, or null. A later layer's packing is its own cost: only the window's is apart.</summary>
    public static string? Of(string caller, string called) => caller == "Run" || (caller == "Layer1" && IsPack(called)) ? called : null;

    /// <summary>The window's codes are packed into lanes, which a front end can do frame by frame: not part of the kernels' figures.</summary>
    public static bool IsPack(string scope) => scope.StartsWith(Pack, StringComparison.Ordinal);

    /// <summary>Number of the layer whose method this is, or 0.</summary>
    public static int Layer(string scope) =>
        scope.StartsWith("Layer", StringComparison.Ordinal) && int.TryParse(scope.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int layer) ? layer : 0;

    /// <summary>Run itself, or something that has a name of its own in the tables.</summary>
    public static bool IsKnown(string scope) => scope.Length == 0 || scope == "Heads" || IsPack(scope) || Layer(scope) > 0;
}
