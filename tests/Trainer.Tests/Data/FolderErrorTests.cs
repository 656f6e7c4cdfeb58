using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

public sealed class FolderErrorTests
{
    [Fact]
    public void No_such_folder() => Says(FolderCorpus.Load("/nowhere/at/all", FrontEnd.Default, FrontEnd.DefaultInput), "/nowhere/at/all", "no such folder");

    [Fact]
    public void A_file_in_place_of_the_folder()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        string file = folder.At("pets/train/cat/a.wav");
        Says(FolderCorpus.Load(file, FrontEnd.Default, FrontEnd.DefaultInput), file, "this is a file");
    }

    [Fact]
    public void No_task()
    {
        using var folder = new RecordingFolder();
        Says(FolderCorpusTests.Load(folder), folder.Root, "DIR/<task>/<train|val|test>/<class>/*.wav");
    }

    [Fact]
    public void One_task_s_folder_in_place_of_the_corpus()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        Says(FolderCorpus.Load(folder.At("pets"), FrontEnd.Default, FrontEnd.DefaultInput), folder.At("pets"), "give the folder above it");
    }

    [Theory]
    [InlineData("Bird Song", "'bird-song'")]
    [InlineData("2nd", "rename the folder")]
    [InlineData("größe", "'gr-e'")]
    public void A_name_that_cannot_be_a_task_s(string name, string remedy)
    {
        using RecordingFolder folder = RecordingFolder.Complete(name);
        Says(FolderCorpusTests.Load(folder), folder.At(name), remedy);
    }

    [Fact]
    public void Two_tasks_that_are_one_name_in_csharp()
    {
        using RecordingFolder folder = RecordingFolder.Complete("a-1");
        folder.Tone("a1/train/cat/a.wav");
        Says(FolderCorpusTests.Load(folder), folder.Root, "'a-1', 'a1' would both be called A1");
    }

    [Theory]
    [InlineData(" cat")]
    [InlineData("cat\u202e")]
    [InlineData("cat\t2")]
    public void A_name_that_cannot_be_a_class_s(string name)
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        foreach (string split in (string[])["train", "val", "test"])
            folder.Tone($"pets/{split}/{name}/a.wav");
        Says(FolderCorpusTests.Load(folder), folder.At("pets"), "cannot be a class's name");
    }

    [Fact]
    public void A_missing_split()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        Directory.Delete(folder.At("pets/val"), recursive: true);
        Says(FolderCorpusTests.Load(folder), folder.At("pets"), "the split 'val' is missing");
    }

    [Fact]
    public void Of_one_split_the_others_do_not_matter()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        string background = folder.Tone("pets/val/background/a.wav");
        Directory.Delete(folder.At("pets/test"), recursive: true);
        FolderTree tree = FolderTree.ScanSplit(folder.Root, "val");
        Assert.Empty(tree.Errors);
        Assert.Equal([background, folder.At("pets/val/cat/a.wav"), folder.At("pets/val/dog/a.wav")], tree.Files.Select(file => file.Path.Replace('\\', '/')));
        Assert.Contains("'val', with --split", Assert.Single(FolderTree.ScanSplit(folder.Root, "test").Errors).Message, StringComparison.Ordinal);
        Assert.Single(FolderTree.Scan(folder.Root, NoneClasses.Empty).Errors);
        Directory.Delete(folder.At("pets/val/cat"), recursive: true);
        Directory.Delete(folder.At("pets/val/dog"), recursive: true);
        Assert.Contains("DIR/<task>/val/<class>/*.wav", Assert.Single(FolderTree.ScanSplit(folder.Root, "val").Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_split()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        folder.Tone("pets/validation/cat/a.wav");
        Says(FolderCorpusTests.Load(folder), folder.At("pets"), "'validation', which is no split");
    }

    [Fact]
    public void A_class_that_one_split_lacks()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        folder.Tone("pets/train/emu/a.wav");
        FolderCorpusResult result = FolderCorpusTests.Load(folder);
        Says(result, folder.At("pets/val"), "the class 'emu' is missing here");
        Says(result, folder.At("pets/test"), "the same classes: 'cat', 'dog', 'emu'");
    }

    [Fact]
    public void A_single_class()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        foreach (string split in (string[])["train", "val", "test"])
            Directory.Delete(folder.At($"pets/{split}/dog"), recursive: true);
        Says(FolderCorpusTests.Load(folder), folder.At("pets"), "two classes or more; found 'cat'");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("val")]
    [InlineData("test")]
    public void A_class_without_a_usable_file(string split)
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        folder.Bytes($"pets/{split}/dog/a.wav", []);
        FolderCorpusResult result = FolderCorpusTests.Load(folder);
        Says(result, folder.At($"pets/{split}/dog"), "class 'dog' has no usable recording here (1 empty)");
        Assert.Single(result.Skipped);
    }

    [Fact]
    public void A_class_with_an_empty_folder()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        File.Delete(folder.At("pets/train/dog/a.wav"));
        Says(FolderCorpusTests.Load(folder), folder.At("pets/train/dog"), "the folder is empty");
    }

    [Fact]
    public void The_same_recording_in_two_splits()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        File.Copy(folder.At("pets/train/dog/a.wav"), folder.At("pets/test/dog/copy.wav"));
        Says(FolderCorpusTests.Load(folder), folder.At("pets/test/dog/copy.wav"), "the same recording is in 'train' as " + folder.At("pets/train/dog/a.wav"));
    }

    private static void Says(FolderCorpusResult result, string path, string text)
    {
        Assert.False(result.Success);
        Assert.Empty(result.Tasks);
        Assert.Contains(result.Errors, error => error.Path == path && error.Message.Contains(text, StringComparison.Ordinal));
        Assert.All(result.Errors.Select(error => error.ToString()), line => Assert.DoesNotContain('\n', line));
    }
}
