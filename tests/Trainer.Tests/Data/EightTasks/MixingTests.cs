using System;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Data.EightTasks;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data.EightTasks;

public sealed class MixingTests
{
    private static SliceRandom Random(int index = 0) => new(1, 2, BuiltInSplit.Train, index);

    [Fact]
    public void Sounds_are_as_loud_as_asked_whatever_they_were()
    {
        foreach (float factor in (float[])[0.01f, 1, 7])
        {
            float[] slice = new float[Mixing.SliceLength];
            Mixing.AddAt(slice, [.. Mixing.Pink(Random()).Select(sample => factor * sample)], 0, -20);
            Assert.Equal(-20, 20 * Math.Log10(Mixing.Level(slice)), 1);
        }
    }

    [Fact]
    public void What_would_clip_is_turned_down()
    {
        float[] slice = Mixing.Finished(Mixing.Pink(Random()), 3);
        Assert.Equal(0.99f, slice.Max(Math.Abs), 3);
    }

    [Fact]
    public void Silence_at_both_ends_goes_and_what_sounds_stays()
    {
        float[] samples = new float[16_000];
        for (int i = 5_000; i < 9_000; i++)
            samples[i] = MathF.Sin(i * 0.2f);
        Assert.InRange(Mixing.Trimmed(samples).Length, 4_000, 4_400);
        Assert.Equal(4_000, Mixing.Trimmed(samples[5_000..9_000]).Length);
    }

    [Theory]
    [InlineData(100, 4, 1)]
    [InlineData(15_600, 4, 1)]
    [InlineData(31_199, 4, 1)]
    [InlineData(31_200, 4, 2)]
    [InlineData(156_000, 4, 4)]
    public void Recordings_are_cut_side_by_side(int length, int most, int slices)
    {
        float[] samples = [.. Enumerable.Range(1, length).Select(i => (float)i)];
        float[][] cut = [.. Cutting.Slices(samples, most, Random())];
        Assert.Equal(slices, cut.Length);
        Assert.All(cut, slice => Assert.Equal(Mixing.SliceLength, slice.Length));

        // No sample twice.
        float[] sounding = [.. cut.SelectMany(slice => slice).Where(sample => sample != 0)];
        Assert.Equal(sounding.Length, sounding.Distinct().Count());
        Assert.Equal(Math.Min(length, slices * Mixing.SliceLength), sounding.Length);
    }

    [Fact]
    public void A_short_bed_goes_round_and_an_event_sounds()
    {
        float[] bed = Mixing.Bed([1, 2, 3], Random());
        Assert.All(Enumerable.Range(3, 100), i => Assert.Equal(bed[i - 3], bed[i]));
        float[] samples = new float[100_000];
        for (int i = 60_000; i < 80_000; i++)
            samples[i] = MathF.Sin(i * 0.2f);
        Assert.All(Enumerable.Range(0, 20), i => Assert.True(Mixing.Level(Mixing.Event(samples, Random(i), 8_000)) > 0.1f));
    }
}
