using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Data;

/// <summary>
/// Recordings in folders, <c>DIR/&lt;task&gt;/&lt;train|val|test&gt;/&lt;class&gt;/…</c>, as slices. A long file becomes several slices of its own split;
/// the order is ordinal by path, whatever the machine and however many threads decode.
/// </summary>
public static class FolderCorpus
{
    /// <summary>Loads a folder with the default spacing of slices.</summary>
    /// <param name="folder">DIR.</param>
    /// <param name="spec">The front end.</param>
    /// <param name="input">Shape of a slice.</param>
    /// <param name="progress">Told after every file, in no particular order; or null.</param>
    /// <returns>Tasks, and what was skipped; or errors. A user's mistake is never an exception.</returns>
    public static FolderCorpusResult Load(string folder, FrontEndSpec spec, InputSpec input, IProgress<FolderProgress>? progress = null) =>
        Load(folder, spec, input, FolderOptions.Default, progress);

    /// <summary>Loads a folder.</summary>
    public static FolderCorpusResult Load(string folder, FrontEndSpec spec, InputSpec input, FolderOptions options, IProgress<FolderProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        FolderTree tree = FolderTree.Scan(folder);
        if (tree.Errors.Count > 0)
            return FolderCorpusResult.Failed(tree.Errors, tree.Files.Count);

        var decoder = new FolderDecoder(spec, input, options);
        IReadOnlyList<FileSlices> decoded = decoder.DecodeAll(tree.Files, progress);
        var skipped = tree.Files.Zip(decoded)
            .Where(pair => pair.Second.Skip is not null)
            .Select(pair => new SkippedFile(pair.First.Path, pair.Second.Skip!.Value, pair.Second.Message))
            .ToList();
        List<FolderError> errors = [.. FolderChecks.EmptyClasses(tree, decoded), .. FolderChecks.SharedRecordings(tree, decoded)];
        IReadOnlyList<TaskData> tasks = errors.Count > 0 ? [] : tree.Tasks.Select(task => Assemble(task, tree.Files, decoded)).ToList();
        return new FolderCorpusResult(tasks, Counts(tree, decoded), skipped, errors, tree.Files.Count);
    }

    private static TaskData Assemble(FolderTask task, IReadOnlyList<FolderFile> files, IReadOnlyList<FileSlices> decoded)
    {
        SliceSet Set(FolderSplit split)
        {
            var codes = new List<byte[]>();
            var classes = new List<int>();
            for (int i = 0; i < files.Count; i++)
            {
                if (!files[i].Task.Equals(task.Name, StringComparison.Ordinal) || files[i].Split != split)
                    continue;
                codes.AddRange(decoded[i].Codes);
                classes.AddRange(Enumerable.Repeat(task.ClassIndex(files[i].Class), decoded[i].Codes.Count));
            }

            return new SliceSet(codes, classes);
        }

        return new TaskData(task.Name, task.Classes, Set(FolderSplit.Train), Set(FolderSplit.Validation), Set(FolderSplit.Test));
    }

    private static List<FolderCount> Counts(FolderTree tree, IReadOnlyList<FileSlices> decoded) => tree.Files.Zip(decoded)
        .GroupBy(pair => (pair.First.Task, pair.First.Split, pair.First.Class))
        .Select(group => new FolderCount(
            group.Key.Task,
            group.Key.Split,
            group.Key.Class,
            group.Count(pair => pair.Second.Skip is null),
            group.Sum(pair => pair.Second.Codes.Count),
            group.Sum(pair => pair.Second.Skip is null ? pair.Second.Seconds : 0)))
        .ToList();
}
