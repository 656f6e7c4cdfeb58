using System;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): a counter behind a mixing function. Every slice has a stream of its own, so a slice
/// can be made alone, on any thread, in any order, and is the same on every machine and runtime.
/// </summary>
public sealed class SliceRandom
{
    private ulong state;

    /// <summary>The stream of one slice.</summary>
    /// <param name="seed">The corpus' seed.</param>
    /// <param name="task">Position of the task.</param>
    /// <param name="split">The slice's split.</param>
    /// <param name="index">Position in the split, 0 or more.</param>
    public SliceRandom(int seed, int task, BuiltInSplit split, int index)
    {
        // Mixed after each part: neighbouring seeds or indices must not give shifted copies of one stream.
        state = Mix((uint)seed);
        state = Mix(state ^ (((ulong)(uint)task << 8) | (uint)split));
        state = Mix(state ^ (uint)index);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [-1, 1).</summary>
    public float NextSigned() => (int)(NextBits() >> 40) * (2f / (1 << 24)) - 1f;

    /// <summary>Uniform in 0 … count - 1.</summary>
    /// <param name="count">Greater than 0.</param>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private ulong NextBits()
    {
        ulong bits = Mix(state);
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
        }

        return bits;
    }
}
