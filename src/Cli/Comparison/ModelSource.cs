using System;
using System.IO;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>Where one of two models is from: a file, or a file as a git revision has it.</summary>
/// <param name="Revision">Null for a file as it lies there.</param>
/// <param name="Path">The file.</param>
internal sealed record ModelSource(string? Revision, string Path)
{
    /// <summary>What messages call it: the path, or REVISION:PATH as git writes it.</summary>
    public string Name => Revision is null ? Path : Revision + ":" + Path;

    /// <summary>A word that names no file and does not look like a model's: most likely a revision whose file was forgotten.</summary>
    public bool IsRevisionAlone => Revision is null && !File.Exists(Path) && !Directory.Exists(Path) && !ModelFile.IsNamedLikeOne(Path) && new FileInfo(Path).LinkTarget is null;

    /// <summary>Revision and path were written together, as git has it: from the repository's root, unless the path begins with ./ or ../.</summary>
    public bool IsOfGit { get; init; }

    /// <summary>Both models of a command line.</summary>
    /// <param name="old">A file, REVISION:PATH, or a revision of <paramref name="path"/>, or of the other's file.</param>
    /// <param name="now">The same.</param>
    /// <param name="path">The file whose revisions are compared; null where the two name files.</param>
    public static (ModelSource Old, ModelSource New) Of(string old, string now, string? path)
    {
        if (path is not null)
            return (new ModelSource(old, path), new ModelSource(now, path));
        (ModelSource? before, ModelSource? after) = (One(old), One(now));
        // A revision alone is one of the other's file, as git diff has it.
        return (before ?? Alone(old, after), after ?? Alone(now, before));
    }

    /// <summary>Reads it; prints what is wrong and returns null.</summary>
    public ModelFile? Read()
    {
        if (Revision is null)
            return ModelFile.Load(Path);
        (byte[]? bytes, string mistake) = GitFile.Read(Revision, Path, IsOfGit);
        if (bytes is not null)
            return ModelFile.Read(Name, bytes);
        Console.Error.WriteLine($"adapterc: {Name} cannot be read: {mistake}. {(IsOfGit ? $"REVISION:FILE is counted from the repository's root; from here it is {Revision}:./FILE. " : "")}Give two files, or revisions and a file: adapterc diff HEAD~1 HEAD -- Models/audio.adapter");
        return null;
    }

    // A folder is a mistake that can be named.
    private static ModelSource Alone(string text, ModelSource? other) => other is null || Directory.Exists(text) ? new ModelSource(null, text) : other with { Revision = text };

    // A drive's letter is no revision, and none is the index; what is named like a model is meant to be one.
    private static ModelSource? One(string text)
    {
        if (File.Exists(text) || new FileInfo(text).LinkTarget is not null)
            return new ModelSource(null, text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon is 0 or > 1 && colon < text.Length - 1 ? new ModelSource(text[..colon], text[(colon + 1)..]) { IsOfGit = true }
            : ModelFile.IsNamedLikeOne(text) ? new ModelSource(null, text)
            : null;
    }
}
