using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>docs/getting-started.md, followed to the letter: its files are written, its commands run, in the order of the page.</summary>
[Collection(PackedPackages.Collection)]
public sealed class GettingStartedTests(PackedPackages packages) : IDisposable
{
    /// <summary>The reader's clone on the page.</summary>
    private const string Clone = "/home/you/AdapterCompiler";

    private readonly string folder = Directory.CreateTempSubdirectory("getting-started").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_page_works_as_it_stands()
    {
        // What the page supposes: a folder, recordings in it, and CoreLibrary, which the machine has from the last restore.
        PackedPackages.WriteNuGetConfig(Directory.GetParent(folder)!.CreateSubdirectory(Path.GetFileName(folder)).FullName, packages.Feed);
        foreach ((string name, float pitch) in new[] { ("hello.wav", 0.2f), ("tune.wav", 0.05f) })
            WavWriter.Write(Path.Combine(folder, name), [.. Enumerable.Range(0, 40_000).Select(i => 0.5f * MathF.Sin(i * pitch))]);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        Snippet[] snippets = [.. Snippet.In(File.ReadAllText(Repository.Find("docs", "getting-started.md")))];

        // The first command is what made the feed that all other tests use.
        Assert.Equal(["bash scripts/pack.sh"], snippets.First(snippet => snippet.Language == "sh").Lines);
        foreach (Snippet snippet in snippets.SkipWhile(snippet => snippet.Language != "sh").Skip(1))
        {
            if (snippet.File is { } file)
                Write(file, Localised(snippet.Text));
            if (snippet.Language != "sh")
                continue;
            foreach (string line in snippet.Lines)
                outputs[line] = Run(line);
        }

        Assert.Contains("0 Warning(s)", outputs["dotnet build -c Release"], StringComparison.Ordinal);
        Assert.Contains("Firmware.dll: clean", outputs.Single(each => each.Key.StartsWith("adapterc check ", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
        Assert.Contains("quantise", outputs["adapter-train --help"], StringComparison.Ordinal);
        Assert.Matches("(?m)^hello\\.wav  pitch: .* timbre: .* chirp: ", outputs["adapterc run Models/audio.adapter hello.wav tune.wav"]);
        Assert.Contains("self-test: 16 of 16 vectors equal", outputs["dotnet run --project selftest"], StringComparison.Ordinal);
        // The class is the build's.
        Assert.Equal(["AudioModel.Clips.g.cs"], Directory.GetFiles(Path.Combine(folder, "Generated")).Select(path => Path.GetFileName(path)));
    }

    private string Run(string line)
    {
        // Tools that 'dotnet tool install --global' puts into a home of their own.
        string path = Path.Combine(packages.Environment["DOTNET_CLI_HOME"], ".dotnet", "tools") + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH");
        ProcessResult result = ProcessResult.Of("bash", folder, new Dictionary<string, string>(packages.Environment, StringComparer.Ordinal) { ["PATH"] = path }, "-c", Localised(line));
        Assert.True(result.Code == 0, line + "\n" + result.Text);
        return result.Text;
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // The test's own settings of NuGet hold the page's and the machine's packages besides.
        if (file != "nuget.config")
            File.WriteAllText(path, text);
        else
            Assert.Contains($"<add key=\"adapter-compiler\" value=\"{packages.Feed}\" />", text, StringComparison.Ordinal);
    }

    private string Localised(string text) => text
        .Replace(Clone + "/out/packages", packages.Feed, StringComparison.Ordinal)
        .Replace(Clone, Repository.Find().TrimEnd('/'), StringComparison.Ordinal);
}
