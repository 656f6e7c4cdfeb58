using System;
using System.IO;
using NAudio.Wave;

namespace AdapterCompiler.Audio;

/// <summary>Writes 16-bit mono WAV files.</summary>
public static class WavWriter
{
    /// <summary>Writes <paramref name="samples"/> ([-1, 1), clamped, rounded to 16 bits) to a new file at <paramref name="path"/>.</summary>
    /// <remarks>The file appears whole or not at all: it is written under another name beside it and then renamed.</remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate = AudioReader.SampleRate)
    {
        ArgumentNullException.ThrowIfNull(path);
        short[] rounded = new short[samples.Length];
        for (int i = 0; i < rounded.Length; i++)
            rounded[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
        string partial = path + ".part";
        using (var writer = new WaveFileWriter(partial, new WaveFormat(sampleRate, 16, 1)))
            writer.WriteSamples(rounded, 0, rounded.Length);
        File.Move(partial, path, overwrite: true);
    }
}
