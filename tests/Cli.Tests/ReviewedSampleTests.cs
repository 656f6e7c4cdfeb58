using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Compilation;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>The snapshots of samples/reviewed-firmware are what this compiler makes of its model. After an intended change: ACCEPT_SNAPSHOTS=true.</summary>
public sealed class ReviewedSampleTests
{
    [Fact]
    public void Its_snapshots_are_todays()
    {
        string sample = Pages.Find("samples", "reviewed-firmware");
        CompilationResult result = ModelCompiler.Compile(
            File.ReadAllText(Path.Combine(sample, "Models", "audio.adapter")), new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, "esp32"));
        Assert.Empty(result.Diagnostics);
        foreach ((string text, string name) in result.Files.Select(file => file.Text).Zip(["AudioModel", "Weights"]))
        {
            string snapshot = Path.Combine(sample, "Firmware.Tests", $"GeneratedCodeTests.{name}.verified.cs");
            if (Pages.IsAccepting)
                File.WriteAllText(snapshot, text);
            Assert.Equal(text, File.ReadAllText(snapshot).ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public void Both_pipelines_run_the_samples_own_script()
    {
        foreach (string pipeline in new[] { Pages.Find("samples", "reviewed-firmware", ".github", "workflows", "model.yml"), Pages.Find("samples", "reviewed-firmware", "azure-pipelines.yml") })
        {
            string text = File.ReadAllText(pipeline);
            Assert.Contains("bash review.sh \"origin/", text, StringComparison.Ordinal);
            Assert.Contains("diff.md", text, StringComparison.Ordinal);
        }

        string script = File.ReadAllText(Pages.Find("samples", "reviewed-firmware", "review.sh"));
        foreach (string step in new[] { "adapterc diff ", "dotnet build ", "adapterc check ", "dotnet test " })
            Assert.Contains(step, script, StringComparison.Ordinal);
    }
}
