using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AdapterCompiler.Generators;

/// <summary>What build/AdapterCompiler.targets hands over with an additional file.</summary>
internal static class ItemMetadata
{
    /// <summary>Says what the file is to us; other generators' additional files do not have it.</summary>
    public const string Kind = "AdapterCompilerKind";

    private const string Model = "model";
    private const string Project = "project";

    public static bool IsModel(AdditionalText file, AnalyzerConfigOptionsProvider options) => Is(Model, file, options);

    public static bool IsProject(AdditionalText file, AnalyzerConfigOptionsProvider options) => Is(Project, file, options);

    /// <summary>A value of the item; "" where it is not given.</summary>
    public static string Get(AnalyzerConfigOptions item, string name) =>
        item.TryGetValue("build_metadata.AdditionalFiles." + name, out string? value) ? value.Trim() : "";

    private static bool Is(string kind, AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        string.Equals(Get(options.GetOptions(file), Kind), kind, StringComparison.OrdinalIgnoreCase);
}
