using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The pages name files that exist and the versions that the projects use.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages => ["../../docs/flashing.md", "../../docs/getting-started.md", "../../docs/wiring.md", "README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files(string page)
    {
        string path = TargetFiles.Find(page);
        string[] links = [.. Link().Matches(File.ReadAllText(path)).Select(match => match.Groups["file"].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)), link));
    }

    [Fact]
    public void The_table_of_packages_is_the_projects()
    {
        Dictionary<string, string> table = Row().Matches(File.ReadAllText(TargetFiles.Find("README.md")))
            .ToDictionary(match => match.Groups["id"].Value, match => match.Groups["version"].Value, StringComparer.Ordinal);
        string[] projects = ["Esp32", "Listen", "Stm32", "SelfTest"];
        foreach (XElement package in projects.SelectMany(project => XDocument.Load(TargetFiles.Find(project, "legacy", "packages.config")).Root!.Elements()))
            Assert.Equal(package.Attribute("version")!.Value, table[package.Attribute("id")!.Value]);
        foreach (string project in projects)
            Assert.Contains("<NanoFrameworkMDPVersion>" + table["nanoFramework.Tools.MetadataProcessor.MsBuildTask"] + "</", File.ReadAllText(TargetFiles.Find(project, "sdk", project + ".csproj")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\]\((?<file>[^)#]+)(#[^)]*)?\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (?<id>[A-Za-z0-9.]+) \| (?<version>[0-9.]+) \|", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
