namespace AdapterCompiler.Programs;

/// <summary>Where images lie in the arena of longs.</summary>
/// <param name="Starts">First long of each image.</param>
/// <param name="Length">Longs of the arena, the line of zeros included.</param>
/// <param name="LowerBound">Longs of the largest set of lines that must be kept at once, the line of zeros included: no plan can be smaller.</param>
/// <param name="SumsStart">Where loops keep the sums of a tile, behind the images.</param>
public sealed record LaneArena(ValueArray<int> Starts, int Length, int LowerBound, int SumsStart = 0);
