using System;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using Microsoft.CodeAnalysis;
using Xunit;
using CompilationOptions = AdapterCompiler.Compilation.CompilationOptions;

namespace AdapterCompiler.GeneratorTests;

/// <summary>The generator adds nothing to what the compiler prints, on any machine.</summary>
public sealed class SameBytesTests
{
    private static readonly TestProject Project = TestProject.Empty.Model("/firmware/Models/audio.adapter", Models.Three, ("Tasks", "bird;music-speech"));

    [Fact]
    public void The_generator_gives_the_bytes_of_the_command_line()
    {
        var options = new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray.Of("bird", "music-speech"), "esp32");
        ValueArray<EmittedFile> expected = ModelCompiler.Compile(Models.Three, options).Files;
        GeneratorRunResult run = Project.Run();
        Assert.Equal(expected.Select(file => file.Name), run.GeneratedSources.Select(each => each.HintName));
        Assert.Equal(expected.Select(file => file.Text), run.GeneratedSources.Select(each => each.SourceText.ToString()));
        Assert.All(run.GeneratedSources, each => Assert.Equal(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), each.SourceText.Encoding));
    }

    [Theory]
    [InlineData(",", ".", "-")]
    [InlineData("٫", "٬", "‐")]
    public void The_machines_culture_changes_nothing(string separator, string group, string minus)
    {
        string[] expected = Texts();
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = separator;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NegativeSign = minus;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Texts());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_place_of_the_project_changes_nothing()
    {
        string[] elsewhere = [.. TestProject.Empty.Model("D:\\other\\audio.adapter", Models.Three, ("Tasks", "bird;music-speech")).Run().GeneratedSources.Select(each => each.SourceText.ToString())];
        Assert.Equal(Texts(), elsewhere);
        Assert.DoesNotContain(elsewhere, text => text.Contains("other\\", StringComparison.Ordinal));
    }

    private static string[] Texts() => [.. Project.Run().GeneratedSources.Select(each => each.SourceText.ToString())];
}
