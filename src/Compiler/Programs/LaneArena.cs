namespace AdapterCompiler.Programs;

/// <summary>The arena of longs: a line of zeros, images, and behind them what loops sum up in.</summary>
/// <param name="Length">Longs of the arena.</param>
/// <param name="LowerBound">Longs that must be kept at once, the line of zeros and the sums included: no plan can be smaller.</param>
/// <param name="SumsStart">Where loops keep the sums of a tile, behind the images.</param>
public sealed record LaneArena(int Length, int LowerBound, int SumsStart);
