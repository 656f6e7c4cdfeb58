using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>scripts/first-hour.sh, with a training that is too short to learn anything.</summary>
[Collection(PackedPackages.Collection)]
public sealed class FirstHourTests(PackedPackages packages) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("first-hour").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_goes_from_recordings_to_a_checked_firmware()
    {
        ProcessResult result = ProcessResult.Of(
            "bash", folder, new Dictionary<string, string>(packages.Environment, StringComparer.Ordinal), Repository.Find("scripts", "first-hour.sh"), "--feed", packages.Feed, "--steps", "12", folder);
        Assert.True(result.Code == 0, result.Text);

        // 3 words and 3 instruments: 18 + 4 + 6 voices, 12 + 3 + 6 pitches.
        Assert.Equal(3 * (28 + 21), Directory.GetFiles(Path.Combine(folder, "recordings"), "*.wav", SearchOption.AllDirectories).Length);
        Assert.Contains("12/12 steps", result.Output, StringComparison.Ordinal);
        foreach (string matrix in new[] { "word, float", "word, integer", "instrument, float", "instrument, integer" })
            Assert.Contains($"| {matrix} ", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 Warning(s)", result.Output, StringComparison.Ordinal);
        Assert.Contains("Firmware.dll: clean", result.Output, StringComparison.Ordinal);
        Assert.Equal(12, result.Output.Split('\n').Count(line => line.StartsWith("recordings/", StringComparison.Ordinal) && line.Contains("(then \"", StringComparison.Ordinal)));
        Assert.Contains("\ncommand adapter-train train --data recordings --name first --channels 4,8,12 --alpha 0.5 --steps 12 --batch 24\n", File.ReadAllText(Path.Combine(folder, "trained", "first.adapter")), StringComparison.Ordinal);
    }
}
