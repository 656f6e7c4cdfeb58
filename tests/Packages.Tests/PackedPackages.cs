using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>
/// All packages, packed once a run by the script that the pages name into a folder that serves as a feed, with the tools installed from there. Everything lies in one scratch folder, NuGet's cache of our
/// packages too: the version is always the same, and a cache that outlives the run would hide changes.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class PackedPackages : ICollectionFixture<PackedPackages>, IDisposable
{
    public const string Collection = "packages";

    private readonly string folder = Directory.CreateTempSubdirectory("packages").FullName;
    private readonly Dictionary<string, ScratchProject> built = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tools = new(StringComparer.Ordinal);

    public PackedPackages()
    {
        Directory.CreateDirectory(Feed);
        // As built: the project references have just done that, and other tests are using the output.
        Packing = ProcessResult.Of("bash", Repository.Find(), null, "scripts/pack.sh", "--built", Feed);
        Assert.True(Packing.Code == 0, Packing.Text);
        WriteNuGetConfig(folder, Feed);
    }

    /// <summary>Of all packages.</summary>
    public static string Version => Repository.Version;

    /// <summary>What scripts/pack.sh said.</summary>
    public ProcessResult Packing { get; }

    /// <summary>The folder with the packages.</summary>
    public string Feed => Path.Combine(folder, "feed");

    /// <summary>What NuGet and the tools' host need to leave the machine's own packages and tools alone.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NUGET_PACKAGES"] = Path.Combine(folder, "cache"),
        ["DOTNET_CLI_HOME"] = Path.Combine(folder, "home"),
        ["DOTNET_NOLOGO"] = "1",
        // No process outlives a build.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    /// <summary>A feed beside the machine's own sources. The fallback folder has CoreLibrary already.</summary>
    public static void WriteNuGetConfig(string folder, string feed) => File.WriteAllText(Path.Combine(folder, "NuGet.Config"), $"""
        <configuration>
          <packageSources>
            <add key="packed" value="{feed}" />
          </packageSources>
          <fallbackPackageFolders>
            <add key="machine" value="{Repository.PackageFolder}" />
          </fallbackPackageFolders>
        </configuration>
        """);

    /// <summary>A package's files, opened.</summary>
    public ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{Version}.nupkg"));

    /// <summary>A new firmware project on the packed generator.</summary>
    public ScratchProject Create() => new(Directory.CreateDirectory(Path.Combine(folder, "projects", Path.GetRandomFileName())).FullName, Environment);

    /// <summary>A firmware project with one of the repository's models, built. Every test sees the same one, so none changes it.</summary>
    public ScratchProject Built(string model)
    {
        if (built.TryGetValue(model, out ScratchProject? project))
            return project;
        project = Create();
        project.Write(model + ".adapter", File.ReadAllText(Repository.Find("models", model + ".adapter")));
        project.WriteProject($"<AdapterModel Include=\"{model}.adapter\" />");
        project.MustBuild();
        return built[model] = project;
    }

    /// <summary>Runs the installed adapterc.</summary>
    public ProcessResult Run(string workingFolder, params IEnumerable<string> arguments) => ProcessResult.Of(Tool("adapterc"), workingFolder, null, arguments);

    /// <summary>An installed tool's file.</summary>
    /// <param name="id">Its package.</param>
    public string Tool(string id)
    {
        if (tools.TryGetValue(id, out string? file))
            return file;
        string place = Path.Combine(folder, "tools");
        ProcessResult result = ProcessResult.Of("dotnet", folder, Environment, ["tool", "install", id, "--version", Version, "--tool-path", place, "--source", Feed]);
        Assert.True(result.Code == 0, result.Text);
        return tools[id] = Directory.GetFiles(place).Single(path => Path.GetFileNameWithoutExtension(path) == id);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
