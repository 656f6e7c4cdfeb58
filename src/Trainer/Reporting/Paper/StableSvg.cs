using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>An SVG text as it is the same every time: Skia numbers clips and images by a counter of the process.</summary>
internal static partial class StableSvg
{
    /// <summary>Names counted anew, in the order in which they first occur; ends of lines as elsewhere.</summary>
    public static string Of(string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return Names().Replace(svg.ReplaceLineEndings("\n"), match =>
        {
            if (!names.TryGetValue(match.Value, out string? name))
                names[match.Value] = name = string.Create(CultureInfo.InvariantCulture, $"{match.Groups["kind"].Value}_{names.Count}");
            return name;
        });
    }

    [GeneratedRegex("""(?<=(id="|url\(#|href="#))(?<kind>[a-z]+)_[0-9a-f]+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Names();
}
