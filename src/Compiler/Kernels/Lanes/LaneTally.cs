using AdapterCompiler.Kernels.Copied;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>How often each block of the kernels runs that pack, clear, pool and unpack images.</summary>
internal static class LaneTally
{
    /// <summary>One call of Pack.</summary>
    public static KernelTally Pack(int lines, int places, int channels, int laneCount)
    {
        long rows = (long)channels * lines, all = rows * places;
        long four = laneCount == 4 ? all : 0, three = laneCount == 3 ? all : 0;
        return KernelTally.One("Pack", 1, channels, rows, all, four, all - four, three, all - four - three, all, all + rows, rows, rows + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of PackFour.</summary>
    public static KernelTally PackFour(int lines, int places, int channels)
    {
        long rows = (long)channels * lines, fours = rows * places / 4;
        return KernelTally.One("PackFour", 1, channels, rows, fours, fours + rows, rows, rows + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of PackSix.</summary>
    public static KernelTally PackSix(int lines, int places, int channels) => Six(LaneSections.PackSix, lines, places, channels);

    /// <summary>One call of UnpackSix.</summary>
    public static KernelTally UnpackSix(int lines, int places, int channels) => Six(LaneSections.UnpackSix, lines, places, channels);

    /// <summary>One call of Unpack.</summary>
    public static KernelTally Unpack(int lines, int places, int channels, int laneCount)
    {
        long rows = (long)channels * lines, all = rows * places;
        long third = laneCount > 2 ? all : 0, fourth = laneCount > 3 ? all : 0;
        return KernelTally.One("Unpack", 1, channels, rows, all, third, all, fourth, all, all + rows, rows, rows + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of Clear.</summary>
    public static KernelTally Clear(int lines, int places, int channels)
    {
        long all = (long)lines * places, longs = all * channels;
        return KernelTally.One("Clear", 1, lines, all, longs, longs + all, all, all + lines, lines, lines + 1, 1);
    }

    /// <summary>One call of Halo.</summary>
    public static KernelTally Halo(int lines, int channels)
    {
        long longs = (long)lines * channels;
        return KernelTally.One("Halo", 1, lines, longs, longs + lines, lines, lines + 1, 1);
    }

    /// <summary>One call of Pair.</summary>
    public static KernelTally Pair(int lines, int places, int channels)
    {
        long rows = lines, spots = rows * places, pairs = spots * (channels / 2);
        return KernelTally.One("Pair", 1, rows, spots, pairs, pairs + spots, spots, spots + rows, rows, rows + 1, 1);
    }

    /// <summary>One call of PoolLanes.</summary>
    public static KernelTally PoolLanes(int channels, int laneCount)
    {
        long compared = (long)channels * (laneCount - 1);
        return KernelTally.One("PoolLanes", 1, channels, compared, compared + channels, channels, channels + 1, 1);
    }

    /// <summary>One call of GreatestRows.</summary>
    public static KernelTally GreatestRows(int rows, int channels, int laneCount)
    {
        long compared = (rows - 1L) * channels;
        return KernelTally.One("GreatestRows", 1, laneCount - 1, laneCount, 1, channels, compared, compared + channels, channels, channels + 1, 1);
    }

    private static KernelTally Six(string section, int lines, int places, int channels)
    {
        long rows = (long)channels * lines, all = rows * places;
        return KernelTally.One(section, 1, channels, rows, all, all + rows, rows, rows + channels, channels, channels + 1, 1);
    }
}
