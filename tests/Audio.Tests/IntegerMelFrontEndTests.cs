using System;
using System.Linq;
using AdapterCompiler.FrontEnds;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

/// <summary>The integer front end on floats, and which front end a specification means.</summary>
public sealed class IntegerMelFrontEndTests
{
    [Fact]
    public void A_specification_chooses_its_front_end()
    {
        Assert.IsType<LogMelFrontEnd>(SoundFrontEnd.For(FrontEnd.Default, FrontEnd.DefaultInput));
        Assert.IsType<IntegerMelFrontEnd>(SoundFrontEnd.For(FrontEnd.Integer, FrontEnd.DefaultInput));
    }

    [Fact]
    public void Codes_are_those_of_the_definition_on_the_same_samples_of_16_bits()
    {
        float[] samples = Tone.Sine(440, 16_000, 1);
        short[] rounded = [.. samples.Select(sample => (short)Math.Round(sample * 32_768))];
        byte[] codes = new IntegerMelFrontEnd().Codes(samples);
        Assert.Equal(98 * 64, codes.Length);
        Assert.Equal(new IntegerMel(FrontEnd.Integer, FrontEnd.DefaultInput).Codes(rounded), codes);
        Assert.InRange(codes.Max(), (byte)60, (byte)127);
    }

    [Fact]
    public void Samples_beyond_the_range_are_held_to_it() =>
        Assert.Equal([short.MaxValue, short.MinValue, 16_384, 0], IntegerMelFrontEnd.Rounded([1f, -1.5f, 0.5f, 0.00001f]));

    [Fact]
    public void Slices_that_begin_an_even_number_of_frames_in_have_the_codes_of_the_recording()
    {
        var frontEnd = new IntegerMelFrontEnd();
        float[] recording = Tone.Sine(700, 16_000, 2.5);
        byte[] whole = frontEnd.Codes(recording);
        const int start = 48;
        byte[] slice = frontEnd.Codes(recording.AsSpan(start * 160, frontEnd.Slices.SampleCount));
        Assert.Equal(whole[(start * 64)..((start + 96) * 64)], slice);
    }
}
