using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>A text in several languages: what a stamp of tuxpaint shows, as its translators wrote it.</summary>
/// <param name="Origin">Its name in the manifest.</param>
/// <param name="Split">Its split, in every language; that of its recordings too.</param>
/// <param name="Texts">Per language code the text.</param>
internal sealed record Phrase(string Origin, FolderSplit Split, IReadOnlyDictionary<string, string> Texts)
{
    private const string Package = "tuxpaint-stamps-default", Mark = ".utf8=";

    /// <summary>Below it a text hardly fills a slice.</summary>
    private const int LeastLetters = 12;

    /// <summary>Texts of tuxpaint that are there in each of some languages, ordinal order.</summary>
    /// <param name="packages">Installed.</param>
    /// <param name="languages">Language codes; <c>en</c> is a file's first line.</param>
    public static IReadOnlyList<Phrase> All(IRecordingPackages packages, IReadOnlyList<string> languages)
    {
        var phrases = new List<Phrase>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in packages.Files(Package).Where(path => Path.GetExtension(path) == ".txt").Order(StringComparer.Ordinal))
        {
            // Stamps in several positions share a text.
            if (Read(path, languages) is { } texts && seen.Add(texts["en"]))
                phrases.Add(new Phrase($"text:{Package}:{path.Replace('\\', '/')}", SpokenClips.SplitOfStamp(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path)), texts));
        }

        return phrases;
    }

    private static Dictionary<string, string>? Read(string path, IReadOnlyList<string> languages)
    {
        string[] lines = File.ReadAllLines(path);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (lines.Length > 0)
            texts["en"] = lines[0].Trim();
        foreach (string line in lines.Skip(1))
        {
            int mark = line.IndexOf(Mark, StringComparison.Ordinal);
            if (mark > 0 && languages.Contains(line[..mark], StringComparer.Ordinal))
                texts[line[..mark]] = line[(mark + Mark.Length)..].Trim();
        }

        // Untranslated: the same words under two names.
        return languages.All(language => texts.TryGetValue(language, out string? text) && text.Count(char.IsLetter) >= LeastLetters) && texts.Values.Distinct(StringComparer.Ordinal).Count() == texts.Count ? texts : null;
    }
}
