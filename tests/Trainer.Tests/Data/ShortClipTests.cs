using System;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

public sealed class ShortClipTests : IDisposable
{
    private const int Bands = 64;

    private readonly RecordingFolder folder = RecordingFolder.Complete();

    public ShortClipTests()
    {
        foreach (string split in (string[])["train", "val", "test"])
        {
            for (int i = 0; i < 8; i++)
                folder.Tone($"pets/{split}/dog/short{i}.wav", seconds: 0.3 + (0.05 * i));
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_are_slices_with_silence_around_them_in_the_middle_where_it_is_measured()
    {
        TaskData task = Load(seed: 1);
        foreach (SliceSet set in (SliceSet[])[task.Train, task.Validation, task.Test])
        {
            Assert.Equal(8 + 2, set.Count);
            for (int i = 2; i < set.Count; i++)
            {
                Margin margin = set.Margins![i];
                (int first, int last) = Sounding(set.Codes[i]);
                // A frame that holds a part of the clip sounds; the one beside it may hold too little.
                Assert.InRange(first - margin.Before, 0, 1);
                Assert.InRange(95 - last - margin.After, 0, 1);
                if (set != task.Train)
                    Assert.InRange(margin.Before - margin.After, -2, 2);
            }
        }

        Assert.True(task.Train.Margins!.Skip(2).Select(margin => margin.Before).Distinct().Count() > 3);
    }

    [Fact]
    public void Their_place_in_training_is_the_seeds_and_in_the_test_nobodys()
    {
        TaskData one = Load(seed: 1), again = Load(seed: 1), other = Load(seed: 2);
        Assert.Equal(one.Train.Codes, again.Train.Codes);
        Assert.Equal(one.Train.Margins, again.Train.Margins);
        Assert.NotEqual(one.Train.Margins, other.Train.Margins);
        Assert.Equal(one.Test.Codes, other.Test.Codes);
        Assert.Equal(one.Validation.Codes, other.Validation.Codes);
    }

    [Fact]
    public void The_codes_in_the_middle_are_those_of_the_clip_padded_by_hand()
    {
        TaskData task = Load(seed: 1);
        float[] clip = Assert.IsType<AudioClip>(AudioReader.Read(folder.At("pets/test/dog/short0.wav"))).Samples;
        float[] padded = new float[15_600];
        clip.CopyTo(padded, (15_600 - clip.Length) / 2);
        Assert.Equal(new LogMelFrontEnd().Codes(padded), task.Test.Codes[2]);
    }

    [Fact]
    public void Less_than_a_frame_is_too_short_and_a_corpus_of_short_words_loses_none()
    {
        WavWriter.Write(folder.At("pets/train/cat/click.wav"), new float[300]);
        FolderCorpusResult result = FolderCorpusTests.Load(folder);
        SkippedFile skipped = Assert.Single(result.Skipped);
        Assert.Equal((SkipReason.TooShort, "0.019 s, at least 0.025 s are needed"), (skipped.Reason, skipped.Message));
        Assert.Equal(6 + 24, result.Counts.Sum(count => count.Files));
    }

    [Fact]
    public void No_slice_of_long_recordings_has_a_margin()
    {
        using RecordingFolder others = RecordingFolder.Complete();
        Assert.Null(FolderCorpusTests.Load(others).Tasks[0].Train.Margins);
    }

    private TaskData Load(int seed) =>
        FolderCorpus.Load(folder.Root, FrontEnd.Default, FrontEnd.DefaultInput, FolderOptions.Default with { Seed = seed }).Tasks[0];

    private static (int First, int Last) Sounding(byte[] codes)
    {
        int[] frames = [.. Enumerable.Range(0, codes.Length / Bands).Where(frame => codes.AsSpan(frame * Bands, Bands).ContainsAnyExcept((byte)0))];
        return (frames[0], frames[^1]);
    }
}
