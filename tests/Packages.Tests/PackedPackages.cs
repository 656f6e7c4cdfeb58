using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>
/// Both packages, packed once a run into a folder that serves as a feed, with the tool installed from there. Everything lies in one scratch folder, NuGet's cache of our packages too: the version is always
/// the same, and a cache that outlives the run would hide changes.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class PackedPackages : ICollectionFixture<PackedPackages>, IDisposable
{
    public const string Collection = "packages";

    /// <summary>Of both packages.</summary>
    public const string Version = "0.0.1-packed";

    private readonly string folder = Directory.CreateTempSubdirectory("packages").FullName;
    private readonly Dictionary<string, ScratchProject> built = new(StringComparer.Ordinal);
    private readonly Lazy<string> tool;

    public PackedPackages()
    {
        Generator = Pack("Generators");
        Tool = Pack("Cli");
        tool = new Lazy<string>(Install);
        // Beside the machine's own sources. The fallback folder has CoreLibrary already.
        File.WriteAllText(Path.Combine(folder, "NuGet.Config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{Repository.PackageFolder}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>What dotnet pack said of AdapterCompiler.</summary>
    public ProcessResult Generator { get; }

    /// <summary>What dotnet pack said of adapterc.</summary>
    public ProcessResult Tool { get; }

    private string Feed => Path.Combine(folder, "feed");

    private Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["NUGET_PACKAGES"] = Path.Combine(folder, "cache") };

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

    /// <summary>Runs the installed tool.</summary>
    public ProcessResult Run(string workingFolder, params IEnumerable<string> arguments) => ProcessResult.Of(tool.Value, workingFolder, null, arguments);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    // As built: the project reference has just done that, and other tests are using the output.
    private ProcessResult Pack(string project)
    {
        ProcessResult result = ProcessResult.Of("dotnet", Repository.Find("src", project), null, [
            "pack", project + ".csproj", "-c", Repository.Configuration, "--no-build", "-o", Feed, "-nodeReuse:false", "-p:MinVerVersionOverride=" + Version]);
        Assert.True(result.Code == 0, result.Text);
        return result;
    }

    private string Install()
    {
        string tools = Path.Combine(folder, "tools");
        ProcessResult result = ProcessResult.Of("dotnet", folder, Environment, [
            "tool", "install", "adapterc", "--version", Version, "--tool-path", tools, "--source", Feed]);
        Assert.True(result.Code == 0, result.Text);
        return Directory.GetFiles(tools).Single(path => Path.GetFileNameWithoutExtension(path) == "adapterc");
    }
}
