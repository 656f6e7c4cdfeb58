using System;

namespace AdapterCompiler.Operators;

/// <summary>The largest codes that a block, or a head, can read.</summary>
/// <param name="Shared">Of the shared encoder's channels below; of the input image below the first layer.</param>
/// <param name="Own">Of the same adapter's channels below; 0 where there are none.</param>
public readonly record struct InputMaxima(int Shared, int Own)
{
    /// <summary>Of all of them.</summary>
    public int Most => Math.Max(Shared, Own);
}
