using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Training;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Training;

[Collection(TorchTests.Name)]
public sealed class AugmentationTests
{
    [Fact]
    public void Silence_stays_silence_and_sound_stays_in_range()
    {
        byte[] codes = [.. TinyTasks.RandomCodes(1).Select((code, i) => i % 16 < 8 ? (byte)0 : code)];
        var result = new float[codes.Length];
        for (int sample = 0; sample < 50; sample++)
        {
            Augmentation.Apply(codes, TinyTasks.Input, new SeededRandom(1, sample), result);
            Assert.All(result, (code, i) => Assert.InRange(code, 0, i % 16 < 8 ? 0 : 127));
        }
    }

    [Fact]
    public void The_level_changes_as_a_whole()
    {
        byte[] codes = [.. Enumerable.Repeat((byte)60, 256)];
        var result = new float[codes.Length];
        double[] means = [.. Enumerable.Range(0, 50).Select(sample =>
        {
            Augmentation.Apply(codes, TinyTasks.Input, new SeededRandom(1, sample), result);
            return result.Average();
        })];
        Assert.True(means.Max() - means.Min() > Augmentation.Gain, $"{means.Min()} {means.Max()}");
        Assert.All(means, mean => Assert.InRange(Math.Abs(mean - 60), 0, Augmentation.Gain + Augmentation.Noise));
    }

    [Fact]
    public void Masks_hide_whole_bands_and_frames_behind_the_mean_and_nothing_else()
    {
        // No code is the mean: nothing but a mask makes one.
        InputSpec input = TinyTasks.Input;
        float[] codes = [.. Enumerable.Range(0, 256).Select(i => (float)(i + (i < 128 ? 0 : 1000)))];
        float mean = MathF.Round(codes.Average());
        Assert.DoesNotContain(mean, codes);
        int bands = 0, frames = 0, untouched = 0;
        for (int sample = 0; sample < 400; sample++)
        {
            float[] result = [.. codes];
            Augmentation.Mask(input, new SeededRandom(1, sample), result);
            bool[] band = [.. Enumerable.Range(0, 16).Select(b => Enumerable.Range(0, 16).All(f => result[(f * 16) + b] == mean))];
            bool[] frame = [.. Enumerable.Range(0, 16).Select(f => Enumerable.Range(0, 16).All(b => result[(f * 16) + b] == mean))];
            Assert.All(result, (code, i) => Assert.Equal(band[i % 16] || frame[i / 16] ? mean : codes[i], code));
            Assert.InRange(band.Count(hidden => hidden), 0, Augmentation.Masks * (16 / Augmentation.MaskShare));
            Assert.InRange(frame.Count(hidden => hidden), 0, Augmentation.Masks * (16 / Augmentation.MaskShare));
            bands += band.Count(hidden => hidden);
            frames += frame.Count(hidden => hidden);
            untouched += result.SequenceEqual(codes) ? 1 : 0;
        }

        // Two masks of 0, 1 or 2 each, now and then on each other.
        Assert.InRange(bands / 400.0, 1.6, 2.0);
        Assert.InRange(frames / 400.0, 1.6, 2.0);
        Assert.InRange(untouched, 1, 20);
    }

    [Fact]
    public void A_batch_is_masked_where_that_is_asked_for_and_the_same_again()
    {
        var tasks = TinyTasks.Make(slices: 24);
        TrainingOptions plain = TinyTasks.Options(6), masked = plain with { Masks = true };
        float[] Codes(TrainingOptions options) => new BatchSource(tasks, TinyTasks.Input, options).Next(2).Codes.data<float>().ToArray();
        Assert.Equal(Codes(masked), Codes(masked));
        Assert.NotEqual(Codes(plain), Codes(masked));
        Assert.NotEqual(Codes(masked), Codes(masked with { Seed = 6 }));
    }

    [Fact]
    public void Batches_hold_equal_contiguous_slices_and_every_sample_once_a_round()
    {
        var tasks = TinyTasks.Make(slices: 24);
        var source = new BatchSource(tasks, TinyTasks.Input, TinyTasks.Options(6));
        Assert.Equal([(0, 0L, 8L), (1, 8L, 8L)], source.Slices.Select(s => (s.Task, s.Start, s.Length)));
        float[][] seen = [.. Enumerable.Range(0, 3).SelectMany(step => source.Next(step).Codes.narrow(0, 0, 8).flatten(1).data<float>().ToArray().Chunk(256))];
        string[] expected = [.. tasks[0].Train.Codes.Select(c => string.Join(' ', c)).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, seen.Select(c => string.Join(' ', c)).Order(StringComparer.Ordinal));
    }
}
