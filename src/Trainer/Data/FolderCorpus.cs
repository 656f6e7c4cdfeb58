using System;
using System.Collections.Generic;
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
    public static FolderCorpusResult Load(string folder, FrontEndSpec spec, InputSpec input, FolderOptions options, IProgress<FolderProgress>? progress = null) =>
        Read(folder, spec, input, options, progress).Finish();

    /// <summary>Decodes a folder's files, the first and longer half of loading it.</summary>
    internal static FolderReading Read(string folder, FrontEndSpec spec, InputSpec input, FolderOptions options, IProgress<FolderProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        FolderTree tree = FolderTree.Scan(folder, options.None);
        IReadOnlyList<FileSlices> decoded = tree.Errors.Count > 0 ? [] : new FolderDecoder(spec, input, options).DecodeAll(tree.Files, progress);
        return new FolderReading(tree, decoded, spec, input, options);
    }
}
