using System;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8_500)]
    [InlineData(10_000)]
    [InlineData(15_000)]
    [InlineData(21_000)]
    public void What_lies_above_8_khz_does_not_fold_back(double hertz)
    {
        float[] output = Resample(Tone.Sine(hertz, 44_100, 1), 44_100);

        double left = Tone.Measure(output, 0).Residue;

        Assert.InRange(Tone.Decibels(left / 0.354), -300, -70);
    }

    [Theory]
    [InlineData(44_100, 100)]
    [InlineData(44_100, 7_000)]
    [InlineData(44_100, 7_800)]
    [InlineData(48_000, 7_800)]
    [InlineData(22_050, 7_800)]
    [InlineData(8_000, 3_800)]
    public void The_front_end_s_range_passes_unchanged(int rate, double hertz)
    {
        (double amplitude, double rest) = Tone.Measure(Resample(Tone.Sine(hertz, rate, 1), rate), hertz);

        Assert.InRange(Tone.Decibels(amplitude / 0.5), -0.05, 0.05);
        Assert.InRange(Tone.Decibels(rest / 0.354), -300, -70);
    }

    [Fact]
    public void Two_minutes_are_as_clean_as_one_second()
    {
        float[] output = Resample(Tone.Sine(7_000, 44_100, 120), 44_100);

        (double amplitude, double rest) = Tone.Measure(output.AsSpan(output.Length - 16_000), 7_000);

        Assert.Equal(120 * 16_000, output.Length);
        Assert.InRange(Tone.Decibels(rest / amplitude), -300, -70);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(999)]
    public void Blocks_of_any_size_give_the_same_samples(int block)
    {
        float[] input = Tone.Sine(440, 44_100, 0.2);

        Assert.Equal(Resample(input, 44_100), Resample(input, 44_100, block));
    }

    [Theory]
    [InlineData(44_100, 160, 441)]
    [InlineData(48_000, 1, 3)]
    [InlineData(8_000, 2, 1)]
    [InlineData(44_056, 2000, 5507)]
    public void Usual_rates_are_exact(int rate, int up, int down) => Assert.Equal((up, down), PolyphaseFilter.Ratio(16_000, rate));

    [Fact]
    public void Every_other_rate_is_met_within_a_two_thousandth()
    {
        for (int rate = StreamingResampler.LowestRate; rate <= StreamingResampler.HighestRate; rate += 7)
        {
            (int up, int down) = PolyphaseFilter.Ratio(16_000, rate);
            Assert.InRange((double)up / down * rate / 16_000, 1 - (1.0 / 2000), 1 + (1.0 / 2000));
        }
    }

    private static float[] Resample(float[] input, int rate, int block = 4096)
    {
        var resampler = new StreamingResampler(rate, 16_000);
        var output = new SampleBuffer();
        for (int start = 0; start < input.Length; start += block)
            resampler.Push(input.AsSpan(start, Math.Min(block, input.Length - start)), output);
        resampler.Finish(output);
        return output.ToClampedArray();
    }
}
