namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Random numbers that are a function of a seed and of what they are for (step, task, sample). Nothing has to be saved to go on with them after
/// a checkpoint, and no order of threads changes them. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
public struct SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>The stream of a seed for a purpose.</summary>
    public SeededRandom(int seed, int first, int second = 0, int third = 0)
    {
        state = unchecked((uint)seed);
        foreach (int purpose in (System.ReadOnlySpan<int>)[first, second, third])
            state = Mix(state + Golden) ^ unchecked((uint)purpose);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(state += Golden);

    /// <summary>Uniform in 0 … <paramref name="count"/> - 1.</summary>
    public int Next(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>Uniform in -<paramref name="reach"/> … <paramref name="reach"/>.</summary>
    public int NextSigned(int reach) => Next((2 * reach) + 1) - reach;

    /// <summary>A random order of 0 … <paramref name="count"/> - 1.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            int j = Next(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
