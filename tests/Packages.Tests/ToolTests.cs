using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>adapterc, installed with <c>dotnet tool install</c>.</summary>
[Collection(PackedPackages.Collection)]
public sealed class ToolTests(PackedPackages packages)
{
    [Fact]
    public void It_lists_its_commands()
    {
        ScratchProject project = packages.Built("quickstart");
        ProcessResult help = packages.Run(project.Folder, "--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        foreach (string command in new[] { "emit", "inspect", "run", "check", "scaffold", "seal" })
            Assert.Matches($@"(?m)^  {command}\s", help.Output);
    }

    [Fact]
    public void It_emits_the_generators_bytes()
    {
        ScratchProject project = packages.Built("quickstart");
        string emitted = Path.Combine(project.Folder, "bin", "emitted");
        ProcessResult result = packages.Run(project.Folder, "emit", "quickstart.adapter", "--namespace", "Firmware", "-o", emitted);
        Assert.Equal((0, ""), (result.Code, result.Error));
        string[] names = [.. Directory.GetFiles(project.Generated).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["QuickstartModel.Weights.g.cs", "QuickstartModel.g.cs"], names);
        Assert.Equal(names, Directory.GetFiles(emitted).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(project.Generated, name)), File.ReadAllBytes(Path.Combine(emitted, name))));
    }

    [Fact]
    public void It_checks_the_firmware()
    {
        ScratchProject project = packages.Built("quickstart");
        ProcessResult result = packages.Run(project.Folder, "check", project.Assembly, "--device", "esp32");
        Assert.True(result.Code == 0, result.Text);
        Assert.Equal("", result.Error);
    }
}
