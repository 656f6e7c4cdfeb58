using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AdapterCompiler.PackageTests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">Behind the fence; empty for plain text.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record Snippet(string Language, string Text)
{
    /// <summary>Its lines.</summary>
    public IEnumerable<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The file that it is, if its first line is a comment with nothing but a file's name.</summary>
    public string? File => Language != "sh" && Name().Match(Lines.FirstOrDefault() ?? "") is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>Every block of a page in order.</summary>
    public static IEnumerable<Snippet> In(string page)
    {
        string? language = null;
        var lines = new List<string>();
        foreach (string line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                if (language is not null)
                    lines.Add(line);
                continue;
            }

            if (language is null)
            {
                language = line[3..].Trim();
                continue;
            }

            yield return new Snippet(language, string.Join('\n', lines) + "\n");
            language = null;
            lines.Clear();
        }
    }

    [GeneratedRegex(@"^(<!--|//) (?<name>[A-Za-z/]+\.[a-z]+)( -->)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
