using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using static AdapterCompiler.Trainer.Tests.BuiltInFrontEnd;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>
/// Features by hand that a convolutional network could learn: filters over time and frequency, rectified, and then
/// the maximum and the mean over time.
/// A linear model on these no longer depends on when a sound happens.
/// </summary>
internal static class PooledFeatures
{
    public static TaskData Of(TaskData task) => task with { Train = Of(task.Train), Test = Of(task.Test) };

    private static SliceSet Of(SliceSet set) => set with { Codes = [.. set.Codes.Select(Of)] };

    private static byte[] Of(byte[] codes)
    {
        Func<int, int, int>[] filters =
        [
            // A ridge along time: louder than the bands on either side.
            (t, f) => At(codes, t, f) + At(codes, t + 1, f) + At(codes, t + 2, f) - ((Around(codes, t, f, 2) + Around(codes, t + 1, f, 2) + Around(codes, t + 2, f, 2)) / 2),

            // An onset and an end.
            (t, f) => At(codes, t + 4, f) + At(codes, t + 6, f) - At(codes, t, f) - At(codes, t - 2, f),
            (t, f) => At(codes, t, f) + At(codes, t - 2, f) - At(codes, t + 4, f) - At(codes, t + 6, f),

            // Ridges that rise and fall, one band in three frames and one in six.
            (t, f) => Slanted(codes, t, f, 3, 1),
            (t, f) => Slanted(codes, t, f, 3, -1),
            (t, f) => Slanted(codes, t, f, 6, 1),
            (t, f) => Slanted(codes, t, f, 6, -1),

            // A ridge that turns, at the top and at the bottom.
            (t, f) => Corner(codes, t, f, -1),
            (t, f) => Corner(codes, t, f, 1),
        ];

        // Where the ridges lie matters to a band; how they move does not matter much where, so those maxima cover sixteen bands.
        var features = new List<byte>();
        for (int i = 0; i < filters.Length; i++)
        {
            int wide = i < 3 ? 1 : 16;
            for (int first = 0; first < Bands; first += wide)
                Pool(filters[i], first, wide, features);
        }

        return [.. features];
    }

    private static void Pool(Func<int, int, int> filter, int first, int wide, List<byte> features)
    {
        int largest = 0, sum = 0;
        for (int t = 0; t < Frames; t++)
        {
            int best = 0;
            for (int f = first; f < first + wide; f++)
                best = Math.Max(best, filter(t, f));
            largest = Math.Max(largest, best);
            sum += best;
        }

        features.Add((byte)Math.Min(255, largest));
        features.Add((byte)Math.Min(255, 4 * sum / Frames));
    }

    private static int Slanted(byte[] codes, int t, int f, int frames, int direction)
    {
        int sum = 0;
        for (int i = -2; i <= 2; i++)
            sum += (2 * At(codes, t + (i * frames), f + (i * direction))) - Around(codes, t + (i * frames), f + (i * direction), 2);
        return sum / 2;
    }

    private static int Corner(byte[] codes, int t, int f, int direction)
    {
        int sum = 0;
        for (int i = -2; i <= 2; i++)
            sum += (2 * At(codes, t + (2 * i), f + (2 * Math.Abs(i) * direction))) - Around(codes, t + (2 * i), f + (2 * Math.Abs(i) * direction), 3);
        return sum / 2;
    }

    private static int Around(byte[] codes, int t, int f, int distance) => At(codes, t, f - distance) + At(codes, t, f + distance);

    private static int At(byte[] codes, int t, int f) => codes[(Math.Clamp(t, 0, Frames - 1) * Bands) + Math.Clamp(f, 0, Bands - 1)];
}
