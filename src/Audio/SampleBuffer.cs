using System;

namespace AdapterCompiler.Audio;

/// <summary>Samples of unknown number, appended.</summary>
internal sealed class SampleBuffer
{
    /// <summary>The largest float below 1.</summary>
    private const float BelowOne = 0.99999994f;

    private float[] items = new float[16_384];
    private long passed;

    public int Count { get; private set; }

    /// <summary>Samples appended in all, those passed on included.</summary>
    public long Total => passed + Count;

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

    /// <summary>Passes the samples on, held as <see cref="ToClampedArray"/> holds them, and forgets them.</summary>
    /// <param name="take">Reads them before it returns.</param>
    public void Drain(Action<ReadOnlySpan<float>> take)
    {
        for (int i = 0; i < Count; i++)
            items[i] = Math.Clamp(items[i], -1f, BelowOne);
        take(items.AsSpan(0, Count));
        passed += Count;
        Count = 0;
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
