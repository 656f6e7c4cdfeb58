using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>A line of <c>ingredients.tsv</c>.</summary>
/// <param name="Role">What the files stand for: a scene, bird calls, music …</param>
/// <param name="Split">Where they are used.</param>
/// <param name="Package">Package name.</param>
/// <param name="Files">Pattern of paths: <c>*</c> is any text, <c>[1-3]</c> one character of a range.</param>
internal sealed record Ingredient(string Role, FolderSplit Split, string Package, string Files)
{
    /// <summary>True for a path of the package that the pattern means.</summary>
    public bool Matches(string path) => Matches(Files, path.Replace('\\', '/'));

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0] == '*')
        {
            for (int skip = 0; skip <= text.Length; skip++)
            {
                if (Matches(pattern[1..], text[skip..]))
                    return true;
            }

            return false;
        }

        if (text.IsEmpty)
            return false;
        if (pattern[0] != '[')
            return pattern[0] == text[0] && Matches(pattern[1..], text[1..]);
        int end = pattern.IndexOf(']');
        return IsIn(pattern[1..end], text[0]) && Matches(pattern[(end + 1)..], text[1..]);
    }

    private static bool IsIn(ReadOnlySpan<char> set, char c) => set.Length == 3 && set[1] == '-' ? c >= set[0] && c <= set[2] : set.Contains(c);
}

/// <summary>The table of ingredients: the first line that matches a file decides, and gives its split in every task.</summary>
internal static class Ingredients
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<Ingredient> All { get; } = Read();

    private static List<Ingredient> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ingredients.tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];
    }

    private static Ingredient Parse(string line)
    {
        string[] cells = line.TrimEnd('\r').Split('\t');
        FolderSplit split = Enum.GetValues<FolderSplit>().First(each => FolderTree.FolderOf(each) == cells[1]);
        return new Ingredient(cells[0], split, cells[2], cells[3]);
    }
}
