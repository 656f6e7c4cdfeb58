using System.Linq;
using System.Text;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Which folder names can stand in a model file.</summary>
internal static class FolderNames
{
    private const int Longest = 64;

    /// <summary><c>[a-z][a-z0-9-]*</c>.</summary>
    public static bool IsTask(string name) =>
        name.Length is > 0 and <= Longest
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Labels are words without spaces; letters of any script will do.</summary>
    public static bool IsClass(string name) =>
        name.Length is > 0 and <= Longest
        && char.IsLetterOrDigit(name[0])
        && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');

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
