using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data;

/// <summary>A folder whose files are decoded, and not yet compared with each other.</summary>
internal sealed class FolderReading(FolderTree tree, IReadOnlyList<FileSlices> decoded, FrontEndSpec spec, InputSpec input, FolderOptions options)
{
    /// <summary>Compares the recordings and puts them together to tasks.</summary>
    /// <param name="progress">Told after every file that was compared, or null.</param>
    public FolderCorpusResult Finish(IProgress<FolderProgress>? progress = null)
    {
        if (tree.Errors.Count > 0)
            return FolderCorpusResult.Failed(tree.Errors, tree.Files.Count);
        var leaks = FolderChecks.SharedRecordings(tree, decoded, progress).ToLookup(each => options.AllowsAlike && !each.Leak.IsCopy, each => (each.Leak.Second.Path, each.Message));
        List<FolderError> errors = [.. FolderChecks.EmptyClasses(tree, decoded, options.None), .. leaks[false].Select(leak => new FolderError(leak.Path, leak.Message))];
        FolderAssembly? assembly = errors.Count > 0 ? null : new FolderAssembly(tree, decoded, options, SoundFrontEnd.For(spec, input));
        IReadOnlyList<TaskData> tasks = assembly?.Tasks() ?? [];
        return new FolderCorpusResult(tasks, [.. Counts(), .. assembly?.Made ?? []], [.. Skipped()], errors, tree.Files.Count) { Warnings = [.. Warnings().Concat(leaks[true].Select(leak => new FileWarning(leak.Path, leak.Message))).OrderBy(warning => warning.Path, StringComparer.Ordinal)] };
    }

    private IEnumerable<SkippedFile> Skipped() => tree.Files.Zip(decoded)
        .Where(pair => pair.Second.Skip is not null)
        .Select(pair => new SkippedFile(pair.First.Path, pair.Second.Skip!.Value, pair.Second.Message));

    private IEnumerable<FileWarning> Warnings() => tree.Files.Zip(decoded)
        .Where(pair => pair.Second.Skip is null && pair.Second.Message.Length > 0)
        .Select(pair => new FileWarning(pair.First.Path, pair.Second.Message));

    private IEnumerable<FolderCount> Counts() => tree.Files.Zip(decoded)
        .GroupBy(pair => (pair.First.Task, pair.First.Split, pair.First.Class))
        .Select(group => new FolderCount(
            group.Key.Task,
            group.Key.Split,
            group.Key.Class,
            group.Count(pair => pair.Second.Skip is null),
            group.Sum(pair => pair.Second.Slices.Count),
            group.Sum(pair => pair.Second.Skip is null ? pair.Second.Seconds : 0)));
}
