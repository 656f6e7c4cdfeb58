using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>Seeds as a user writes them: <c>1-20</c>, <c>3</c> or <c>1,2,5-7</c>.</summary>
internal static class SeedList
{
    private const int Most = 10_000;

    /// <summary>The seeds in ascending order, each once; null when the text is no such list.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        var seeds = new SortedSet<int>();
        foreach (string part in text.Split(',', System.StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !Number(ends[0], out int first) || !Number(ends[^1], out int last) || last < first || last - first >= Most)
                return null;
            seeds.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. seeds];
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
