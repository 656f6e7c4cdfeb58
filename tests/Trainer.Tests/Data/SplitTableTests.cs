using System;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Reporting;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

public sealed class SplitTableTests
{
    [Fact]
    public void Files_slices_and_seconds_of_every_class_in_every_split()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        folder.Tone("pets/train/cat/long.wav", seconds: 3);
        folder.Tone("pets/train/dog/short.wav", seconds: 0.5);
        folder.Bytes("pets/test/dog/broken.wav", [1, 2, 3]);

        Assert.Equal(
            """
            pets  train files  slices  seconds  val files  slices  seconds  test files  slices  seconds
            cat             2       6      4.0          1       1      1.0           1       1      1.0
            dog             2       2      1.5          1       1      1.0           1       1      1.0

            """.ReplaceLineEndings("\n"),
            string.Join('\n', SplitTable.Lines(FolderCorpusTests.Load(folder))));
    }

    [Fact]
    public void Of_very_many_classes_the_rarest_are_listed()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"class-{i:00}"))];
        var set = new SliceSet([], []);
        FolderCount[] counts = [.. names.Select((name, i) => new FolderCount("pets", FolderSplit.Train, name, 1, 200 - i, 1))];
        var result = new FolderCorpusResult([new TaskData("pets", names, set, set, set)], counts, [], [], 100);
        string[] lines = [.. SplitTable.Lines(result)];
        Assert.Equal(1 + 40 + 1 + 1, lines.Length);
        Assert.StartsWith("class-60 ", lines[1], StringComparison.Ordinal);
        Assert.Equal("… and 60 classes with more training slices than these", lines[^2]);
    }

    [Fact]
    public void What_is_wrong_with_a_file_that_is_used_reaches_the_user()
    {
        using RecordingFolder folder = RecordingFolder.Complete();
        string path = folder.At("pets/train/cat/a.wav");
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        System.IO.File.WriteAllBytes(path, bytes[..^1_000]);

        FolderCorpusResult result = FolderCorpusTests.Load(folder);

        FileWarning warning = Assert.Single(result.Warnings);
        Assert.Equal((path, "it breaks off after 0.97 s: its header promises 1000 bytes more"), (warning.Path, warning.Message));
        string list = folder.At("lists/warnings.txt");
        result.WriteWarnings(list);
        Assert.Equal($"{path}\t{warning.Message}\n", System.IO.File.ReadAllText(list));
    }
}
