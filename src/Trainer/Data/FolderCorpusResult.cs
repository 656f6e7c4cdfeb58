using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>What came of loading a folder. With <see cref="Errors"/> there are no tasks.</summary>
/// <param name="Tasks">Ordinal order of names.</param>
/// <param name="Counts">Files, slices and seconds used, per task, split and class.</param>
/// <param name="Skipped">Files left out, in path order.</param>
/// <param name="Errors">What must be put right before training.</param>
/// <param name="FileCount">Files found, used or not.</param>
public sealed record FolderCorpusResult(
    IReadOnlyList<TaskData> Tasks,
    IReadOnlyList<FolderCount> Counts,
    IReadOnlyList<SkippedFile> Skipped,
    IReadOnlyList<FolderError> Errors,
    int FileCount)
{
    /// <summary>True when there is something to train on.</summary>
    public bool Success => Errors.Count == 0;

    /// <summary>Files that are used although something is wrong with them, in path order.</summary>
    public IReadOnlyList<FileWarning> Warnings { get; init; } = [];

    /// <summary>One line such as <c>skipped 3 of 812 files (2 empty, 1 not audio)</c>, or null when nothing was skipped.</summary>
    public string? SkippedSummary
    {
        get
        {
            if (Skipped.Count == 0)
                return null;
            IEnumerable<string> kinds = Skipped
                .GroupBy(file => file.Reason)
                .OrderBy(group => group.Key)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {SkipReasons.Describe(group.Key)}"));
            return string.Create(CultureInfo.InvariantCulture, $"skipped {Skipped.Count:N0} of {FileCount:N0} files ({string.Join(", ", kinds)})");
        }
    }

    /// <summary>Writes the skipped files, one a line: path, tab, reason, tab, detail.</summary>
    public void WriteSkipped(string path) => WriteLines(path, Skipped.Select(file => file.Path + "\t" + SkipReasons.Describe(file.Reason) + "\t" + file.Message));

    /// <summary>Writes the warnings, one a line: path, tab, message.</summary>
    public void WriteWarnings(string path) => WriteLines(path, Warnings.Select(file => file.Path + "\t" + file.Message));

    private static void WriteLines(string path, IEnumerable<string> lines)
    {
        string? parent = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(parent))
            Directory.CreateDirectory(parent);
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
    }

    internal static FolderCorpusResult Failed(IReadOnlyList<FolderError> errors, int fileCount) => new([], [], [], errors, fileCount);
}

/// <summary>Used files of one class in one split.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Split">Split.</param>
/// <param name="Class">Class name.</param>
/// <param name="Files">Files with at least one slice; 0 for what was made.</param>
/// <param name="Slices">Slices.</param>
/// <param name="Seconds">Length of those files.</param>
public sealed record FolderCount(string Task, FolderSplit Split, string Class, int Files, int Slices, double Seconds);

/// <summary>A mistake in the folder's layout or content.</summary>
/// <param name="Path">The file or folder it is about.</param>
/// <param name="Message">What was found, what is allowed, what to do.</param>
public sealed record FolderError(string Path, string Message)
{
    /// <summary>One line for the terminal.</summary>
    public override string ToString() => $"{Path}: error: {Message}";
}

/// <summary>A file left out.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Kind of trouble.</param>
/// <param name="Message">Detail.</param>
public sealed record SkippedFile(string Path, SkipReason Reason, string Message);

/// <summary>A file that is used although its header contradicts itself, or it breaks off.</summary>
/// <param name="Path">The file.</param>
/// <param name="Message">What is wrong, and how it was read.</param>
public sealed record FileWarning(string Path, string Message);

/// <summary>Files done, of all.</summary>
public sealed record FolderProgress(int Done, int Total);

/// <summary>The three splits.</summary>
public enum FolderSplit
{
    /// <summary>Folder <c>train</c>.</summary>
    Train,

    /// <summary>Folder <c>val</c>.</summary>
    Validation,

    /// <summary>Folder <c>test</c>.</summary>
    Test,
}
