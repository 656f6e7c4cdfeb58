using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>Recordings of one task, "beep", with two classes of tones that are easy to tell apart: what trains in seconds, where the built-in set takes longer to make.</summary>
internal static class ToneRecordings
{
    /// <summary>Writes them into a folder as training reads it.</summary>
    public static void Write(string data)
    {
        foreach ((string split, int count) in new[] { ("train", 6), ("val", 2), ("test", 3) })
        {
            foreach ((string label, float pitch) in new[] { ("low", 0.05f), ("high", 0.6f) })
            {
                string place = Directory.CreateDirectory(Path.Combine(data, "beep", split, label)).FullName;
                for (int take = 0; take < count; take++)
                {
                    float step = pitch * (1 + (0.02f * take) + (split.Length * 0.003f));
                    // Noise of its own, so that no two recordings are one at two levels.
                    var noise = new Random((100 * split.Length) + take);
                    WavWriter.Write(
                        Path.Combine(place, FormattableString.Invariant($"{split}-{take}.wav")), [.. Enumerable.Range(0, 24_000).Select(i => (0.3f * MathF.Sin(i * step)) + (0.2f * (float)(noise.NextDouble() - 0.5)))]);
                }
            }
        }
    }
}
