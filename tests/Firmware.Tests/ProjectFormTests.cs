using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The two forms of each firmware project are the same program: the same sources, packages, versions and model.</summary>
public sealed class ProjectFormTests
{
    private static readonly string[] Names = ["Esp32", "Listen", "Stm32", "SelfTest"];

    public static TheoryData<string> Projects => [.. Names];

    /// <summary>Every package that an SDK-style project names, the SDK included, and its version.</summary>
    internal static Dictionary<string, string> AllPackages()
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement project in Names.Select(name => Load(name, "sdk", name + ".csproj")))
        {
            string[] sdk = project.Attribute("Sdk")!.Value.Split('/');
            versions[sdk[0]] = sdk[1];
            versions["nanoFramework.Tools.MetadataProcessor.MsBuildTask"] = project.Descendants("NanoFrameworkMDPVersion").Single().Value;
            foreach (XElement package in project.Descendants("PackageReference").Where(package => package.Attribute("Condition") is null))
                versions[package.Attribute("Include")!.Value] = package.Attribute("Version")!.Value;
        }

        return versions;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Packages_and_versions_agree(string project)
    {
        Dictionary<string, string> legacy = Load(project, "legacy", "packages.config").Elements("package")
            .ToDictionary(package => package.Attribute("id")!.Value, package => package.Attribute("version")!.Value, StringComparer.Ordinal);
        Dictionary<string, string> sdk = Load(project, "sdk", project + ".csproj").Descendants("PackageReference")
            .Where(package => package.Attribute("Condition") is null)
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value, StringComparer.Ordinal);
        Assert.Equal(legacy, sdk);

        string[] folders = [.. legacy.Where(package => package.Key != "AdapterCompiler").Select(package => @"packages\" + package.Key + "." + package.Value).Order(StringComparer.Ordinal)];
        string[] hints = [.. Elements(Legacy(project), "HintPath").Select(hint => hint.Value[..hint.Value.IndexOf(@"\lib\", StringComparison.Ordinal)]).Order(StringComparer.Ordinal)];
        Assert.Equal(folders, hints);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Sources_exist_and_agree(string project)
    {
        string[] legacy = Sources(Elements(Legacy(project), "Compile"), TargetFiles.Find(project, "legacy"));
        string[] sdk = Sources(Load(project, "sdk", project + ".csproj").Descendants("Compile"), TargetFiles.Find(project, "sdk"));
        // The SDK makes the assembly's attributes itself.
        Assert.Equal(sdk, legacy.Where(path => Path.GetFileName(path) != "AssemblyInfo.cs"));
        Assert.All(legacy, path => Assert.True(File.Exists(path), path));
        Assert.NotEmpty(sdk);
    }

    [Theory]
    [InlineData("Esp32")]
    [InlineData("Listen")]
    [InlineData("Stm32")]
    public void The_model_and_the_generator_are_wired_in_both_forms(string project)
    {
        XElement legacy = Legacy(project), sdk = Load(project, "sdk", project + ".csproj");
        XElement item = Assert.Single(Elements(legacy, "AdapterModel")), sdkItem = Assert.Single(sdk.Descendants("AdapterModel"));
        Assert.Equal(sdkItem.Attribute("Include")!.Value, item.Attribute("Include")!.Value.Replace('\\', '/'));
        Assert.Equal(sdkItem.Attribute("Device")!.Value, Elements(item, "Device").Single().Value);
        Assert.Equal(sdkItem.Attribute("Namespace")!.Value, Elements(item, "Namespace").Single().Value);
        foreach (string setting in (string[])["ClassName", "Optimize", "Sound", "Samples", "Hop", "Gain"])
            Assert.Equal(sdkItem.Attribute(setting)?.Value, Elements(item, setting).SingleOrDefault()?.Value);
        Assert.True(File.Exists(Path.Combine(TargetFiles.Find(project, "sdk"), sdkItem.Attribute("Include")!.Value)));

        string analyzer = Assert.Single(Elements(legacy, "Analyzer")).Attribute("Include")!.Value;
        Assert.EndsWith(@"\analyzers\dotnet\cs\AdapterCompiler.Generators.dll", analyzer, StringComparison.Ordinal);
        string[] imports = [.. Elements(legacy, "Import").Select(import => import.Attribute("Project")!.Value)];
        string package = analyzer[..analyzer.IndexOf(@"\analyzers", StringComparison.Ordinal)];
        Assert.Equal(package + @"\build\AdapterCompiler.props", imports[0]);
        Assert.Equal(package + @"\build\AdapterCompiler.targets", imports[^1]);
    }

    private static XElement Legacy(string project) => Load(project, "legacy", project + ".nfproj");

    private static XElement Load(params string[] parts) => XDocument.Load(TargetFiles.Find(parts)).Root!;

    private static IEnumerable<XElement> Elements(XElement element, string name) => element.Descendants(element.Name.Namespace + name);

    private static string[] Sources(IEnumerable<XElement> items, string folder) => [.. items
        .SelectMany(item => item.Attribute("Include")!.Value.Replace('\\', '/').Split(';'))
        .SelectMany(include => include.Contains('*', StringComparison.Ordinal)
            ? Directory.GetFiles(Path.Combine(folder, Path.GetDirectoryName(include)!), Path.GetFileName(include))
            : [Path.Combine(folder, include)])
        .Select(Path.GetFullPath)
        .Order(StringComparer.Ordinal)];
}
