using System;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Which folder names can stand in a model file.</summary>
internal static class FolderNames
{
    /// <summary><c>[a-z][a-z0-9-]*</c>.</summary>
    public static bool IsTask(string name) => ArtifactNames.IsName(name);

    /// <summary>A label is any text of letters, digits, spaces and signs that a terminal shows as it is.</summary>
    public static bool IsClass(string name) =>
        name.Length is > 0 and <= ArtifactLimits.LabelLength
        && name == name.Trim()
        && name.All(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        && !name.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>A task name close to <paramref name="name"/>, or null where there is none.</summary>
    public static string? SuggestTask(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
                text.Append(c);
            else if (text.Length > 0 && text[^1] != '-')
                text.Append('-');
        }

        string better = text.ToString().Trim('-');
        return IsTask(better) ? better : null;
    }
}
