using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;

namespace AdapterCompiler.Emit;

/// <summary>The kernels' own source lines, taken from the embedded files that are also compiled into this assembly.</summary>
internal static class KernelSource
{
    private static readonly string[] Lines = new[] { "FixedPointPrimitives.cs", "LoopKernels.cs", "LaneKernels.cs", "LaneLoopKernels.cs", "SoundKernels.cs", "SelfTestKernels.cs" }.SelectMany(Read).ToArray();

    /// <summary>The methods marked <c>copied NAME</c>, without indentation; only their accessibility differs: private.</summary>
    public static string Of(string name)
    {
        (string section, int width) = NarrowWeights.Of(name);
        string[] lines = OfWidth(Section(Lines, "copied " + section, "copied"), width)
            .Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line.Substring(4) : line)
            .Select(line => line.Replace("public static", "private static").Replace("void " + section + "(", "void " + name + "("))
            .ToArray();
        return lines.Length > 0 ? string.Join("\n", lines) : throw new ArgumentException($"no kernel is marked '{name}'", nameof(name));
    }

    // Between <width> and </width> are several ways to read weights, each a block that begins with a comment: one of them stays, without braces.
    private static IEnumerable<string> OfWidth(string[] lines, int width)
    {
        int first = Array.FindIndex(lines, line => line.Trim() == "// <width>"), end = Array.FindIndex(lines, line => line.Trim() == "// </width>");
        if (first < 0)
            return lines;
        string bits = string.Format(CultureInfo.InvariantCulture, "// {0} bits", width == 0 ? 8 : width), close = lines[first].Replace("// <width>", "}");
        return lines.Take(first)
            .Concat(lines.Skip(first).SkipWhile(line => line.Trim() != bits).Skip(1).TakeWhile(line => line != close).Select(line => line.Substring(4)))
            .Concat(lines.Skip(end + 1));
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
