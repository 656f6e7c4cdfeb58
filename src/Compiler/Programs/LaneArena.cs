namespace AdapterCompiler.Programs;

/// <summary>The arena of longs: a line of zeros and images, and behind them what loops sum up in.</summary>
/// <param name="Images">Where images lie; the line of zeros is in front of them.</param>
/// <param name="Sums">Longs for the sums of a tile.</param>
public sealed record LaneArena(ArenaPlan Images, int Sums)
{
    /// <summary>Longs of the arena.</summary>
    public int Length => Images.Size + Sums;

    /// <summary>Longs that no plan could do without.</summary>
    public int LowerBound => Images.LowerBound + Sums;

    /// <summary>Where loops keep the sums of a tile, behind the images.</summary>
    public int SumsStart => Images.Size;
}
