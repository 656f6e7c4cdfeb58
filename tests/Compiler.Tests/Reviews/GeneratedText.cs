using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Compilation;

namespace AdapterCompiler.Tests.Reviews;

/// <summary>A model's generated lines by what they belong to: "header", "face", "layer 1" …, "heads", "members" (loops, arrays, labels) and "tables".</summary>
internal sealed partial class GeneratedText
{
    private readonly Dictionary<string, List<string>> logic, weights;

    public GeneratedText(CompilationResult result)
    {
        logic = Sections(result.Files[0].Text, "header");
        weights = Sections(result.Files[1].Text, "tables");
    }

    /// <summary>Lines of the logic's file that are gone in another text or new there, by section; none where nothing changed.</summary>
    public Dictionary<string, LineChanges> Logic(GeneratedText other) => Changes(logic, other.logic, line => line);

    /// <summary>The same of both files, but for places: a line that only reads or writes elsewhere in memory counts as unchanged.</summary>
    public Dictionary<string, LineChanges> ButPlaces(GeneratedText other) => Changes(Both(), other.Both(), WithoutPlaces);

    private Dictionary<string, List<string>> Both() => logic.Concat(weights).GroupBy(section => section.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.SelectMany(section => section.Value).ToList(), StringComparer.Ordinal);

    private static Dictionary<string, LineChanges> Changes(Dictionary<string, List<string>> old, Dictionary<string, List<string>> now, Func<string, string> read)
    {
        var changes = new Dictionary<string, LineChanges>(StringComparer.Ordinal);
        foreach (string section in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            List<string> before = [.. old.GetValueOrDefault(section, []).Select(read)], after = [.. now.GetValueOrDefault(section, []).Select(read)];
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
            else if (Start().Match(line) is { Success: true } start)
                section = start.Groups["layer"].Success ? "layer " + start.Groups["layer"].Value : start.Groups["heads"].Success ? "heads" : "members";
            if (!sections.TryGetValue(section, out List<string>? lines))
                sections.Add(section, lines = []);
            lines.Add(line);
        }

        return sections;
    }

    private static string WithoutPlaces(string line) => Place().Replace(line, match => match.Groups["what"].Value + "_");

    // A layer's comment or method, of which the second follows the first; a loop's documentation; the arrays.
    [GeneratedRegex(@"^ {8}(// (Layer (?<layer>\d+)\b|(?<heads>Heads\b|Logits? )|Packed images|Activations of)|private static void (Layer(?<layer>\d+)|(?<heads>Heads))|/// <summary>(Packs|Sets|Adds|Convolution|Channels|Moves|Index|The) |private static readonly string)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();

    // Where: an index, an address that a variable starts at or steps by, a place given to a loop, a range of the arena, an array's length.
    [GeneratedRegex(@"(?<what>\b(a|r|arena|lanes)\[|\b(above|here|under|next) (\+|-|=) |\b(here|above|under|next) = \w+ (\+|-) |\b(start|stride|step|from|to|channels|first|inputs|ownStart|outputs|weights|biases): |new (long|byte)\[|^ +//   |: layer \d+, \d+ lines x \d+ places x )((above|here|under|next)( (\+|-) \d+)?|\d+)( to \d+)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}

/// <summary>What a diff shows of a section.</summary>
internal sealed record LineChanges(string[] Gone, string[] Added)
{
    public override string ToString() => string.Concat(Gone.Select(line => "\n- " + line)) + string.Concat(Added.Select(line => "\n+ " + line));
}
