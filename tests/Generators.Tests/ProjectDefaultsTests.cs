using AdapterCompiler.Compilation;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

public sealed class ProjectDefaultsTests
{
    [Theory]
    [InlineData("audio.adapter", "AudioModel")]
    [InlineData("Models/keyword-spotting.adapter", "KeywordSpottingModel")]
    [InlineData("C:\\Models\\room 2.adapter", "Room2Model")]
    [InlineData("myModel.adapter", "MyModel")]
    [InlineData("2024.v1.adapter", "_2024V1Model")]
    [InlineData("模型.adapter", "Model")]
    [InlineData(".adapter", "AdapterModel")]
    [InlineData("audio", "AudioModel")]
    public void A_class_is_named_after_its_file(string path, string expected)
    {
        string name = ProjectDefaults.ClassName(path);
        Assert.Equal(expected, name);
        Assert.True(CSharpIdentifier.IsValid(name));
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" ; ,", new string[0])]
    [InlineData("bird;keyword", new[] { "bird", "keyword" })]
    [InlineData("bird, keyword ,bird", new[] { "bird", "keyword" })]
    public void Tasks_are_separated_by_semicolons_or_commas(string list, string[] expected) => Assert.Equal(expected, ProjectDefaults.Tasks(list));

    [Theory]
    [InlineData("Firmware", "Firmware")]
    [InlineData("my-firmware.app", "my_firmware.app")]
    [InlineData("A..B.", "A.B")]
    [InlineData("class.1st", "_class._1st")]
    [InlineData("", "")]
    public void A_namespace_is_mended(string root, string expected) => Assert.Equal(expected, ProjectDefaults.Namespace(root));
}
