using System.Linq;

namespace AdapterCompiler.Testing.Following;

/// <summary>An array of <see cref="FollowedLanes"/> in which every stored value is held to its bounds.</summary>
public sealed class FollowedArena(int length)
{
    private readonly FollowedLanes[] values = [.. Enumerable.Repeat(FollowedLanes.Zero, length)];

    /// <summary>Longs.</summary>
    public int Length => values.Length;

    /// <summary>One of them.</summary>
    /// <exception cref="LaneBoundsException">A lane of the value is outside.</exception>
    public FollowedLanes this[int index]
    {
        get => values[index];
        set => values[index] = value.Stored();
    }
}
