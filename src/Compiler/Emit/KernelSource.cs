using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Copied;

namespace AdapterCompiler.Emit;

/// <summary>The kernels' own source lines, taken from the embedded files that are also compiled into this assembly.</summary>
internal static class KernelSource
{
    private const string Ending = "Kernels.cs";

    private static readonly ReadOnlyDictionary<string, ValueArray<string>> Files = new(typeof(KernelSource).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(Ending, StringComparison.Ordinal) || name == "FixedPointPrimitives.cs")
        .ToDictionary(name => name, Read, StringComparer.Ordinal));

    /// <summary>The file that holds a section.</summary>
    public static string FileOf(string name) => Files.First(file => file.Value.Any(line => line.Trim() == Begin(VariantOf(name)?.Marked ?? name))).Key;

    /// <summary>The methods marked <c>copied NAME</c>, without indentation; only their accessibility differs: private.</summary>
    public static string Of(string name)
    {
        CopiedVariant? variant = VariantOf(name);
        string marked = variant?.Marked ?? name;
        ValueArray<string> section = Files.Values.SelectMany(lines => Section(lines, marked)).ToValueArray();
        string[] lines = (variant is null ? section : variant.Text(section))
            .Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line.Substring(4) : line)
            .Select(line => line.Replace("public static", "private static").Replace("void " + marked + "(", "void " + name + "("))
            .ToArray();
        return lines.Length > 0 ? string.Join("\n", lines) : throw new ArgumentException($"no kernel is marked '{name}'", nameof(name));
    }

    private static CopiedVariant? VariantOf(string name) => KernelRegistry.Variants.FirstOrDefault(variant => variant.Name == name);

    private static string Begin(string section) => "// <copied " + section + ">";

    private static ValueArray<string> Section(ValueArray<string> lines, string name) => lines
        .SkipWhile(line => line.Trim() != Begin(name))
        .Skip(1)
        .TakeWhile(line => line.Trim() != "// </copied>")
        .ToValueArray();

    private static ValueArray<string> Read(string resource)
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"resource '{resource}' is missing: see Resources.props");
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().Replace("\r\n", "\n").Split('\n'));
    }
}
