using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>What can be judged only after decoding.</summary>
internal static class FolderChecks
{
    /// <summary>A class without a usable file cannot be learned (train) or measured (val, test).</summary>
    public static IEnumerable<FolderError> EmptyClasses(FolderTree tree, IReadOnlyList<FileSlices> decoded)
    {
        foreach (FolderTask task in tree.Tasks)
        {
            foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
            {
                foreach (string name in task.Classes)
                {
                    List<FileSlices> files = tree.Files.Zip(decoded)
                        .Where(pair => pair.First.Task == task.Name && pair.First.Split == split && pair.First.Class == name)
                        .Select(pair => pair.Second)
                        .ToList();
                    if (files.Any(file => file.Skip is null))
                        continue;
                    string path = Path.Combine(task.Path, FolderTree.FolderOf(split), name);
                    yield return new FolderError(path, $"class '{name}' has no usable recording here ({Found(files)}); add one of 975 ms or more, or remove the class from every split");
                }
            }
        }
    }

    /// <summary>The same bytes in two splits of a task: the test would measure memory.</summary>
    public static IEnumerable<FolderError> SharedRecordings(FolderTree tree, IReadOnlyList<FileSlices> decoded) => tree.Files.Zip(decoded)
        .Where(pair => pair.Second.Skip is null)
        .GroupBy(pair => (pair.First.Task, pair.Second.Fingerprint))
        .Where(group => group.Select(pair => pair.First.Split).Distinct().Count() > 1)
        .Select(group =>
        {
            FolderFile first = group.First().First;
            FolderFile second = group.First(pair => pair.First.Split != first.Split).First;
            return new FolderError(second.Path, $"the same recording is in '{FolderTree.FolderOf(first.Split)}' as {first.Path}; a recording belongs to one split: delete one of the two");
        });

    private static string Found(List<FileSlices> files)
    {
        if (files.Count == 0)
            return "the folder is empty";
        IEnumerable<string> kinds = files.GroupBy(file => file.Skip!.Value).OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Count()} {SkipReasons.Describe(group.Key)}"));
        return string.Join(", ", kinds);
    }
}
