using System;
using System.IO;

namespace AdapterCompiler.Audio;

/// <summary>Many channels to one.</summary>
internal static class Downmix
{
    /// <summary>Averages the channels of every frame; a value that is no number is the mark of a broken file.</summary>
    /// <returns>Frames written to <paramref name="mono"/>.</returns>
    public static int Average(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        int frames = interleaved.Length / channels;
        for (int frame = 0; frame < frames; frame++)
        {
            float sum = 0;
            foreach (float value in interleaved.Slice(frame * channels, channels))
                sum += value;
            if (!float.IsFinite(sum))
                throw new InvalidDataException("a sample is not a finite number");
            mono[frame] = sum / channels;
        }

        return frames;
    }
}
