using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>The documentation says what the code does, word for word.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void The_worked_example_is_a_model_and_exactly_what_the_writer_writes()
    {
        string page = Page("artifact-format.md");
        const string fence = "```adapter-model\n";
        int start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        string example = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        ReadResult result = ModelReader.Read(example);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(TinyModel.Create(), result.Model);
        Assert.Equal(example, ModelWriter.Write(result.Model!));
    }

    [Fact]
    public void The_table_of_diagnostics_has_every_rule_with_an_example_that_is_true()
    {
        string[] rows = Page("diagnostics.md").Split('\n').Where(line => line.StartsWith("| ADC", StringComparison.Ordinal)).ToArray();
        Assert.Equal(string.Join("\n", DiagnosticCatalogue.All.Select(Row)), string.Join("\n", rows));
    }

    [Fact]
    public void Ids_are_unique_in_order_and_messages_take_their_arguments()
    {
        string[] ids = DiagnosticCatalogue.All.Select(rule => rule.Id).ToArray();
        Assert.Equal(string.Join(" ", ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), string.Join(" ", ids));
        Assert.All(ids, id => Assert.Matches("^ADC0[0-5][0-9]$", id));
        Assert.Equal(typeof(DiagnosticCatalogue).GetProperties().Count(property => property.PropertyType == typeof(DiagnosticRule)), ids.Length);
    }

    private static string Row(DiagnosticRule rule)
    {
        Diagnostic example = Example(rule);
        Assert.DoesNotContain('{', example.Message.Replace("Found '{'", "", StringComparison.Ordinal));
        return "| " + rule.Id + " | " + rule.Title + " | `" + example.ToText("audio.adapter") + "` |";
    }

    private static Diagnostic Example(DiagnosticRule rule)
    {
        var project = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["ADC001"] = ["it is empty"],
            ["ADC002"] = ["ClassName", "Audio-Model", "a C# identifier is expected"],
            ["ADC003"] = ["keywrod", "audio.adapter", Suggestion.For("keywrod", ["keyword", "bird", "room"]), "keyword, bird, room"],
            ["ADC004"] = ["AudioModel"],
            ["ADC006"] = ["Firmware.AudioModel", "Firmware.AudioModelSound", "sound"],
            ["ADC009"] = ["audio.adapter", "KeyNotFoundException: layer 9"],
            ["ADC040"] = ["channel 3 of layer 2 of task 'bird'", "2147483911"],
            ["ADC041"] = ["AudioModel", "71,204", "65,535", "Cut it into 2 parts (Part=\"1/2\"; 'adapterc scaffold' writes the projects), choose fewer Tasks, or retrain narrower or sparser."],
            ["ADC042"] = ["AudioModel", "183,410", "65,535", "Cut it into 3 parts (Part=\"1/3\"; 'adapterc scaffold' writes the projects), choose fewer Tasks, or retrain narrower or sparser."],
            ["ADC043"] = ["AudioModel", "70,112", "65,535", "Choose fewer Tasks, or shorten the labels."],
            ["ADC044"] = ["AudioModel", "260 static methods", "255", "Choose fewer Tasks."],
            ["ADC045"] = ["AudioModel.Layer3", "34,100 bytes of branch", "32,767", "Choose fewer Tasks, or retrain narrower or sparser."],
            ["ADC047"] = ["AudioModel", "205,744", "the managed heap of esp32 has at most", "133,120", "Choose fewer Tasks, retrain with fewer channels, or choose a device with more memory: esp32-psram, stm32f4, stm32f7, rp2040, rp2350."],
            ["ADC046"] = ["AudioModel", "2 parts", "141", "3 parts would do: Part=\"1/3\" to Part=\"3/3\"."],
            ["ADC050"] = ["AudioModel.lanes", "1,205,856", "786,400"],
            ["ADC052"] = ["AudioModel", "63,204", "61,439", "4K", "1,765", "Cut it into 2 parts (Part=\"1/2\"; 'adapterc scaffold' writes the projects), lower ProgramRoom to 2331 or less, choose fewer Tasks, or retrain narrower or sparser."],
            ["ADC048"] = ["BirdModel", "70,430", "tables and signatures", "61,440"],
            ["ADC049"] = ["AudioModel", "2.7-3.2 s", "1 part", "2 parts", "0.75-0.91 s", "2", ""],
        };
        return project.TryGetValue(rule.Id, out string[]? arguments)
            ? rule.At(new TextPosition(1, 1, 1), arguments)
            : ModelReader.ReadUtf8(DiagnosticCases.All.First(each => each.Id == rule.Id).Bytes).Diagnostics.Single();
    }

    private static string Page(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", name)).Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
