using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace AdapterCompiler.Cli;

/// <summary>The compiler's messages speak of an AdapterModel item's metadata; here they speak of the command line's options.</summary>
internal static partial class OptionNames
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["ClassName"] = "--class",
        ["Namespace"] = "--namespace",
        ["Tasks"] = "--tasks",
        ["Device"] = "--device",
        ["Part"] = "--part",
        ["Optimize"] = "--optimize",
        ["MaxRam"] = "--max-ram",
        ["MaxParts"] = "--max-parts",
        ["ProgramRoom"] = "--program-room",
        ["Sound"] = "--sound",
        ["Streaming"] = "--streaming",
        ["Hop"] = "--hop",
        ["Gain"] = "--gain",
        ["Samples"] = "--samples",
    };

    /// <summary>The option of a metadata's name.</summary>
    public static string Of(string name) => Options[name];

    /// <summary>A message as the command line's user can follow it: <c>Part="1/3"</c> is <c>--part 1/3</c>.</summary>
    public static string In(string message)
    {
        string named = Setting().Replace(message, match => $"{Options[match.Groups["name"].Value]} {match.Groups["value"].Value}");
        return Name().Replace(named, match => Options[match.Value])
            .Replace("fewer Tasks", "fewer --tasks", StringComparison.Ordinal)
            .Replace(" Change it in the AdapterModel item.", "", StringComparison.Ordinal)
            .Replace("Check the path in the AdapterModel item", "Check the path", StringComparison.Ordinal);
    }

    [GeneratedRegex("\\b(?<name>ClassName|Namespace|Tasks|Device|Part|Optimize|MaxRam|MaxParts|ProgramRoom|Sound|Streaming|Hop|Gain|Samples)=\"(?<value>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();

    [GeneratedRegex("\\b(ClassName|MaxRam|MaxParts|ProgramRoom)\\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
