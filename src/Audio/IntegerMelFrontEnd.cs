using System;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds;

namespace AdapterCompiler.Audio;

/// <summary>The integer front end on sound of this project: samples become 16 bits again, as a microphone's converter gives them, and then codes.</summary>
public sealed class IntegerMelFrontEnd : SoundFrontEnd
{
    private readonly IntegerMel definition;

    /// <summary>Prepares tables and buffers.</summary>
    /// <param name="spec">Parameters.</param>
    /// <param name="input">Frames, bands and bits of the images made.</param>
    /// <exception cref="ArgumentException">The parameters are outside of what fits; the message says which and what is allowed.</exception>
    public IntegerMelFrontEnd(IntegerMelSpec spec, InputSpec input)
        : base(spec, input) => definition = new IntegerMel(spec, input);

    /// <summary>The project's default parameters.</summary>
    public IntegerMelFrontEnd()
        : this(FrontEnd.Integer, FrontEnd.DefaultInput)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Frames are counted from the first of <paramref name="samples"/>: 0 and 1 share a block shift, 2 and 3, and so on.</remarks>
    public override void Codes(ReadOnlySpan<float> samples, Span<byte> codes) => definition.Codes(Rounded(samples)).CopyTo(codes);

    /// <summary>Samples in [-1, 1) as 16 bits, to the nearest.</summary>
    public static short[] Rounded(ReadOnlySpan<float> samples)
    {
        short[] rounded = new short[samples.Length];
        for (int i = 0; i < rounded.Length; i++)
            rounded[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
        return rounded;
    }
}
