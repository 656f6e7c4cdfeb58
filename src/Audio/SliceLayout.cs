using System;
using System.Collections.Generic;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Audio;

/// <summary>
/// Cuts sound of any length into slices of the network's input: whole ones only, a tail that is too short is left out. A clip that is shorter than one slice is
/// padded with silence and is one slice.
/// </summary>
public sealed class SliceLayout
{
    /// <summary>The layout for images of <paramref name="input"/> made by <paramref name="spec"/>.</summary>
    public SliceLayout(FrontEndSpec spec, InputSpec input)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(input);
        SampleCount = ((input.Frames - 1) * spec.HopLength) + spec.WindowLength;
        FrameSamples = spec.HopLength;
        LeastSamples = spec.WindowLength;
    }

    /// <summary>Samples under one slice: 15,600 (975 ms) with the default parameters.</summary>
    public int SampleCount { get; }

    /// <summary>Samples from one frame to the next.</summary>
    public int FrameSamples { get; }

    /// <summary>Samples of one frame, 400 (25 ms): what is shorter is too short to be padded, since no frame would hold it alone.</summary>
    public int LeastSamples { get; }

    /// <summary>Slices in so many samples, one every <paramref name="hopFrames"/> frames.</summary>
    public int Count(int length, int hopFrames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hopFrames, 1);
        return length < SampleCount ? 0 : ((length - SampleCount) / (hopFrames * FrameSamples)) + 1;
    }

    /// <summary>The first sample of each slice.</summary>
    public IEnumerable<int> Starts(int length, int hopFrames)
    {
        int count = Count(length, hopFrames);
        return Range(count, hopFrames * FrameSamples);

        static IEnumerable<int> Range(int count, int step)
        {
            for (int i = 0; i < count; i++)
                yield return i * step;
        }
    }

    /// <summary>The clip, padded to one slice with it in the middle where it is shorter.</summary>
    public float[] Filled(float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.Length >= SampleCount ? samples : Filled(samples, (SampleCount - samples.Length) / 2);
    }

    /// <summary>A clip shorter than a slice, padded to one so that it begins at sample <paramref name="start"/>.</summary>
    public float[] Filled(float[] samples, int start)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, SampleCount - samples.Length);
        float[] slice = new float[SampleCount];
        samples.CopyTo(slice, start);
        return slice;
    }
}
