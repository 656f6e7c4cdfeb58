extern alias generators;

using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using AdapterCompiler.Diagnostics;
using generators::AdapterCompiler.Generators;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>The files that the package carries agree with the code.</summary>
public sealed class ReleaseFilesTests
{
    [Fact]
    public void The_release_files_list_the_catalogue()
    {
        string[] listed = [.. File.ReadLines(InOutput("AnalyzerReleases.Shipped.md"))
            .Concat(File.ReadLines(InOutput("AnalyzerReleases.Unshipped.md")))
            .Where(line => line.StartsWith("ADC", StringComparison.Ordinal))];
        string[] catalogue = [.. DiagnosticCatalogue.All.Select(rule => $"{rule.Id} | {Descriptors.Category} | {(rule.IsWarning ? "Warning" : "Error")} | {rule.Title}")];
        Assert.Equal(catalogue.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_that_the_generator_reads_is_visible_to_it()
    {
        XDocument props = XDocument.Load(InOutput("AdapterCompiler.props"));
        Assert.Equal(
            [ItemMetadata.Kind, "ClassName", "Namespace", "Tasks", "Device", "Part", "Optimize", "MaxRam", "MaxParts", "ProgramRoom", "Sound", "Streaming", "Hop", "Gain", "Samples"],
            props.Descendants("CompilerVisibleItemMetadata").Select(each => each.Attribute("MetadataName")!.Value));
        Assert.Equal(["RootNamespace"], props.Descendants("CompilerVisibleProperty").Select(each => each.Attribute("Include")!.Value));
    }

    [Fact]
    public void The_generator_needs_nothing_beside_Roslyn_and_netstandard()
    {
        AssemblyName[] references = typeof(AdapterModelGenerator).Assembly.GetReferencedAssemblies();
        Assert.Equal(
            ["Microsoft.CodeAnalysis", "System.Collections.Immutable", "netstandard"],
            references.Select(each => each.Name!).Order(StringComparer.Ordinal));
        Assert.Equal(new Version(4, 14, 0, 0), references.Single(each => each.Name == "Microsoft.CodeAnalysis").Version);
    }

    private static string InOutput(string file) => Path.Combine(AppContext.BaseDirectory, "generator", file);
}
