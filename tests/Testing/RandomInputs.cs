using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Testing;

/// <summary>Input windows for engine tests: the extremes first, then noise.</summary>
public static class RandomInputs
{
    /// <summary>All codes 0, all at the maximum, a checkerboard, extremes at random, then noise.</summary>
    public static IEnumerable<byte[]> For(InputSpec input, int seed, int noise = 2)
    {
        int length = input.Frames * input.Bands;
        byte max = (byte)((1 << input.Bits) - 1);
        var random = new Random(seed);
        yield return new byte[length];
        yield return [.. Enumerable.Repeat(max, length)];
        yield return [.. Enumerable.Range(0, length).Select(i => ((i / input.Bands) + i) % 2 == 0 ? max : (byte)0)];
        yield return [.. Enumerable.Range(0, length).Select(_ => random.Next(2) == 0 ? max : (byte)0)];
        for (int n = 0; n < noise; n++)
            yield return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(max + 1))];
    }
}
