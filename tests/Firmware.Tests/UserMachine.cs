using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using AdapterCompiler.Testing;

namespace AdapterCompiler.FirmwareTests;

/// <summary>
/// The firmware projects on a machine of their own: copied to a scratch folder, packages restored from a folder with the generator's package as it is packed and stand-ins of nanoFramework's.
/// CoreLibrary is the real one, from the feed.
/// </summary>
public sealed class UserMachine : IDisposable
{
    private static readonly string[] BuildFolders = ["build/", "buildTransitive/"];
    private static readonly Dictionary<string, string> Versions = ProjectFormTests.AllPackages();

    private readonly string folder = Directory.CreateTempSubdirectory("firmware").FullName;

    /// <summary>Copies projects and makes packages.</summary>
    public UserMachine()
    {
        string repository = TargetFiles.Find("..", "..");
        Copy(Path.Combine(repository, "models"), Path.Combine(folder, "models"));
        Copy(Path.Combine(repository, "targets"), Path.Combine(folder, "targets"));
        File.Copy(Path.Combine(repository, "Directory.Packages.props"), Path.Combine(folder, "Directory.Packages.props"));
        File.Copy(Path.Combine(repository, "global.json"), Path.Combine(folder, "global.json"));
        File.WriteAllText(Path.Combine(folder, "NuGet.Config"), "<configuration><packageSources><add key=\"local\" value=\"feed\" /></packageSources></configuration>");

        string reference = Path.Combine(repository, "tests", "Firmware.Tests", "Reference"), generator = Path.Combine(repository, "src", "Generators");
        foreach (string name in ReferencePackages.Names)
            Pack(name, ("lib/" + name + ".dll", ReferencePackages.Image(name)));
        Pack("nanoFramework.Runtime.Events", ("lib/_._", []));
        Pack("nanoFramework.Tools.MetadataProcessor.MsBuildTask", ("lib/net6.0/_._", []));
        Pack("nanoFramework.NET.Sdk", ("Sdk/Sdk.props", File.ReadAllBytes(Path.Combine(reference, "Sdk", "Sdk.props"))), ("Sdk/Sdk.targets", File.ReadAllBytes(Path.Combine(reference, "Sdk", "Sdk.targets"))));
        string dll = Path.Combine(generator, "bin", TargetFiles.Configuration, "netstandard2.0", "AdapterCompiler.Generators.dll");
        Pack("AdapterCompiler", [
            ("analyzers/dotnet/cs/AdapterCompiler.Generators.dll", File.ReadAllBytes(dll)),
            .. Directory.GetFiles(Path.Combine(generator, "build")).SelectMany(path => BuildFolders.Select(place => (place + Path.GetFileName(path), File.ReadAllBytes(path))))]);
    }

    /// <summary>Builds an SDK-style project as a user would.</summary>
    /// <returns>What the build said, and the path of the assembly.</returns>
    public (ProcessResult Result, string Assembly) Build(string project)
    {
        string place = Path.Combine(folder, "targets", "nanoframework", project, "sdk");
        string tool = TargetFiles.Find("..", "..", "src", "Cli", "bin", TargetFiles.Configuration, "net10.0", "adapterc.dll");
        // A cache of its own: the stand-ins must not be taken for the real packages by anything else.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NUGET_PACKAGES"] = Path.Combine(folder, "packages") };
        ProcessResult result = ProcessResult.OfBuild(place, environment, "-p:AdapterCompilerTool=dotnet " + tool);
        return (result, Path.Combine(place, "bin", "Release", "netnano1.0", project + ".exe"));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Pack(string id, params (string Path, byte[] Bytes)[] files)
    {
        Directory.CreateDirectory(Path.Combine(folder, "feed"));
        using ZipArchive package = ZipFile.Open(Path.Combine(folder, "feed", $"{id}.{Versions[id]}.nupkg"), ZipArchiveMode.Create);
        string nuspec = $"<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\"><metadata><id>{id}</id><version>{Versions[id]}</version><authors>tests</authors><description>tests</description></metadata></package>";
        foreach ((string path, byte[] bytes) in files.Prepend((id + ".nuspec", System.Text.Encoding.UTF8.GetBytes(nuspec))))
        {
            using Stream entry = package.CreateEntry(path).Open();
            entry.Write(bytes);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string child in Directory.GetDirectories(from).Where(child => Path.GetFileName(child) is not ("bin" or "obj")))
            Copy(child, Path.Combine(to, Path.GetFileName(child)));
    }
}
