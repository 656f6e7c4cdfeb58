using System;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Audio;

/// <summary>Samples to codes, by one of the front ends that a model file can name.</summary>
/// <remarks>Holds buffers that every frame reuses: one instance for one thread. The same samples give the same codes.</remarks>
public abstract class SoundFrontEnd
{
    private protected SoundFrontEnd(FrontEndSpec spec, InputSpec input)
    {
        Input = input;
        WindowLength = spec.WindowLength;
        HopLength = spec.HopLength;
        Slices = new SliceLayout(spec, input);
    }

    /// <summary>Shape of a slice.</summary>
    public InputSpec Input { get; }

    /// <summary>Where slices begin and how many samples each takes.</summary>
    public SliceLayout Slices { get; }

    private protected int WindowLength { get; }

    private protected int HopLength { get; }

    /// <summary>The front end of a specification.</summary>
    /// <param name="spec">Parameters.</param>
    /// <param name="input">Frames, bands and bits of the images made.</param>
    /// <exception cref="ArgumentException">The parameters contradict each other; the message says which and what is allowed.</exception>
    public static SoundFrontEnd For(FrontEndSpec spec, InputSpec input) => spec switch
    {
        LogMelSpec logMel => new LogMelFrontEnd(logMel, input),
        IntegerMelSpec integerMel => new IntegerMelFrontEnd(integerMel, input),
        null => throw new ArgumentNullException(nameof(spec)),
        _ => throw new ArgumentException($"no front end is known for {spec}", nameof(spec)),
    };

    /// <summary>Whole windows in so many samples.</summary>
    public int FrameCount(int length) => length < WindowLength ? 0 : ((length - WindowLength) / HopLength) + 1;

    /// <summary>Codes of every whole window, row-major, <see cref="FrameCount"/> x bands.</summary>
    /// <param name="samples">Mono, at the spec's rate, in [-1, 1).</param>
    public byte[] Codes(ReadOnlySpan<float> samples)
    {
        byte[] codes = new byte[FrameCount(samples.Length) * Input.Bands];
        Codes(samples, codes);
        return codes;
    }

    /// <summary>As <see cref="Codes(ReadOnlySpan{float})"/>, into memory of the caller's.</summary>
    public abstract void Codes(ReadOnlySpan<float> samples, Span<byte> codes);
}
