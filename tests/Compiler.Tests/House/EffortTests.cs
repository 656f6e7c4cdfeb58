using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks;
using AdapterCompiler.Compilation;
using AdapterCompiler.Kernels;
using AdapterCompiler.Planning;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>
/// What a compilation builds. Before the search was handed what it had measured, the first model here had the code of 32 programs built, and 110 methods
/// assembled, to ship one program of 14; the second 58 and 737 to ship two of 26.
/// </summary>
public sealed class EffortTests
{
    [Fact]
    public void A_model_in_one_part_has_the_code_of_one_program_built()
    {
        CodeShelf shelf = Built(File.ReadAllText(Path.Combine(Sources.Root, "models", "dense.adapter")), parts: 1);
        Assert.Equal(1, shelf.Programs);
        Assert.InRange(shelf.Methods, 1, 14);
    }

    [Fact]
    public void What_attempts_have_in_common_is_built_once()
    {
        WeightSetting setting = WeightSetting.All.Single(each => each.Name == "ternary, 70 % zeros");
        CodeShelf shelf = Built(ModelWriter.Write(PaperModels.WithAdapters(setting, 0.2)), parts: 2);
        Assert.InRange(shelf.Programs, 2, 29);
        Assert.True(shelf.Reused > shelf.Methods, $"{shelf.Methods} methods were built, {shelf.Reused} taken from what was there");
    }

    private static CodeShelf Built(string text, int parts)
    {
        var options = new CompilationOptions("AudioModel", "", "model.adapter", ValueArray<string>.Empty, "esp32", 1, parts);
        PlanSpace space = ModelInput.Read(text, options).Space!;
        Assert.NotNull(PlanDriver.Build(space, options).Built);
        return space.Shelf;
    }
}
