using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>The corpus's list of contents, <c>manifest.tsv</c>; written last, so a folder with a manifest is complete.</summary>
internal static class RealSoundManifest
{
    public const string FileName = "manifest.tsv";

    /// <summary>Changes whenever the same packages would give another corpus.</summary>
    private const string Title = "# real-sound corpus, recipe 1";

    private const string Header = "file\tpackage\toriginal\tsplit\tclass\tseconds";
    private const int Columns = 6;

    /// <summary>Writes the list into the corpus's folder.</summary>
    public static void Write(string folder, IReadOnlyList<RealSoundFile> files)
    {
        IEnumerable<string> lines = files.Select(file => string.Join(
            '\t',
            file.Path,
            file.Package,
            file.Source,
            FolderTree.FolderOf(file.Split),
            file.Class,
            file.Seconds.ToString("F3", CultureInfo.InvariantCulture)));
        string path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".part", string.Join('\n', [Title, Header, .. lines, ""]));
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>The list of a complete corpus of this recipe, or null: then it is to be made (again).</summary>
    public static IReadOnlyList<RealSoundFile>? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        string[] lines = File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3 || lines[0] != Title || lines[1] != Header)
            return null;
        List<RealSoundFile?> files = lines[2..].Select(Parse).ToList();
        bool complete = files.TrueForAll(file => file is not null && File.Exists(Path.Combine(folder, file.Path)));
        return complete ? files.Select(file => file!).ToList() : null;
    }

    /// <summary>True when the folder was made by this class, complete or of an older recipe.</summary>
    public static bool IsOurs(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith("# real-sound corpus", StringComparison.Ordinal) == true;
    }

    private static RealSoundFile? Parse(string line)
    {
        string[] cells = line.Split('\t');
        if (cells.Length != Columns || !double.TryParse(cells[5], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
            return null;
        foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
        {
            if (FolderTree.FolderOf(split) == cells[3])
                return new RealSoundFile(cells[0], cells[1], cells[2], split, cells[4], seconds);
        }

        return null;
    }
}
