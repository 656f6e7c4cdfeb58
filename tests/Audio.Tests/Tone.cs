using System;
using System.IO;

namespace AdapterCompiler.Audio.Tests;

/// <summary>Test tones, and what is left of one after it went through something.</summary>
internal static class Tone
{
    public static float[] Sine(double hertz, int rate, double seconds, double amplitude = 0.5)
    {
        float[] samples = new float[(int)(rate * seconds)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / rate));
        return samples;
    }

    /// <summary>Amplitude of the component at <paramref name="hertz"/>, and the root mean square of all the rest, over the middle 8,000 samples of 16 kHz.</summary>
    public static (double Amplitude, double Residue) Measure(ReadOnlySpan<float> samples, double hertz)
    {
        const int Length = 8000;
        ReadOnlySpan<float> middle = samples.Slice((samples.Length - Length) / 2, Length);
        double re = 0;
        double im = 0;
        double energy = 0;
        for (int i = 0; i < Length; i++)
        {
            double angle = 2 * Math.PI * hertz * i / AudioReader.SampleRate;
            re += middle[i] * Math.Cos(angle);
            im += middle[i] * Math.Sin(angle);
            energy += (double)middle[i] * middle[i];
        }

        double amplitude = 2 * Math.Sqrt((re * re) + (im * im)) / Length;
        return (amplitude, Math.Sqrt(Math.Max(0, (energy / Length) - (amplitude * amplitude / 2))));
    }

    public static double Decibels(double ratio) => 20 * Math.Log10(Math.Max(ratio, 1e-12));
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("adapter-audio-");

    public string File(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, byte[] bytes)
    {
        string path = File(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
