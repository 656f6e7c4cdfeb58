using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(PackedPackages.Collection)]
public sealed class ContentTests(PackedPackages packages)
{
    [Fact]
    public void They_pack_without_a_warning()
    {
        Assert.DoesNotContain("warning", packages.Packing.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            [$"AdapterCompiler.{PackedPackages.Version}.nupkg", $"adapter-train.{PackedPackages.Version}.nupkg", $"adapterc.{PackedPackages.Version}.nupkg"],
            Directory.GetFiles(packages.Feed).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith("adapter-train.linux-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Packing_ends_with_the_lines_to_paste()
    {
        string[] lines = packages.Packing.Output.TrimEnd().Split('\n')[^4..];
        Assert.Equal($"nuget.config   <add key=\"adapter-compiler\" value=\"{packages.Feed}\" />", lines[0]);
        Assert.Equal($"project        <PackageReference Include=\"AdapterCompiler\" Version=\"{PackedPackages.Version}\" PrivateAssets=\"all\" />", lines[1]);
        Assert.Equal($"tools          dotnet tool install --global adapterc --version {PackedPackages.Version} --add-source {packages.Feed}", lines[2]);
        Assert.Equal($"               dotnet tool install --global adapter-train --version {PackedPackages.Version} --add-source {packages.Feed}", lines[3]);
    }

    [Fact]
    public void The_trainer_brings_libtorch_of_its_system()
    {
        using ZipArchive pointer = packages.Open("adapter-train"), package = packages.Open("adapter-train.linux-x64");
        Assert.DoesNotContain(pointer.Entries, entry => entry.FullName.EndsWith(".so", StringComparison.Ordinal));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("tools/net10.0/linux-x64/libtorch_cpu.so", files);
        Assert.Contains("tools/net10.0/linux-x64/reference/nanoframework/mscorlib.dll", files);
        // The feed with the most users takes no package above 250 MB.
        Assert.InRange(new FileInfo(Path.Combine(packages.Feed, $"adapter-train.linux-x64.{PackedPackages.Version}.nupkg")).Length, 1, 250_000_000);
    }

    [Fact]
    public void The_generator_is_one_DLL_with_its_build_files()
    {
        using ZipArchive package = packages.Open("AdapterCompiler");
        string[] files = [.. package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];
        Assert.Equal(
            ["AdapterCompiler.nuspec", "README.md", "analyzers/dotnet/cs/AdapterCompiler.Generators.dll", "build/AdapterCompiler.props", "build/AdapterCompiler.targets",
                "buildTransitive/AdapterCompiler.props", "buildTransitive/AdapterCompiler.targets", "icon.png"],
            files);
        XElement metadata = Metadata(package, "AdapterCompiler");
        Assert.Equal("true", Value(metadata, "developmentDependency"));
        Assert.DoesNotContain(metadata.Descendants(), each => each.Name.LocalName == "dependency");
    }

    [Fact]
    public void The_tool_brings_the_class_library()
    {
        using ZipArchive package = packages.Open("adapterc");
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("tools/net10.0/any/reference/nanoframework/mscorlib.dll", files);
        Assert.Contains("tools/net10.0/any/reference/nanoframework/mscorlib.pe", files);
        Assert.Equal("DotnetTool", Metadata(package, "adapterc").Descendants().Single(each => each.Name.LocalName == "packageType").Attribute("name")!.Value);
    }

    [Theory]
    [InlineData("AdapterCompiler")]
    [InlineData("adapterc")]
    [InlineData("adapter-train")]
    public void Each_says_what_it_is(string id)
    {
        using ZipArchive package = packages.Open(id);
        XElement metadata = Metadata(package, id);
        Assert.Equal((id, PackedPackages.Version, "MIT"), (Value(metadata, "id"), Value(metadata, "version"), Value(metadata, "license")));
        Assert.Contains("nanoFramework", Value(metadata, "tags").Split(' '));
        Assert.NotEqual("Package Description", Value(metadata, "description"));
        Assert.StartsWith("# " + id, Text(package, Value(metadata, "readme")), StringComparison.Ordinal);
        using Stream icon = package.GetEntry(Value(metadata, "icon"))!.Open();
        byte[] head = new byte[24];
        icon.ReadExactly(head);
        // A PNG's signature, then width and height.
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], head[..4]);
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128], head[16..]);
    }

    private static XElement Metadata(ZipArchive package, string id) => XDocument.Parse(Text(package, id + ".nuspec")).Root!.Elements().Single();

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(each => each.Name.LocalName == name).Value;

    private static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
