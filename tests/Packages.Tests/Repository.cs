using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace AdapterCompiler.PackageTests;

/// <summary>What the tests take from the repository.</summary>
internal static class Repository
{
    /// <summary>The version of everything that this checkout makes, from Directory.Build.props: its one source.</summary>
    public static string Version { get; } = XDocument.Load(Find("Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Where this machine keeps the packages of the last restore, CoreLibrary among them.</summary>
    public static string PackageFolder { get; } = Metadata("PackageFolder");

    /// <summary>The class library's version in Directory.Packages.props.</summary>
    public static string CoreLibraryVersion { get; } = XDocument.Load(Find("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(package => package.Attribute("Include")!.Value == "nanoFramework.CoreLibrary").Attribute("Version")!.Value;

    /// <summary>The path of a file.</summary>
    public static string Find(params string[] parts) => Path.GetFullPath(Path.Combine([Metadata("Repository"), .. parts]));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
