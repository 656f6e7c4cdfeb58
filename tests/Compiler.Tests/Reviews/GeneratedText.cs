using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Compilation;

namespace AdapterCompiler.Tests.Reviews;

/// <summary>A model's generated lines by what they belong to: "header", "face", "places" (the table of constants), "layer 1" …, "heads", "members" (loops, arrays, labels) and "tables".</summary>
internal sealed partial class GeneratedText
{
    private readonly Dictionary<string, List<string>> logic, weights;

    public GeneratedText(CompilationResult result)
    {
        logic = Sections(result.Files[0].Text, "header");
        weights = Sections(result.Files[1].Text, "tables");
    }

    /// <summary>Lines of the logic's file that are gone in another text or new there, by section; none where nothing changed.</summary>
    public Dictionary<string, LineChanges> Logic(GeneratedText other) => Changes(logic, other.logic);

    /// <summary>The same of both files.</summary>
    public Dictionary<string, LineChanges> All(GeneratedText other) => Changes(Both(), other.Both());

    private Dictionary<string, List<string>> Both() => logic.Concat(weights).GroupBy(section => section.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.SelectMany(section => section.Value).ToList(), StringComparer.Ordinal);

    private static Dictionary<string, LineChanges> Changes(Dictionary<string, List<string>> old, Dictionary<string, List<string>> now)
    {
        var changes = new Dictionary<string, LineChanges>(StringComparer.Ordinal);
        foreach (string section in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            List<string> before = old.GetValueOrDefault(section, []), after = [.. now.GetValueOrDefault(section, [])];
            string[] gone = [.. before.Where(line => !after.Remove(line))];
            if (gone.Length + after.Count > 0)
                changes.Add(section, new LineChanges(gone, [.. after]));
        }

        return changes;
    }

    private static Dictionary<string, List<string>> Sections(string text, string first)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        string section = first;
        foreach (string line in text.Split('\n'))
        {
            if (section == "header" && !line.StartsWith("//", StringComparison.Ordinal))
                section = "face";
            else if (line.StartsWith("        // Where things lie", StringComparison.Ordinal))
                section = "places";
            else if (section == "places" && line.Length == 0)
                section = "face";
            else if (Start().Match(line) is { Success: true } start)
                section = start.Groups["layer"].Success ? "layer " + start.Groups["layer"].Value : start.Groups["heads"].Success ? "heads" : "members";
            if (!sections.TryGetValue(section, out List<string>? lines))
                sections.Add(section, lines = []);
            lines.Add(line);
        }

        return sections;
    }

    // A layer's comment or method, of which the second follows the first; a loop's documentation; the arrays.
    [GeneratedRegex(@"^ {8}(// (Layer (?<layer>\d+)\b|(?<heads>Heads\b|Logits? )|Packed images|Activations of)|private static void (Layer(?<layer>\d+)|(?<heads>Heads))|/// <summary>(Packs|Sets|Adds|Convolution|Channels|Moves|Index|The) |private static readonly string)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();
}

/// <summary>What a diff shows of a section.</summary>
internal sealed record LineChanges(string[] Gone, string[] Added)
{
    public override string ToString() => string.Concat(Gone.Select(line => "\n- " + line)) + string.Concat(Added.Select(line => "\n+ " + line));
}
