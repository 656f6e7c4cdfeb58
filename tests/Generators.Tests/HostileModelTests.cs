extern alias generators;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using generators::AdapterCompiler.Generators;
using Microsoft.CodeAnalysis;
using Xunit;
using CompiledModel = generators::AdapterCompiler.Generators.CompiledModel;

namespace AdapterCompiler.GeneratorTests;

/// <summary>Whatever stands in a file, the build gets an error with a place; the generator never fails (CS8785).</summary>
public sealed class HostileModelTests
{
    private const string Path = "/firmware/Models/audio.adapter";

    public static TheoryData<string> Texts => new(
        "", "\n", "\r", "\0", "\uFEFF", "adapter-model 1", "adapter-model 99999999999999999999\n", "adapter-model 1\nname x\ncommand {0} {1} %s\n",
        "MZ\u0090\0\u0003", "<Project />", "{\"name\": \"x\"}", "\uD800", new string('9', 100_000), new string('\n', 100_000),
        "adapter-model 1\nname x\ncommand y\ninput frames 99999999999999999999 bands -1 bits 0\n");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_that_is_no_model_gives_diagnostics_only(string text)
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, text).Run();
        Assert.Null(run.Exception);
        Assert.NotEmpty(run.Diagnostics);
        Assert.Empty(run.GeneratedSources);
        Assert.All(run.Diagnostics, each => Assert.Matches("^ADC(001|0[1-3][0-9])$", each.Id));
    }

    [Fact]
    public void Damaged_models_give_diagnostics_only()
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            char[] text = Models.Two.ToCharArray();
            int count = random.Next(1, 4);
            for (int change = 0; change < count; change++)
                text[random.Next(text.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 65536);
            string damaged = random.Next(3) == 0 ? new string(text, 0, random.Next(text.Length)) : new string(text);
            GeneratorRunResult run = TestProject.Empty.Model(Path, damaged).Run();
            Assert.Null(run.Exception);
            Assert.True(run.Diagnostics.Length > 0 ^ run.GeneratedSources.Length > 0);
            Assert.DoesNotContain(run.Diagnostics, each => each.Id == "ADC009");
        }
    }

    [Fact]
    public void One_bad_model_does_not_keep_the_others_from_compiling()
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, "nothing").Model("/firmware/good.adapter", Models.Two).Run();
        Assert.All(run.Diagnostics, each => Assert.Equal(Path, each.Location.GetLineSpan().Path));
        Assert.Equal("GoodModel.g.cs", run.GeneratedSources[0].HintName);
    }

    [Fact]
    public void A_fault_of_the_compiler_is_a_diagnostic_that_asks_for_a_report()
    {
        CompiledModel model = CompiledModel.From(Request(), (_, _) => throw new KeyNotFoundException("layer 9\r\nof 8"), CancellationToken.None);
        var mistake = Assert.Single(model.Mistakes);
        Assert.Empty(model.Sources);
        Assert.Equal("ADC009", mistake.Diagnostic.Rule.Id);
        Assert.Equal(
            "AdapterCompiler failed on audio.adapter: KeyNotFoundException: layer 9  of 8. This is a mistake in AdapterCompiler, not in your project: please report it with the model file and this message.",
            mistake.Diagnostic.Message);
    }

    [Fact]
    public void Cancelling_is_no_fault()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => CompiledModel.From(Request(), cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => CompiledModel.From(Request(), (_, _) => throw new OperationCanceledException(), CancellationToken.None));
    }

    private static ModelRequest Request()
    {
        TestProject project = TestProject.Empty.Model(Path, Models.Two);
        return ModelRequest.Read(project.Files.Single(), project.Options, CancellationToken.None);
    }
}
