using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Kernels.LaneLoops;

namespace AdapterCompiler.Emit;

/// <summary>The kernels' own source lines, taken from the embedded files that are also compiled into this assembly.</summary>
internal static class KernelSource
{
    private const string Ending = "Kernels.cs";

    private static readonly Dictionary<string, string[]> Files = typeof(KernelSource).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(Ending, StringComparison.Ordinal) || name == "FixedPointPrimitives.cs")
        .ToDictionary(name => name, Read, StringComparer.Ordinal);

    /// <summary>The file that holds a section.</summary>
    public static string FileOf(string name) => Files.First(file => Array.Exists(file.Value, line => line.Trim() == "// <copied " + NarrowWeights.Of(name).Kernel + ">")).Key;

    /// <summary>The methods marked <c>copied NAME</c>, without indentation; only their accessibility differs: private.</summary>
    public static string Of(string name)
    {
        (string section, int width) = NarrowWeights.Of(name);
        string[] lines = OfWidth([.. Files.Values.SelectMany(lines => Section(lines, "copied " + section, "copied"))], width)
            .Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line.Substring(4) : line)
            .Select(line => line.Replace("public static", "private static").Replace("void " + section + "(", "void " + name + "("))
            .ToArray();
        return lines.Length > 0 ? string.Join("\n", lines) : throw new ArgumentException($"no kernel is marked '{name}'", nameof(name));
    }

    // Between <width> and </width> are the loads of weights of a byte each.
    private static IEnumerable<string> OfWidth(string[] lines, int width)
    {
        int first = Array.FindIndex(lines, line => line.Trim() == "// <width>"), end = Array.FindIndex(lines, line => line.Trim() == "// </width>");
        if (first < 0)
            return lines;
        string indent = lines[first].Substring(0, lines[first].Length - lines[first].TrimStart().Length);
        string[] loads = [.. lines.Skip(first + 1).Take(end - first - 1)];
        int channels = 1 + loads.Count(line => line.Trim() == "w += row;");
        return lines.Take(first).Concat(width == 0 ? loads : NarrowWeights.Loads(width, channels).Select(line => indent + line)).Concat(lines.Skip(end + 1));
    }

    private static string[] Section(string[] lines, string begin, string end) => lines
        .SkipWhile(line => line.Trim() != "// <" + begin + ">")
        .Skip(1)
        .TakeWhile(line => line.Trim() != "// </" + end + ">")
        .ToArray();

    private static string[] Read(string resource)
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"resource '{resource}' is missing: see Resources.props");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n").Split('\n');
    }
}
