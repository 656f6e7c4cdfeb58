using System;
using AdapterCompiler.Artifact;
using NWaves.Transforms;

namespace AdapterCompiler.Audio;

/// <summary>
/// Samples to log-mel codes, exactly as <see cref="LogMelSpec"/> defines them: periodic Hann window, transform padded with zeros, magnitudes,
/// mel triangles (HTK scale), code = clamp(floor((20000 * log10(m) - floor) / step), 0, 127), of which the input's upper bits stay
/// (<see cref="InputBits"/>).
/// </summary>
public sealed class LogMelFrontEnd : SoundFrontEnd
{
    private readonly RealFft transform;
    private readonly MelFilters filters;
    private readonly float[] window;
    private readonly float[] padded;
    private readonly float[] real;
    private readonly float[] imaginary;
    private readonly float[] magnitudes;
    private readonly int highestCode;
    private readonly int lostBits;

    /// <summary>Prepares tables and buffers.</summary>
    /// <param name="spec">Parameters; the transform's length a power of two, no shorter than the window.</param>
    /// <param name="input">Frames, bands and bits of the images made.</param>
    /// <exception cref="ArgumentException">The parameters contradict each other; the message says which and what is allowed.</exception>
    public LogMelFrontEnd(LogMelSpec spec, InputSpec input)
        : base(Checked(spec, input), input)
    {
        Spec = spec;
        transform = new RealFft(spec.TransformLength);
        filters = new MelFilters(input.Bands, spec.TransformLength, spec.SampleRate, spec.LowHertz, spec.HighHertz);
        for (int band = 0; band < input.Bands; band++)
        {
            if (filters.Width(band) == 0)
                throw new ArgumentException($"band {band} of {input.Bands} lies between two bins of a {spec.TransformLength}-point transform: fewer bands or a longer transform is needed", nameof(input));
        }

        window = new float[spec.WindowLength];
        for (int i = 0; i < window.Length; i++)
            window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / window.Length)));
        padded = new float[spec.TransformLength];
        real = new float[spec.TransformLength];
        imaginary = new float[spec.TransformLength];
        magnitudes = new float[(spec.TransformLength / 2) + 1];
        (highestCode, lostBits) = (InputBits.Highest(input), InputBits.Lost(input));
    }

    /// <summary>The project's default parameters.</summary>
    public LogMelFrontEnd()
        : this(FrontEnd.Default, FrontEnd.DefaultInput)
    {
    }

    /// <summary>The parameters.</summary>
    public LogMelSpec Spec { get; }

    /// <inheritdoc/>
    public override void Codes(ReadOnlySpan<float> samples, Span<byte> codes)
    {
        int frames = FrameCount(samples.Length);
        for (int frame = 0; frame < frames; frame++)
            Frame(samples.Slice(frame * Spec.HopLength, Spec.WindowLength), codes.Slice(frame * Input.Bands, Input.Bands));
    }

    private void Frame(ReadOnlySpan<float> samples, Span<byte> codes)
    {
        for (int i = 0; i < samples.Length; i++)
            padded[i] = samples[i] * window[i];
        transform.Direct(padded, real, imaginary);
        for (int bin = 0; bin < magnitudes.Length; bin++)
            magnitudes[bin] = MathF.Sqrt((real[bin] * real[bin]) + (imaginary[bin] * imaginary[bin]));
        for (int band = 0; band < codes.Length; band++)
            codes[band] = Code(filters.Apply(band, magnitudes));
    }

    private byte Code(double magnitude)
    {
        if (magnitude <= 0)
            return 0;
        double code = Math.Floor(((20_000 * Math.Log10(magnitude)) - Spec.FloorMillidecibels) / Spec.StepMillidecibels);
        return (byte)((int)Math.Clamp(code, 0, highestCode) >> lostBits);
    }

    private static LogMelSpec Checked(LogMelSpec spec, InputSpec input)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(input);
        string? wrong = spec switch
        {
            { SampleRate: < 1 } => "the sample rate must be positive",
            { WindowLength: < 2 } => "the window needs 2 samples or more",
            { HopLength: < 1 } => "the hop must be 1 sample or more",
            { StepMillidecibels: < 1 } => "the step must be 1 millidecibel or more",
            _ when spec.TransformLength < spec.WindowLength => "the transform must be no shorter than the window",
            _ when !int.IsPow2(spec.TransformLength) => "the transform's length must be a power of two",
            _ when spec.LowHertz < 0 || spec.LowHertz >= spec.HighHertz => "the lower edge must lie below the upper edge",
            _ when spec.HighHertz * 2L > spec.SampleRate => "the upper edge must be at most half the sample rate",
            _ => input switch
            {
                { Frames: < 1 } or { Bands: < 1 } => "frames and bands must be 1 or more",
                { Bits: < 1 or > 8 } => "codes have 1 to 8 bits",
                _ => null,
            },
        };
        if (wrong is not null)
            throw new ArgumentException($"{wrong}; found {spec}, {input}", nameof(spec));
        return spec;
    }
}
