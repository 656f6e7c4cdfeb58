using System;

namespace AdapterCompiler.Audio;

/// <summary>Samples of unknown number, appended.</summary>
internal sealed class SampleBuffer
{
    /// <summary>The largest float below 1.</summary>
    private const float BelowOne = 0.99999994f;

    private float[] items = new float[16_384];

    public int Count { get; private set; }

    public void Add(float sample)
    {
        if (Count == items.Length)
            Array.Resize(ref items, checked(items.Length * 2));
        items[Count++] = sample;
    }

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (float sample in samples)
            Add(sample);
    }

    /// <summary>The samples, held to [-1, 1): resampling overshoots near full scale, and float files may exceed it.</summary>
    public float[] ToClampedArray()
    {
        float[] result = new float[Count];
        for (int i = 0; i < result.Length; i++)
            result[i] = Math.Clamp(items[i], -1f, BelowOne);
        return result;
    }
}
