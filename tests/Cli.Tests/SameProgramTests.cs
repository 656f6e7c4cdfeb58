using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Where nothing is said of parts and kernels, the project item, emit, report and scaffold speak of the same program.</summary>
[Collection(CommandLine.Collection)]
public sealed class SameProgramTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("same").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Its fastest kernels take four parts, and one holds it.
    [Fact]
    public void Of_a_model_that_one_assembly_holds()
    {
        string model = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(model, ModelWriter.Write(LaneModels.Create(3, 16, 32, [8, 24, 64, 64], [4], 8, 7, 0)));
        // What the generator calls for an item without settings, and adds to the project as it is (SameBytesTests).
        CompilationResult item = ModelCompiler.Compile(File.ReadAllText(model), new CompilationOptions("AudioModel", "", "audio.adapter", ValueArray<string>.Empty, DeviceNames.Default));
        Assert.Empty(item.Diagnostics);
        Assert.True(ModelCompiler.PartsNeeded(File.ReadAllText(model), new CompilationOptions("AudioModel", "", "audio.adapter", ValueArray<string>.Empty, DeviceNames.Default, MaxParts: "4")) > 1);

        Assert.Equal(0, CommandLine.Run("emit", model, "-o", Path.Combine(folder, "emitted")).Code);
        Assert.Equal(
            item.Files.Select(file => file.Text),
            item.Files.Select(file => File.ReadAllText(Path.Combine(folder, "emitted", file.Name))));

        CommandResult report = CommandLine.Run("report", model, "--json");
        JsonElement root = JsonDocument.Parse(report.Output).RootElement;
        Assert.Equal(ProgramCost.Of(item.Program!).Of(), root.GetProperty("total").GetProperty("weightedInstructions").GetInt64());
        Assert.Equal("AudioModel", Assert.Single(root.GetProperty("assemblies").EnumerateArray()).GetProperty("class").GetString());

        CommandResult scaffold = CommandLine.Run("scaffold", model, "-o", Path.Combine(folder, "projects"));
        Assert.Equal(0, scaffold.Code);
        Assert.Equal(["AudioModel", "AudioModelDemo"], Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.Contains("Device=\"esp32\" />", File.ReadAllText(Path.Combine(folder, "projects", "AudioModel", "AudioModel.csproj")), StringComparison.Ordinal);
        Assert.Contains("IL " + Text.TextTable.Number(item.Budget!.IlBytes) + " bytes", scaffold.Output, StringComparison.Ordinal);
    }
}
