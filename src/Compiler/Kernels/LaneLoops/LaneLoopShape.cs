using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>What the lane loops are called with, as far as it decides how often something runs.</summary>
/// <param name="Lanes">Lanes of a long.</param>
/// <param name="Lines">Lines whose sums are taken.</param>
/// <param name="Places">Places of a line.</param>
/// <param name="Shared">Input channels of the shared encoder.</param>
/// <param name="Own">Input channels of the adapter itself.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="TileLines">Lines of a tile.</param>
/// <param name="PoolLines">Lines of a pool.</param>
/// <param name="PoolPlaces">Places of a pool.</param>
/// <param name="Width">Bits of a weight in the table; 0 for a byte.</param>
/// <param name="First">The first of the lines.</param>
internal sealed record LaneLoopShape(int Lanes, int Lines, int Places, int Shared, int Own, int Channels, int TileLines, int PoolLines, int PoolPlaces, int Width = 0, int First = 0)
{
    /// <summary>Lines of each tile.</summary>
    public IEnumerable<long> Tiles => Enumerable.Range(0, (Lines + TileLines - 1) / TileLines).Select(tile => (long)Math.Min(TileLines, Lines - (tile * TileLines)));
}
