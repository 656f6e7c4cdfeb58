using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>Where a mistake is shown: in the model file, or in the project file at the item.</summary>
public sealed class DiagnosticPlaceTests
{
    private const string Path = "/firmware/Models/audio.adapter";

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <!-- <AdapterModel Include="Models/audio.adapter" /> -->
            <AdapterModel Include="Models/other.adapter" />
            <AdapterModel Include="Models\audio.adapter"
                          Tasks="keywrod" />
          </ItemGroup>
        </Project>
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_mistake_in_the_model_file_is_underlined_there(string lineEnd)
    {
        string text = Models.Two.Replace("\nlayer 2 ", "\nlayre 2 ", StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal);
        int line = text.Split('\n').ToList().FindIndex(each => each.StartsWith("layre", StringComparison.Ordinal));

        Diagnostic[] diagnostics = [.. TestProject.Empty.Model(Path, text).Run().Diagnostics];
        Diagnostic first = diagnostics[0];
        FileLinePositionSpan place = first.Location.GetLineSpan();
        Assert.Equal(Path, place.Path);
        Assert.Equal(new LinePosition(line, 0), place.StartLinePosition);
        Assert.Equal("layre", text.Substring(first.Location.SourceSpan.Start, first.Location.SourceSpan.Length));
    }

    [Fact]
    public void Line_separators_that_only_Roslyn_knows_move_nothing()
    {
        string text = "adapter-model 1\nname a\u2028b\nnonsense";
        Diagnostic diagnostic = TestProject.Empty.Model(Path, text).Run().Diagnostics[^1];
        TextSpan span = diagnostic.Location.SourceSpan;
        string line = text.Split('\n')[diagnostic.Location.GetLineSpan().StartLinePosition.Line];
        Assert.StartsWith(text.Substring(span.Start, span.Length), line[diagnostic.Location.GetLineSpan().StartLinePosition.Character..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_mistake_in_an_item_is_shown_in_the_project_file(string lineEnd)
    {
        string project = Project.Replace("\n", lineEnd, StringComparison.Ordinal);
        Diagnostic diagnostic = Assert.Single(TestProject.Empty.ProjectFile(project).Model(Path, Models.Two, ("Tasks", "keywrod")).Run().Diagnostics);
        Assert.StartsWith("/firmware/firmware.csproj(5,5): error ADC003: 'keywrod' is not a task of audio.adapter.", diagnostic.ToString(), StringComparison.Ordinal);
        Assert.Equal("<AdapterModel Include=\"Models\\audio.adapter\"", project.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("<Project><AdapterModel Include=\"Models/*.adapter\" /></Project>", "/firmware/firmware.csproj(1,10)")]
    [InlineData("<Project><AdapterModel Include=\"$(Models)/audio.adapter\" /></Project>", "/firmware/firmware.csproj(1,10)")]
    [InlineData("<Project><AdapterModel Include=\"a.adapter; Models/audio.adapter\" /></Project>", "/firmware/firmware.csproj(1,10)")]
    [InlineData("<Project><AdapterModel Include=\"../Models/audio.adapter\" /><Half", "/firmware/firmware.csproj(1,10)")]
    [InlineData("<Project><AdapterModel Include=\"a/audio.adapter\" /><AdapterModel Include=\"b/audio.adapter\" /></Project>", Path + "(1,1)")]
    [InlineData("<Project><AdapterModel Include=\"bigaudio.adapter\" /></Project>", Path + "(1,1)")]
    [InlineData("<Project />", Path + "(1,1)")]
    [InlineData("", Path + "(1,1)")]
    public void An_item_is_found_or_else_the_model_file_is_named(string project, string place)
    {
        Diagnostic diagnostic = Assert.Single(TestProject.Empty.ProjectFile(project).Model(Path, Models.Two, ("ClassName", "1")).Run().Diagnostics);
        Assert.StartsWith(place + ": error ADC002: ", diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_place_is_inside_its_file_whatever_the_damage()
    {
        string[] lines = Models.Two.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            string[] damaged = [.. lines];
            damaged[line] = "x" + damaged[line];
            string text = string.Join('\n', damaged);
            GeneratorRunResult run = TestProject.Empty.Model(Path, text).Run();
            Assert.NotEmpty(run.Diagnostics);
            Assert.All(run.Diagnostics, each => Assert.InRange(each.Location.SourceSpan.End, 0, text.Length));
        }
    }

    [Fact]
    public void A_file_in_another_encoding_is_named_at_its_first_foreign_character()
    {
        var file = new TestFile(Path, Models.Two.Replace("name random", "name ränd", StringComparison.Ordinal), [("AdapterCompilerKind", "model")], Encoding.Latin1);
        Diagnostic diagnostic = Assert.Single((TestProject.Empty with { Files = [file] }).Run().Diagnostics);
        Assert.StartsWith(Path + "(2,7): error ADC021: The byte here is not UTF-8 text.", diagnostic.ToString(), StringComparison.Ordinal);
    }
}
