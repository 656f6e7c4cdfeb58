using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>samples/reviewed-firmware with the packed packages, by the script that a reader runs: green, then stale, then accepted.</summary>
[Collection(PackedPackages.Collection)]
public sealed class ReviewedFirmwareTests(PackedPackages packages) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reviewed-firmware").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_is_green_until_a_retrain_and_green_again_once_that_is_accepted()
    {
        PackedPackages.WriteNuGetConfig(folder, packages.Feed);
        ProcessResult result = ProcessResult.Of(
            "bash", folder, new Dictionary<string, string>(packages.Environment, StringComparer.Ordinal), Repository.Find("scripts", "reviewed-firmware.sh"), "--feed", packages.Feed, folder);
        Assert.True(result.Code == 0, result.Text);
        string[] steps = result.Output.Split("\n== ");
        Assert.Equal(["A repository with the sample", "Nothing changed: green", "A retrain opens a gate of pitch", "Looked at and accepted: green", "Done"], steps[1..].Select(step => step.Split(';', '\n')[0].Split(": /")[0]));
        Assert.Contains("### AudioModel: The same model: nothing changed.", steps[2], StringComparison.Ordinal);
        Assert.Contains("Firmware.dll: clean", steps[2], StringComparison.Ordinal);
        Assert.Contains("Failed:     0, Passed:     2", steps[2], StringComparison.Ordinal);
        Assert.Contains("- gates of pitch: layer 2: +c2", steps[3], StringComparison.Ordinal);
        Assert.Contains("Failed:     2, Passed:     0", steps[3], StringComparison.Ordinal);
        Assert.Contains("GeneratedCodeTests.AudioModel.verified.cs is not what the model became.", steps[3], StringComparison.Ordinal);
        Assert.Contains("Failed:     0, Passed:     2", steps[4], StringComparison.Ordinal);
        // The weights are folded away: the stat counts no line of them.
        Assert.Matches(@"GeneratedCodeTests\.Weights\.verified\.cs +\| +Bin ", steps[4]);
    }

    [Fact]
    public void The_sample_asks_for_this_version()
    {
        string project = File.ReadAllText(Repository.Find("samples", "reviewed-firmware", "Firmware", "Firmware.csproj"));
        Assert.Contains($"Include=\"AdapterCompiler\" Version=\"{Repository.Version}\"", project, StringComparison.Ordinal);
        Assert.Contains($"Include=\"nanoFramework.CoreLibrary\" Version=\"{Repository.CoreLibraryVersion}\"", project, StringComparison.Ordinal);
        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(Repository.Find("samples", "reviewed-firmware", ".config", "dotnet-tools.json")));
        Assert.Equal(Repository.Version, tools.RootElement.GetProperty("tools").GetProperty("adapterc").GetProperty("version").GetString());
    }
}
