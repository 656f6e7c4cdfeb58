using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>The same recording in two splits, whatever was done to it and whichever tasks they belong to; and what is alike without being the same.</summary>
public sealed class LeakTests : IDisposable
{
    private readonly RecordingFolder folder = RecordingFolder.Complete();

    public LeakTests()
    {
        foreach (string split in (string[])["train", "val", "test"])
        {
            folder.Tone($"words/{split}/yes/tone.wav");
            folder.Tone($"words/{split}/no/tone.wav");
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(8_000, 0, 1)]
    [InlineData(11_025, 0.1037, 1)]
    [InlineData(16_000, 0, 0.1)]
    [InlineData(16_000, 0.3333, 1)]
    [InlineData(22_050, 0.0049, 0.5)]
    [InlineData(44_100, 0.25, 2)]
    [InlineData(48_000, 0.4021, 0.2)]
    public void A_recording_at_another_rate_from_another_moment_at_another_level(int rate, double from, double level)
    {
        var word = new Utterance(7);
        string first = Write("pets/train/cat/word.wav", word.Record(16_000)), second = Write("words/test/yes/copy.wav", word.Record(rate, from, level: 0.4 * level), rate);
        Assert.Equal([second + ": error: the same recording is in 'train' as " + first + ", trimmed, resampled or at another level; a recording belongs to one split, in all tasks: delete one of the two, or move it (two recordings that merely sound the same, such as a hum: --allow-alike)"], Errors());
    }

    [Fact]
    public void A_piece_of_a_long_recording()
    {
        var story = new Utterance(8, count: 60);
        Write("pets/train/cat/story.wav", story.Record(16_000));
        string piece = Write("pets/test/cat/piece.wav", story.Record(44_100, from: 7.1234, seconds: 0.7, level: 0.2), 44_100);
        Assert.StartsWith(piece + ": error: the same recording is in 'train'", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_shorter_than_a_slice()
    {
        var word = new Utterance(9, count: 2);
        Write("pets/val/dog/short.wav", word.Record(16_000));
        string copy = Write("pets/train/dog/short.wav", word.Record(22_050, from: 0.0213), 22_050);
        Assert.Contains(Errors(), error => error.Contains(copy, StringComparison.Ordinal) && error.Contains("pets/val/dog/short.wav", StringComparison.Ordinal));
    }

    [Fact]
    public void A_steady_tone_at_another_rate_and_level()
    {
        string copy = Write("words/val/no/again.wav", [.. Enumerable.Range(0, 48_000).Select(i => 0.1f * MathF.Sin(i * (0.11f / 3)))], 48_000);
        Assert.StartsWith(copy + ": error: the same recording is in 'train'", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_in_another_split_of_another_task()
    {
        string copy = folder.At("words/test/no/copy.wav");
        File.Copy(folder.At("pets/train/dog/a.wav"), copy);
        Assert.Equal([copy + ": error: the same recording is in 'train' as " + folder.At("pets/train/dog/a.wav") + "; a recording belongs to one split, in all tasks: delete one of the two, or move it"], Errors());
    }

    [Fact]
    public void What_sounds_the_same_may_be_allowed_and_becomes_a_warning_a_copy_stays_an_error()
    {
        string alike = Write("words/val/no/again.wav", [.. Enumerable.Range(0, 48_000).Select(i => 0.1f * MathF.Sin(i * (0.11f / 3)))], 48_000), error = Assert.Single(Errors());
        FolderCorpusResult allowed = Load();
        Assert.True(allowed.Success);
        Assert.Equal(error, alike + ": error: " + Assert.Single(allowed.Warnings, warning => warning.Path == alike).Message);

        string copy = folder.At("words/test/no/copy.wav");
        File.Copy(folder.At("pets/train/dog/a.wav"), copy);
        Assert.Equal(copy, Assert.Single(Load().Errors).Path);

        FolderCorpusResult Load() => FolderCorpus.Load(folder.Root, FrontEnd.Default, FrontEnd.DefaultInput, FolderOptions.Default with { AllowsAlike = true });
    }

    [Fact]
    public void The_same_split_of_two_tasks_may_share_a_recording()
    {
        var word = new Utterance(7);
        Write("pets/train/cat/word.wav", word.Record(16_000));
        Write("words/train/yes/word.wav", word.Record(16_000));
        Write("words/train/yes/quiet.wav", word.Record(8_000, 0.1, level: 0.1), 8_000);
        Assert.Empty(Errors());
    }

    [Fact]
    public void Two_takes_two_speakers_two_words_and_two_tones_are_no_leak()
    {
        for (int take = 0; take < 6; take++)
        {
            string split = take % 3 == 0 ? "train" : take % 3 == 1 ? "val" : "test";
            Write($"words/{split}/yes/take{take}.wav", new Utterance(7, take: take).Record(16_000));
            Write($"words/{split}/yes/speaker{take}.wav", new Utterance(7, voice: 90 + (25 * take)).Record(16_000));
            Write($"words/{split}/no/word{take}.wav", new Utterance(20 + take).Record(16_000));
            Write($"pets/{split}/dog/noise{take}.wav", Noise(take));
            // A semitone apart.
            Write($"pets/{split}/cat/note{take}.wav", [.. Enumerable.Range(0, 16_000).Select(i => 0.3f * (float)Math.Sin(2 * Math.PI * 440 * Math.Pow(2, take / 12.0) * i / 16_000))]);
        }

        Assert.Empty(Errors());
    }

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 20_000).Select(_ => (0.2f * random.NextSingle()) - 0.1f)];
    }

    private string[] Errors() => [.. FolderCorpusTests.Load(folder).Errors.Select(error => error.ToString())];

    private string Write(string path, float[] samples, int rate = 16_000)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        WavWriter.Write(folder.At(path), samples, rate);
        return folder.At(path);
    }
}
