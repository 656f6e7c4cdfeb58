using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>What AdapterModel metadata does, and what counts without it.</summary>
public sealed class SettingsTests
{
    private const string Path = "/firmware/Models/audio.adapter";

    [Fact]
    public void Without_metadata_the_file_names_the_class_and_the_project_the_namespace()
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two).Run();
        Assert.Equal(["AudioModel.g.cs", "AudioModel.Weights.g.cs"], run.GeneratedSources.Select(each => each.HintName));
        string text = run.GeneratedSources[0].SourceText.ToString();
        Assert.Contains("namespace Firmware\n", text, StringComparison.Ordinal);
        Assert.Contains("partial class AudioModel\n", text, StringComparison.Ordinal);
        Assert.Contains("AllTasks = Keyword | Bird;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_makes_its_own_class()
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two, ("Part", "1/2")).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["AudioModelPart1.g.cs", "AudioModelPart1.Weights.g.cs"], run.GeneratedSources.Select(each => each.HintName));
        Assert.Equal("AudioModel.g.cs", TestProject.Empty.Model(Path, Models.Two, ("Part", "2/2")).Run().GeneratedSources[0].HintName);
    }

    [Fact]
    public void Metadata_counts()
    {
        GeneratorRunResult run = TestProject.Empty
            .Model(Path, Models.Three, ("ClassName", "Ears"), ("Namespace", "Robot.Senses"), ("Tasks", " bird ; keyword,bird;"), ("Device", "rp2350"))
            .Run();
        Assert.Equal(["Robot.Senses/Ears.g.cs", "Robot.Senses/Ears.Weights.g.cs"], run.GeneratedSources.Select(each => each.HintName));
        string text = run.GeneratedSources[0].SourceText.ToString();
        Assert.Contains("namespace Robot.Senses\n", text, StringComparison.Ordinal);
        Assert.Contains("AllTasks = Keyword | Bird;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_metadata_is_none_for_MSBuild_writes_every_name()
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two, ("ClassName", ""), ("Namespace", " "), ("Tasks", ""), ("Device", ""), ("Optimize", ""), ("MaxRam", " "), ("MaxParts", ""), ("ProgramRoom", "")).Run();
        Assert.Equal("AudioModel.g.cs", run.GeneratedSources[0].HintName);
        Assert.Empty(run.Diagnostics);
    }

    [Theory]
    [InlineData("my-firmware.app", "namespace my_firmware.app\n")]
    [InlineData("2nd", "namespace _2nd\n")]
    [InlineData(null, "public static partial class AudioModel\n")]
    public void A_root_namespace_that_is_none_in_CSharp_is_mended(string? root, string line)
    {
        GeneratorRunResult run = (TestProject.Empty with { RootNamespace = root }).Model(Path, Models.Two).Run();
        Assert.Empty(run.Diagnostics);
        string text = run.GeneratedSources[0].SourceText.ToString();
        Assert.Contains(line, text, StringComparison.Ordinal);
        Assert.Equal(root is not null, text.Contains("namespace ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ClassName", "class", "ADC002")]
    [InlineData("ClassName", "Au dio", "ADC002")]
    [InlineData("Namespace", "A..B", "ADC002")]
    [InlineData("Device", "esp23", "ADC002")]
    [InlineData("Part", "2 of 3", "ADC002")]
    [InlineData("Part", "3/2", "ADC002")]
    [InlineData("Optimize", "fast", "ADC002")]
    [InlineData("MaxRam", "40 KB", "ADC002")]
    [InlineData("MaxRam", "0", "ADC002")]
    [InlineData("MaxParts", "0", "ADC002")]
    [InlineData("MaxParts", "many", "ADC002")]
    [InlineData("ProgramRoom", "-1", "ADC002")]
    [InlineData("ProgramRoom", "70K", "ADC002")]
    [InlineData("ProgramRoom", "abc", "ADC002")]
    [InlineData("Sound", "yes", "ADC002")]
    [InlineData("Hop", "3", "ADC002")]
    [InlineData("Gain", "2", "ADC002")]
    [InlineData("Tasks", "keywrod", "ADC003")]
    public void Wrong_metadata_is_named_and_nothing_is_emitted(string name, string value, string id)
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two, (name, value)).Run();
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Contains(value, Message(diagnostic), StringComparison.Ordinal);
        Assert.Empty(run.GeneratedSources);
    }

    [Fact]
    public void A_mistyped_task_is_answered_with_the_right_one()
    {
        Diagnostic diagnostic = Assert.Single(TestProject.Empty.Model(Path, Models.Two, ("Tasks", "keywrod")).Run().Diagnostics);
        Assert.Equal("'keywrod' is not a task of audio.adapter. Did you mean 'keyword'? Tasks: keyword, bird.", Message(diagnostic));
    }

    [Fact]
    public void Two_models_of_one_project_stand_side_by_side()
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two).Model("C:\\firmware\\room-noise.adapter", Models.Three).Run();
        Assert.Equal(
            ["AudioModel.g.cs", "AudioModel.Weights.g.cs", "RoomNoiseModel.g.cs", "RoomNoiseModel.Weights.g.cs"],
            run.GeneratedSources.Select(each => each.HintName));
        CSharpCompilation compilation = TestProject.Compilation("").AddSyntaxTrees(run.GeneratedSources.Select(each => each.SyntaxTree));
        Assert.Empty(compilation.GetDiagnostics().Where(each => each.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void One_class_name_in_two_namespaces_is_no_clash()
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two).Model("/firmware/Other/audio.adapter", Models.Three, ("Namespace", "Other")).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Equal(4, run.GeneratedSources.Length);
    }

    [Theory]
    [InlineData("AudioModel")]
    [InlineData("audiomodel")]
    public void The_second_item_of_a_class_is_reported_and_the_first_one_kept(string name)
    {
        GeneratorRunResult run = TestProject.Empty.Model(Path, Models.Two).Model("/firmware/b.adapter", Models.Three, ("ClassName", name)).Run();
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("ADC004", diagnostic.Id);
        Assert.Equal("/firmware/b.adapter", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(["AudioModel.g.cs", "AudioModel.Weights.g.cs"], run.GeneratedSources.Select(each => each.HintName));
    }

    [Fact]
    public void Additional_files_of_others_are_left_alone()
    {
        GeneratorRunResult run = TestProject.Empty.Other("/firmware/notes.adapter", "not for us").Run();
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.GeneratedSources);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_reported()
    {
        Diagnostic diagnostic = Assert.Single(TestProject.Empty.Model(Path, null).Run().Diagnostics);
        Assert.Equal("ADC001", diagnostic.Id);
        Assert.Contains("audio.adapter", Message(diagnostic), StringComparison.Ordinal);
    }

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}
