using System;
using System.IO;
using System.Linq;

namespace AdapterCompiler.SelfTest;

/// <summary>The marked lines of <see cref="SelfTestKernels"/>, from the embedded copy of its file.</summary>
internal static class CopiedSource
{
    private static readonly string[] Lines = Read();

    /// <summary>The method marked <c>copied NAME</c>, without indentation and private.</summary>
    public static string Of(string name)
    {
        string[] lines = Lines
            .SkipWhile(line => line.Trim() != "// <copied " + name + ">")
            .Skip(1)
            .TakeWhile(line => line.Trim() != "// </copied>")
            .Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line.Substring(4) : line)
            .Select(line => line.Replace("public static", "private static"))
            .ToArray();
        return lines.Length > 0 ? string.Join("\n", lines) : throw new ArgumentException($"no method is marked '{name}'", nameof(name));
    }

    private static string[] Read()
    {
        using Stream stream = typeof(CopiedSource).Assembly.GetManifestResourceStream("SelfTestKernels.cs")
            ?? throw new InvalidOperationException("resource 'SelfTestKernels.cs' is missing: see Resources.props");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n").Split('\n');
    }
}
