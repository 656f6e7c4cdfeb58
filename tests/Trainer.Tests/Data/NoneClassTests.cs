using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

public sealed class NoneClassTests : IDisposable
{
    private readonly RecordingFolder folder = RecordingFolder.Complete();

    public NoneClassTests()
    {
        foreach (string split in (string[])["train", "val", "test"])
        {
            for (int i = 0; i < 6; i++)
                folder.Tone($"words/{split}/hello/{i}.wav");
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A task of one word and whatever else there is.</summary>
    [Fact]
    public void It_is_fed_with_silence_noise_and_other_tasks_recordings_of_the_split()
    {
        FolderCorpusResult result = Load("words=other");
        Assert.True(result.Success, string.Join("\n", result.Errors));
        TaskData pets = result.Tasks[0], words = result.Tasks[1];
        Assert.Equal(["cat", "dog"], pets.Labels);
        Assert.Equal(["hello", "other"], words.Labels);
        foreach ((SliceSet own, SliceSet others) in (ReadOnlySpan<(SliceSet, SliceSet)>)[(words.Train, pets.Train), (words.Validation, pets.Validation), (words.Test, pets.Test)])
        {
            byte[][] made = [.. own.Codes.Where((_, i) => own.Classes[i] == 1)];
            Assert.Equal(6, made.Length);
            Assert.Equal(2, made.Count(codes => others.Codes.Any(other => other.AsSpan().SequenceEqual(codes))));
            // Two quieter than any noise.
            Assert.Equal(2, made.Count(codes => codes.Max() < 40));
        }

        Assert.Equal(
            [("words", "other", 0, 6), ("words", "other", 0, 6), ("words", "other", 0, 6)],
            result.Counts.Where(count => count.Class == "other").Select(count => (count.Task, count.Class, count.Files, count.Slices)));
    }

    [Fact]
    public void The_seed_decides_and_the_splits_share_nothing()
    {
        TaskData one = Load("words=other").Tasks[1], again = Load("words=other").Tasks[1], seeded = Load(2, "words=other").Tasks[1];
        Assert.Equal(one.Train.Codes, again.Train.Codes);
        Assert.NotEqual(one.Train.Codes, seeded.Train.Codes);
        string[] Texts(SliceSet set) => [.. set.Codes.Select(Convert.ToHexString)];
        Assert.Empty(Texts(one.Train).Intersect(Texts(one.Test)));
        Assert.Empty(Texts(one.Train).Intersect(Texts(one.Validation)));
    }

    [Fact]
    public void A_recording_that_the_task_has_itself_is_no_piece()
    {
        foreach (string split in (string[])["train", "val", "test"])
        {
            File.Delete(folder.At($"pets/{split}/cat/a.wav"));
            File.Copy(folder.At($"words/{split}/hello/0.wav"), folder.At($"pets/{split}/cat/a.wav"));
        }

        FolderCorpusResult result = Load("words=other");
        Assert.True(result.Success, string.Join("\n", result.Errors));
        TaskData words = result.Tasks[1];
        byte[] hello = words.Train.Codes[0];
        Assert.Single(words.Train.Codes, codes => codes.AsSpan().SequenceEqual(hello));
    }

    [Fact]
    public void Recordings_of_that_class_are_kept_beside_what_is_made()
    {
        foreach (string split in (string[])["train", "val", "test"])
            folder.Tone($"words/{split}/other/fan.wav");
        FolderCorpusResult result = Load("other");
        Assert.Equal([7, 7, 7], Enum.GetValues<FolderSplit>().Select(split => result.Counts.Where(count => count is { Task: "words", Class: "other" } && count.Split == split).Sum(count => count.Slices)));
        Assert.Equal(["cat", "dog", "other"], result.Tasks[0].Labels);
    }

    [Fact]
    public void A_task_that_is_not_there_is_named()
    {
        FolderCorpusResult result = Load("birds=other");
        Assert.Contains(result.Errors, error => error.Message == "--none names the task 'birds', which is not here; the tasks are 'pets', 'words'");
    }

    [Theory]
    [InlineData("", "--none is ''; write the class's name")]
    [InlineData("=other", "--none is '=other'; write the class's name")]
    [InlineData("words= other", "--none is 'words= other'; write the class's name")]
    [InlineData("a|b", "--none is given twice for every task")]
    [InlineData("words=a|words=b", "--none is given twice for task 'words'")]
    [InlineData("words=a|b", null)]
    public void What_is_no_name_is_said(string texts, string? expected)
    {
        NoneClasses none = NoneClasses.Parse(texts.Split('|'), out string? problem);
        if (expected is null)
        {
            Assert.Null(problem);
            Assert.Equal(("a", "b"), (none.Of("words"), none.Of("pets")));
        }
        else
        {
            Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        }
    }

    private FolderCorpusResult Load(params string[] none) => Load(1, none);

    private FolderCorpusResult Load(int seed, params string[] none)
    {
        NoneClasses classes = NoneClasses.Parse(none, out string? problem);
        Assert.Null(problem);
        return FolderCorpus.Load(folder.Root, FrontEnd.Default, FrontEnd.DefaultInput, FolderOptions.Default with { Seed = seed, None = classes });
    }
}
