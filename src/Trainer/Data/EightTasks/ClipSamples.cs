using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Decodes recordings: the beginning of each, as much as is ever used.</summary>
internal sealed class ClipSamples
{
    /// <summary>Seconds of a recording that is used.</summary>
    private const int MostSeconds = 60;

    private readonly ConcurrentDictionary<string, Lazy<float[]>> kept = new(StringComparer.Ordinal);

    /// <summary>Samples of a recording that mixtures come back to.</summary>
    public float[] Kept(Clip clip) => kept.GetOrAdd(clip.Path, path => new Lazy<float[]>(() => Read(path))).Value;

    /// <summary>Samples of a recording that is used once or twice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seconds">Of its beginning.</param>
    /// <exception cref="IOException">It cannot be decoded.</exception>
    public static float[] Read(string path, int seconds = MostSeconds)
    {
        int most = seconds * AudioReader.SampleRate;
        var samples = new List<float>();
        try
        {
            if (AudioReader.Read(path, block =>
                {
                    samples.AddRange(block);
                    if (samples.Count >= most)
                        throw new OperationCanceledException("enough");
                }) is AudioFailure { Problem: not (AudioProblem.Empty or AudioProblem.Broken) } failure)
                throw new IOException($"{path} cannot be decoded: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            samples.RemoveRange(most, samples.Count - most);
        }

        // A few files of the packages hold a header and no sound: silence, which is no slice.
        return samples.Count == 0 ? [0] : [.. samples];
    }
}
