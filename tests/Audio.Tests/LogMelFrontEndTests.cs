using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

public sealed class LogMelFrontEndTests
{
    private static readonly InputSpec Input = FrontEnd.DefaultInput;

    public static TheoryData<string> Sounds => ["noise", "quiet noise", "tone", "square", "clicks", "silence"];

    [Theory]
    [MemberData(nameof(Sounds))]
    public void Codes_are_those_of_a_naive_transform(string sound)
    {
        float[] samples = Sound(sound, 4000);

        byte[] codes = new LogMelFrontEnd().Codes(samples);

        byte[] expected = NaiveFrontEnd.Codes(FrontEnd.Default, Input, samples);
        Assert.Equal(expected.Length, codes.Length);
        int[] differences = codes.Zip(expected, (a, b) => Math.Abs(a - b)).ToArray();
        Assert.InRange(differences.Max(), 0, 1);
        Assert.InRange(differences.Count(d => d == 0) / (double)differences.Length, 0.995, 1);
    }

    [Fact]
    public void Other_parameters_hold_too()
    {
        var spec = new LogMelSpec(16_000, 320, 128, 1024, 100, 8000, -60_000, 1_500);
        var input = new InputSpec(20, 40, 6);
        float[] samples = Sound("noise", 3000);

        byte[] codes = new LogMelFrontEnd(spec, input).Codes(samples);

        byte[] expected = NaiveFrontEnd.Codes(spec, input, samples);
        Assert.Equal(expected.Length, codes.Length);
        Assert.InRange(codes.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
    }

    /// <summary>An input of few bits hears the same levels in coarser steps, up to the loudest; it is not a front end that ends at its 31st level.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void An_input_of_few_bits_reads_the_upper_ones(int bits)
    {
        float[] samples = Sound("noise", 3000);
        foreach (FrontEndSpec spec in (FrontEndSpec[])[FrontEnd.Default, FrontEnd.Integer, FrontEnd.Sparse])
        {
            byte[] whole = SoundFrontEnd.For(spec, Input).Codes(samples), upper = SoundFrontEnd.For(spec, Input with { Bits = bits }).Codes(samples);
            Assert.Equal(whole.Select(code => code >> (7 - bits)), upper.Select(code => (int)code));
            Assert.True(whole.Max() >= 64, "too quiet to tell");
        }
    }

    [Fact]
    public void A_slice_is_96_frames_of_975_ms()
    {
        var frontEnd = new LogMelFrontEnd();

        Assert.Equal(15_600, frontEnd.Slices.SampleCount);
        Assert.Equal(96, frontEnd.FrameCount(15_600));
        Assert.Equal(95, frontEnd.FrameCount(15_599));
        Assert.Equal((0, 1), (frontEnd.FrameCount(399), frontEnd.FrameCount(400)));
        Assert.Equal(96 * 64, frontEnd.Codes(new float[15_600]).Length);
    }

    [Theory]
    [InlineData(15_599, 48, new int[0])]
    [InlineData(15_600, 48, new[] { 0 })]
    [InlineData(15_600 + 7_680, 48, new[] { 0, 7_680 })]
    [InlineData(48_000, 96, new[] { 0, 15_360, 30_720 })]
    public void Slices_begin_a_hop_apart_and_end_inside(int length, int hop, int[] starts)
    {
        SliceLayout layout = new LogMelFrontEnd().Slices;

        Assert.Equal(starts, layout.Starts(length, hop));
        Assert.Equal(starts.Length, layout.Count(length, hop));
    }

    [Fact]
    public void A_slice_s_codes_are_those_of_the_whole_file_at_its_place()
    {
        var frontEnd = new LogMelFrontEnd();
        float[] samples = Sound("noise", 40_000);
        byte[] whole = frontEnd.Codes(samples);

        foreach (int start in frontEnd.Slices.Starts(samples.Length, 37))
        {
            byte[] slice = frontEnd.Codes(samples.AsSpan(start, frontEnd.Slices.SampleCount));
            Assert.Equal(whole.AsSpan(start / 160 * 64, slice.Length).ToArray(), slice);
        }
    }

    [Fact]
    public void A_tone_is_loudest_in_the_band_around_it()
    {
        byte[] codes = new LogMelFrontEnd().Codes(Tone.Sine(1000, 16_000, 0.1));

        // mel(1000) = 1000; bands are 41.8 mel apart, the first peak at 134: band 20 or 21.
        int loudest = codes[..64].Index().MaxBy(item => item.Item).Index;
        Assert.InRange(loudest, 20, 21);
    }

    public static TheoryData<LogMelSpec> Contradictions
    {
        get
        {
            LogMelSpec good = FrontEnd.Default;
            return [good with { TransformLength = 256 }, good with { TransformLength = 600 }, good with { HighHertz = 9000 }, good with { LowHertz = 7800 }, good with { HopLength = 0 }, good with { StepMillidecibels = 0 }];
        }
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Parameters_that_contradict_each_other_are_named(LogMelSpec spec)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new LogMelFrontEnd(spec, Input));
        Assert.Contains("found", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_between_two_bins_is_refused() =>
        Assert.Throws<ArgumentException>(() => new LogMelFrontEnd(FrontEnd.Default, Input with { Bands = 200 }));

    private static float[] Sound(string kind, int length)
    {
        var random = new Random(5);
        IEnumerable<float> samples = Enumerable.Range(0, length).Select(i => kind switch
        {
            "noise" => (float)((random.NextDouble() * 2) - 1) * 0.7f,
            "quiet noise" => (float)((random.NextDouble() * 2) - 1) * 0.002f,
            "tone" => 0.5f * MathF.Sin(i * 0.3f),
            "square" => i / 20 % 2 == 0 ? 0.99f : -1f,
            "clicks" => i % 333 == 0 ? 0.8f : 0f,
            _ => 0f,
        });
        return samples.ToArray();
    }
}
