using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

public sealed class FolderCorpusTests
{
    [Fact]
    public void Files_become_slices_of_their_split_in_ordinal_order()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        folder.Tone("pets/train/cat/long.wav", seconds: 3);
        folder.Tone("pets/train/cat/B.wav");
        folder.Tone("pets/train/dog/deeper/c.wav");
        folder.Tone("pets/test/dog/long.wav", seconds: 3);
        folder.G722("pets/val/dog/b.g722", 1);

        FolderCorpusResult result = Load(folder);

        Assert.True(result.Success);
        TaskData task = Assert.Single(result.Tasks);
        Assert.Equal("pets", task.Name);
        Assert.Equal(["cat", "dog"], task.Labels);

        // 3 s, a slice every 480 ms for training, side by side for the test.
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 1], task.Train.Classes);
        Assert.Equal([0, 1, 1], task.Validation.Classes);
        Assert.Equal([0, 1, 1, 1, 1], task.Test.Classes);
        Assert.All(task.Train.Codes, codes => Assert.Equal(96 * 64, codes.Length));
        byte[] first = new LogMelFrontEnd().Codes(Samples(folder.At("pets/train/cat/B.wav")).AsSpan(0, 15_600));
        Assert.Equal(first, task.Train.Codes[0]);
        Assert.Null(result.SkippedSummary);
        Assert.Equal(new FolderCount("pets", FolderSplit.Train, "cat", 3, 7, 5), result.Counts[0]);
    }

    [Fact]
    public void Loading_twice_gives_the_same_codes()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        for (int i = 0; i < 20; i++)
            folder.Tone($"pets/train/cat/{i}.wav", 1 + (i * 0.1));

        TaskData first = Load(folder).Tasks[0];
        TaskData second = Load(folder).Tasks[0];

        Assert.Equal(first.Train.Codes, second.Train.Codes);
        Assert.Equal(first.Train.Classes, second.Train.Classes);
    }

    [Fact]
    public void Every_reason_to_skip_is_named_and_counted()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        folder.Bytes("pets/train/cat/1-empty.wav", []);
        folder.Bytes("pets/train/cat/2-text.wav", "no sound at all"u8.ToArray());
        folder.Bytes("pets/train/cat/3-broken.ogg", [.. "OggS"u8, .. new byte[20], .. "\u0001vorbis"u8, .. new byte[90]]);
        folder.Bytes("pets/train/cat/4-adpcm.wav", Adpcm(folder));
        folder.Tone("pets/train/cat/5-short.wav", seconds: 0.02);
        folder.Tone("pets/train/cat/6-silent.wav", seconds: 2, amplitude: 0.0005f);
        folder.Bytes("pets/train/cat/.hidden", [1, 2, 3]);

        FolderCorpusResult result = Load(folder);

        Assert.True(result.Success);
        Assert.Equal(
            [SkipReason.Empty, SkipReason.NotAudio, SkipReason.Broken, SkipReason.Unsupported, SkipReason.TooShort, SkipReason.Silent],
            result.Skipped.Select(file => file.Reason));
        Assert.Equal("skipped 6 of 12 files (1 empty, 1 not audio, 1 broken, 1 of an unsupported kind, 1 too short, 1 silent)", result.SkippedSummary);
        string list = folder.At("lists/skipped.txt");
        result.WriteSkipped(list);
        string[] lines = File.ReadAllLines(list);
        Assert.Equal(6, lines.Length);
        Assert.Equal([folder.At("pets/train/cat/5-short.wav"), "too short", "0.020 s, at least 0.025 s are needed"], lines[4].Split('\t'));
    }

    [Fact]
    public void A_silent_stretch_of_a_file_gives_no_slice()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        float[] samples = new float[16_000 * 4];
        Samples(folder.At("pets/test/cat/a.wav")).CopyTo(samples, 0);
        WavWriter.Write(folder.At("pets/test/cat/b.wav"), samples);

        TaskData task = Load(folder).Tasks[0];

        // Of four slices the first is loud and the second still begins with 40 ms of it.
        Assert.Equal([0, 0, 0, 1], task.Test.Classes);
    }

    [Fact]
    public void Progress_counts_every_file_once()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        var seen = new System.Collections.Concurrent.ConcurrentBag<FolderProgress>();

        FolderCorpus.Load(folder.Root, FrontEnd.Default, FrontEnd.DefaultInput, new Collector(seen));

        Assert.Equal(Enumerable.Range(1, 6), seen.Select(step => step.Done).Order());
        Assert.All(seen, step => Assert.Equal(6, step.Total));
    }

    internal static FolderCorpusResult Load(RecordingFolder folder) => FolderCorpus.Load(folder.Root, FrontEnd.Default, FrontEnd.DefaultInput);

    private static float[] Samples(string path) => Assert.IsType<AudioClip>(AudioReader.Read(path)).Samples;

    private static byte[] Adpcm(RecordingFolder folder)
    {
        byte[] bytes = File.ReadAllBytes(folder.At("pets/train/cat/a.wav"));
        bytes[20] = 0x11;
        return bytes;
    }

    private sealed class Collector(System.Collections.Concurrent.ConcurrentBag<FolderProgress> seen) : IProgress<FolderProgress>
    {
        public void Report(FolderProgress value) => seen.Add(value);
    }
}
