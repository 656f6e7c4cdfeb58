using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.Leaks;

namespace AdapterCompiler.Trainer.Data;

/// <summary>What can be judged only after decoding.</summary>
internal static class FolderChecks
{
    /// <summary>A class without a usable file cannot be learned (train) or measured (val, test).</summary>
    public static IEnumerable<FolderError> EmptyClasses(FolderTree tree, IReadOnlyList<FileSlices> decoded, NoneClasses none)
    {
        foreach (FolderTask task in tree.Tasks)
        {
            foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
            {
                foreach (string name in task.Classes.Where(name => name != none.Of(task.Name)))
                {
                    List<FileSlices> files = tree.Files.Zip(decoded)
                        .Where(pair => pair.First.Task == task.Name && pair.First.Split == split && pair.First.Class == name)
                        .Select(pair => pair.Second)
                        .ToList();
                    if (files.Any(file => file.Skip is null))
                        continue;
                    string path = Path.Combine(task.Path, FolderTree.FolderOf(split), name);
                    yield return new FolderError(path, $"class '{name}' has no usable recording here ({Found(files)}); add one of 25 ms or more, or remove the class from every split");
                }
            }
        }
    }

    /// <summary>The same recording in two splits, of one task or of two, whatever was done to it: the test would measure memory.</summary>
    /// <returns>Every leak, with what is to be said of it.</returns>
    public static IEnumerable<(Leak Leak, string Message)> SharedRecordings(FolderTree tree, IReadOnlyList<FileSlices> decoded, IProgress<FolderProgress>? progress)
    {
        PrintedFile[] files =
        [
            .. tree.Files.Zip(decoded).Where(pair => pair.Second.Skip is null)
                .Select(pair => new PrintedFile(pair.First.Path, pair.First.Split, pair.Second.Hash, pair.Second.Print!)),
        ];
        var search = new LeakSearch(path => AudioReader.Read(path) is AudioClip clip ? clip.Samples : null);
        return search.Find(files, progress).Select(leak => (
            leak,
            $"the same recording is in '{FolderTree.FolderOf(leak.First.Split)}' as {leak.First.Path}{(leak.IsCopy ? "" : ", trimmed, resampled or at another level")}; a recording belongs to one split, in all tasks: delete one of the two, or move it"
                + (leak.IsCopy ? "" : " (two recordings that merely sound the same, such as a hum: --allow-alike)")));
    }

    private static string Found(List<FileSlices> files)
    {
        if (files.Count == 0)
            return "the folder is empty";
        IEnumerable<string> kinds = files.GroupBy(file => file.Skip!.Value).OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Count()} {SkipReasons.Describe(group.Key)}"));
        return string.Join(", ", kinds);
    }
}
