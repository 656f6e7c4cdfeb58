using System;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Testing;

/// <summary>Random models of small images and many weights, whose fastest kernels one assembly cannot hold: what parts are for.</summary>
public static class LargeModels
{
    private static readonly (int Frames, int Bands)[] Images = [(8, 16), (16, 16), (12, 24), (24, 12), (16, 8)];

    /// <summary>The model of this seed. Weights of 2 to 8 bits, zeros of 0 to 90 % and 1 to 10 tasks take turns.</summary>
    public static ModelArtifact Create(int seed)
    {
        var random = new Random(seed);
        int bits = 2 + (seed % 7), tasks = 1 + (seed * 7 % 10);
        double zeros = (4 + (seed * 3)) % 10 / 10.0;
        (int frames, int bands) = Images[random.Next(Images.Length)];
        // A weight that is not zero takes about three bytes of code, of two digits twice that.
        int least = bits > 5 ? 12_000 : 16_000, share = random.Next(3, 7);
        for (int width = 4; ; width++)
        {
            int[] shared = [width, 2 * width, (3 * width) + random.Next(width), 2 * width];
            int[] own = [.. shared.Select(channels => Math.Max(1, channels / share / 2))];
            if ((1 - zeros) * (Weights(shared, null) + (0.75 * tasks * Weights(own, shared))) >= least)
            {
                return LaneModels.Create(
                    seed, frames, bands, shared, [.. Enumerable.Range(0, tasks).Select(_ => new LaneTask(own, null, random.Next(2, 5)))], bits, random.Next(3, 8), zeros);
            }
        }
    }

    private static int Weights(int[] own, int[]? shared) => own.Select((channels, i) =>
    {
        int inputs = i == 0 ? 1 : (shared is null ? 0 : shared[i - 1]) + own[i - 1];
        return channels * inputs * (i == own.Length - 1 ? 1 : 9);
    }).Sum();
}
