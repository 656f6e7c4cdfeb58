using System.Linq;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

public sealed class SilenceTests
{
    [Fact]
    public void Minus_59_decibels_is_sound_and_minus_61_is_not()
    {
        // The root mean square of a sine is its amplitude less 3.01 dB.
        Assert.False(Silence.IsSilent(Tone.Sine(440, 16_000, 1, amplitude: 0.00142 * 1.122)));
        Assert.True(Silence.IsSilent(Tone.Sine(440, 16_000, 1, amplitude: 0.00141 / 1.122)));
    }

    [Fact]
    public void One_loud_moment_is_enough()
    {
        float[] samples = new float[15_600];
        Tone.Sine(440, 16_000, 0.025).CopyTo(samples, 8_000);
        Assert.False(Silence.IsSilent(samples));
    }

    [Fact]
    public void Zeros_and_a_constant_offset_are_silent()
    {
        Assert.True(Silence.IsSilent(new float[15_600]));
        Assert.True(Silence.IsSilent(Enumerable.Repeat(0.3f, 15_601).ToArray()));
        Assert.True(Silence.IsSilent([]));
    }
}
