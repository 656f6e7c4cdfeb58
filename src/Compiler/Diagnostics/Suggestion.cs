using System;
using System.Collections.Generic;

namespace AdapterCompiler.Diagnostics;

/// <summary>"Did you mean": the nearest of a few allowed words.</summary>
public static class Suggestion
{
    // Longer words are no typing mistakes, and the comparison is quadratic.
    private const int LongestWord = 64;

    /// <summary>" Did you mean 'x'?" with its leading space, or "" where nothing is near.</summary>
    public static string For(string found, IEnumerable<string> allowed)
    {
        string? nearest = Nearest(found, allowed);
        return nearest is null ? "" : " Did you mean '" + nearest + "'?";
    }

    /// <summary>The allowed word with the fewest changed characters, at most a third of the word's (two at least), or null.</summary>
    public static string? Nearest(string found, IEnumerable<string> allowed)
    {
        if (found.Length is 0 or > LongestWord)
            return null;
        string? nearest = null;
        int best = Math.Max(2, found.Length / 3) + 1;
        foreach (string word in allowed)
        {
            if (word.Length > LongestWord)
                continue;
            int distance = Distance(found, word);
            // A change of every character is another word.
            if (distance >= best || distance >= Math.Min(found.Length, word.Length))
                continue;
            best = distance;
            nearest = word;
        }

        return nearest;
    }

    // Insertions, deletions, substitutions and swaps of neighbours cost one each, without regard to case.
    private static int Distance(string left, string right)
    {
        int[] older = new int[right.Length + 1];
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
            previous[column] = column;
        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int change = Same(left[row - 1], right[column - 1]) ? 0 : 1;
                int least = Math.Min(Math.Min(previous[column], current[column - 1]) + 1, previous[column - 1] + change);
                bool swapped = row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]);
                current[column] = swapped ? Math.Min(least, older[column - 2] + 1) : least;
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
