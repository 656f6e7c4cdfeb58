using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Kernels.Loops;

/// <summary>What the convolution loop is called with, as far as it decides how often something runs.</summary>
/// <param name="Rows">Rows whose sums are taken.</param>
/// <param name="Columns">Columns of the input.</param>
/// <param name="PoolRows">Rows of a pool.</param>
/// <param name="PoolColumns">Columns of a pool.</param>
/// <param name="Shared">Input channels of the shared encoder.</param>
/// <param name="Own">Input channels of the adapter itself.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="TileRows">Rows that are computed in one go: whole pools, unless a pool is the whole image.</param>
/// <param name="Group">Output channels at a time.</param>
internal sealed record ConvolutionShape(int Rows, int Columns, int PoolRows, int PoolColumns, int Shared, int Own, int Channels, int TileRows, int Group)
{
    /// <summary>The maximum over the whole image.</summary>
    public bool IsOnePool => Rows == PoolRows && Columns == PoolColumns;

    /// <summary>Passes over the image.</summary>
    public int Groups => (Channels + Group - 1) / Group;

    /// <summary>Rows of each tile.</summary>
    public IEnumerable<long> Tiles => Enumerable.Range(0, (Rows + TileRows - 1) / TileRows).Select(tile => (long)Math.Min(TileRows, Rows - (tile * TileRows)));
}
