using System;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Emit;

/// <summary>The kernels' own source lines, taken from the embedded files that are also compiled into this assembly.</summary>
internal static class KernelSource
{
    private static readonly string[] Lines = new[] { "FixedPointPrimitives.cs", "LoopKernels.cs", "LaneKernels.cs", "LaneLoopKernels.cs", "SoundKernels.cs", "SelfTestKernels.cs" }.SelectMany(Read).ToArray();

    /// <summary>The methods marked <c>copied NAME</c>, without indentation; only their accessibility differs: private.</summary>
    public static string Of(string name)
    {
        string[] lines = Lines
            .SkipWhile(line => line.Trim() != "// <copied " + name + ">")
            .Skip(1)
            .TakeWhile(line => line.Trim() != "// </copied>")
            .Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line.Substring(4) : line)
            .Select(line => line.Replace("public static", "private static"))
            .ToArray();
        return lines.Length > 0 ? string.Join("\n", lines) : throw new ArgumentException($"no kernel is marked '{name}'", nameof(name));
    }

    private static string[] Read(string resource)
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"resource '{resource}' is missing: see Resources.props");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n").Split('\n');
    }
}
