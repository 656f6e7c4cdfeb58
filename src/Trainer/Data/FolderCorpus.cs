using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;

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
        FolderTree tree = FolderTree.Scan(folder, options.None);
        if (tree.Errors.Count > 0)
            return FolderCorpusResult.Failed(tree.Errors, tree.Files.Count);

        var decoder = new FolderDecoder(spec, input, options);
        IReadOnlyList<FileSlices> decoded = decoder.DecodeAll(tree.Files, progress);
        var skipped = tree.Files.Zip(decoded)
            .Where(pair => pair.Second.Skip is not null)
            .Select(pair => new SkippedFile(pair.First.Path, pair.Second.Skip!.Value, pair.Second.Message))
            .ToList();
        var warnings = tree.Files.Zip(decoded)
            .Where(pair => pair.Second.Skip is null && pair.Second.Message.Length > 0)
            .Select(pair => new FileWarning(pair.First.Path, pair.Second.Message))
            .ToList();
        List<FolderError> errors = [.. FolderChecks.EmptyClasses(tree, decoded, options.None), .. FolderChecks.SharedRecordings(tree, decoded)];
        if (errors.Count > 0)
            return new FolderCorpusResult([], Counts(tree, decoded), skipped, errors, tree.Files.Count) { Warnings = warnings };
        var assembly = new FolderAssembly(tree, decoded, options, new LogMelFrontEnd(spec, input));
        return new FolderCorpusResult(assembly.Tasks(), [.. Counts(tree, decoded), .. assembly.Made], skipped, errors, tree.Files.Count) { Warnings = warnings };
    }

    private static List<FolderCount> Counts(FolderTree tree, IReadOnlyList<FileSlices> decoded) => tree.Files.Zip(decoded)
        .GroupBy(pair => (pair.First.Task, pair.First.Split, pair.First.Class))
        .Select(group => new FolderCount(
            group.Key.Task,
            group.Key.Split,
            group.Key.Class,
            group.Count(pair => pair.Second.Skip is null),
            group.Sum(pair => pair.Second.Slices.Count),
            group.Sum(pair => pair.Second.Skip is null ? pair.Second.Seconds : 0)))
        .ToList();
}
