using System;

namespace AdapterCompiler.Audio;

/// <summary>
/// Changes the sample rate of a mono stream of any length, block by block: output n is a windowed-sinc interpolation of the input
/// at time n * M / L, with exact integer phases, so that an hour is as clean as a second.
/// </summary>
/// <remarks>
/// NWaves' Resampler keeps the position in a float: a 7 kHz tone, 44.1 to 16 kHz, comes out with noise at -65 dB after 1 s,
/// -41 dB after 10 s and -23 dB after 60 s. Hence this one; see <see cref="PolyphaseFilter"/> for its response.
/// </remarks>
internal sealed class StreamingResampler
{
    /// <summary>Hertz.</summary>
    public const int LowestRate = 1_000;

    /// <summary>Hertz.</summary>
    public const int HighestRate = 768_000;

    private readonly PolyphaseFilter? filter;

    /// <summary>Input not yet used up; starts with the zeros before the first sample.</summary>
    private float[] history = [];
    private int held;

    /// <summary>Where the next output's first tap lies, counted in <see cref="history"/>, and its phase.</summary>
    private int position;
    private int phase;

    private long pushed;
    private long produced;

    public StreamingResampler(int from, int to)
    {
        if (from == to)
            return;
        filter = PolyphaseFilter.For(from, to);
        history = new float[filter.Taps * 2];
        held = filter.Taps / 2 - 1;
    }

    /// <summary>Takes the next input, appends what can be computed from it.</summary>
    public void Push(ReadOnlySpan<float> input, SampleBuffer output)
    {
        pushed += input.Length;
        if (filter is null)
        {
            output.Add(input);
            return;
        }

        Append(input);
        Emit(output, long.MaxValue);
    }

    /// <summary>Ends the stream: the last outputs, with silence after the last input. Length = ceiling(input * L / M).</summary>
    public void Finish(SampleBuffer output)
    {
        if (filter is null)
            return;
        long total = ((pushed * filter.Up) + filter.Down - 1) / filter.Down;
        Append(new float[filter.Taps]);
        Emit(output, total);
    }

    private void Append(ReadOnlySpan<float> input)
    {
        int unused = Math.Max(0, held - position);
        if (unused + input.Length > history.Length)
        {
            float[] larger = new float[Math.Max(history.Length * 2, unused + input.Length)];
            history.AsSpan(held - unused, unused).CopyTo(larger);
            history = larger;
        }
        else
        {
            history.AsSpan(held - unused, unused).CopyTo(history);
        }

        // When the step is longer than the filter, the next position may lie beyond everything held.
        position -= held - unused;
        held = unused;
        input.CopyTo(history.AsSpan(held));
        held += input.Length;
    }

    private void Emit(SampleBuffer output, long total)
    {
        while (produced < total && position + filter!.Taps <= held)
        {
            output.Add(filter.Apply(history.AsSpan(position, filter.Taps), phase));
            produced++;
            phase += filter.Down;
            position += phase / filter.Up;
            phase %= filter.Up;
        }
    }
}
