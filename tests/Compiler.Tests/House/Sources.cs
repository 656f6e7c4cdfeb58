using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>The sources of the product, for what only they can show.</summary>
internal static class Sources
{
    /// <summary>Every C# file below src, its path from there with slashes, without comments.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> All { get; } = [.. Read()];

    /// <summary>Folder of the repository.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("the tests do not run below the repository");
        }
    }

    /// <summary>"file:line: text" of every line that matches, outside some folders or files.</summary>
    public static string[] Matches(string pattern, params string[] outside) =>
    [
        .. from file in All
           where !outside.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal))
           from line in file.Lines.Select((text, i) => (Text: text, Number: i + 1))
           where Regex.IsMatch(line.Text, pattern, RegexOptions.NonBacktracking)
           select FormattableString.Invariant($"{file.Path}:{line.Number}: {line.Text.Trim()}"),
    ];

    private static IEnumerable<(string, string[])> Read()
    {
        string folder = Path.Combine(Root, "src");
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(folder, path).Replace('\\', '/'), Full: path))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, File.ReadAllLines(file.Full).Select(line => Regex.Replace(line, "//.*", "", RegexOptions.NonBacktracking)).ToArray()));
    }
}
