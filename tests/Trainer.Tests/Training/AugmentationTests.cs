using System;
using System.Linq;
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
