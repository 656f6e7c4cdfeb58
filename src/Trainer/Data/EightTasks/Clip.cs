using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>A recording of a package, and the one split that it is in, whatever the task.</summary>
/// <param name="Package">Package name.</param>
/// <param name="Path">Where the package put it.</param>
/// <param name="Split">Its split.</param>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="Language">Language code; empty where nobody speaks.</param>
internal sealed record Clip(string Package, string Path, FolderSplit Split, string Hash, string Language = "")
{
    /// <summary>Its name in the manifest.</summary>
    public string Origin => $"file:{Package}:{Path.Replace('\\', '/')}";
}

/// <summary>Everything that one person recorded for one collection.</summary>
/// <param name="Name">Collection and language, such as <c>tuxpaint-fr</c>; two collections by one known speaker have one name.</param>
/// <param name="Clips">In the order of their hashes, so that any part of them is a fair one.</param>
internal sealed record Voice(string Name, IReadOnlyList<Clip> Clips)
{
    /// <summary>Its name in the manifest.</summary>
    public string Origin => "voice:" + Name;
}
