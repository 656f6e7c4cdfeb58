using System;
using System.Linq;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

public sealed class SameTakeTests
{
    private const int Reach = 400;

    [Theory]
    [InlineData(0.05f, 0)]
    [InlineData(-1f, 0)]
    [InlineData(1f, 137)]
    [InlineData(0.3f, -390)]
    public void A_copy_at_another_level_and_place_fits(float level, int shift)
    {
        float[] sound = Voice(1);
        float[] copy = [.. Enumerable.Range(0, sound.Length).Select(i => i + shift >= 0 && i + shift < sound.Length ? level * sound[i + shift] : 0)];
        Assert.InRange(SameTake.Likeness(sound, copy, Reach), 0.98, 1.0001);
    }

    [Fact]
    public void Other_sounds_do_not()
    {
        Assert.InRange(SameTake.Likeness(Voice(1), Voice(2), Reach), 0, 0.5);
        Assert.InRange(SameTake.Likeness(Tone.Sine(440, 16_000, 1), Tone.Sine(450, 16_000, 1), Reach), 0, 0.3);
        Assert.Equal(0, SameTake.Likeness(Voice(1), new float[8_000], Reach));
        Assert.Equal(0, SameTake.Likeness([], Voice(1), Reach));
    }

    // Two seconds of a pitch that wanders, with harmonics: two seeds are two takes.
    private static float[] Voice(int seed)
    {
        var random = new Random(seed);
        float[] samples = new float[32_000];
        double phase = 0, pitch = 120, level = 0.3;
        for (int i = 0; i < samples.Length; i++)
        {
            pitch += random.NextDouble() - 0.5 - ((pitch - 120) * 0.001);
            level = Math.Clamp(level + ((random.NextDouble() - 0.5) * 0.01), 0.05, 0.5);
            phase += 2 * Math.PI * pitch / 16_000;
            samples[i] = (float)(level * (Math.Sin(phase) + (0.5 * Math.Sin(2 * phase)) + (0.3 * Math.Sin(5 * phase))) / 2);
        }

        return samples;
    }
}
