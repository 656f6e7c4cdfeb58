using System;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Checking;
using AdapterCompiler.Checking.Reports;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>The report as people and programs read it.</summary>
public sealed class ReportTests
{
    /// <summary>The example of docs/checks.md.</summary>
    internal static CheckReport Example => Planted.Check(
        Planted.Compile("public static class Radio { static int sum; public static int Decode(byte[] data, uint key) { sum = (int)key >> 3; return new int[data.Length].Length; } }", name: "Radio"),
        Planted.NoAllocation("Radio.Decode") with { Device = "esp32" });

    [Fact]
    public void The_pages_examples_are_what_is_printed()
    {
        string page = CatalogueTests.Page();
        Assert.Contains("```\n" + string.Join("\n", CheckReportText.Lines(Example)) + "\n```", page, StringComparison.Ordinal);
        Assert.Contains("```json\n" + CheckReportJson.Write(Example) + "```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_findings_and_figures()
    {
        using JsonDocument json = JsonDocument.Parse(CheckReportJson.Write(Example));
        JsonElement root = json.RootElement;
        Assert.Equal(("adapterc-check/1", "app.dll", "esp32", false), (
            root.GetProperty("schema").GetString(), root.GetProperty("assembly").GetString(), root.GetProperty("device").GetString(), root.GetProperty("clean").GetBoolean()));
        JsonElement[] findings = [.. root.GetProperty("findings").EnumerateArray()];
        Assert.Equal(["NFC040", "NFC050"], findings.Select(finding => finding.GetProperty("id").GetString()));
        Assert.Equal(("error", "Radio.Decode(byte[], uint)", 2), (
            findings[0].GetProperty("severity").GetString(), findings[0].GetProperty("place").GetString(), findings[0].GetProperty("ilOffset").GetInt32()));
        JsonElement stack = root.GetProperty("measurements").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "stack");
        Assert.Equal((2, 255), (stack.GetProperty("value").GetInt32(), stack.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public void Json_of_a_clean_assembly_and_of_no_assembly_are_documents_too()
    {
        using JsonDocument clean = JsonDocument.Parse(CheckReportJson.Write(Planted.Check("")));
        Assert.True(clean.RootElement.GetProperty("clean").GetBoolean());
        Assert.Equal(JsonValueKind.Null, clean.RootElement.GetProperty("device").ValueKind);
        using JsonDocument broken = JsonDocument.Parse(CheckReportJson.Write(Planted.Check([1, 2, 3])));
        Assert.Equal(0, broken.RootElement.GetProperty("measurements").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, broken.RootElement.GetProperty("findings")[0].GetProperty("ilOffset").ValueKind);
    }

    [Fact]
    public void Text_of_a_clean_assembly_is_its_figures_and_one_word()
    {
        string[] lines = [.. CheckReportText.Lines(Planted.Check("public static int M(int n) => n + 1;"))];
        Assert.Equal("app.dll: clean", lines[^1]);
        Assert.Contains(lines, line => line.StartsWith("IL bytes, as converted", StringComparison.Ordinal) && line.EndsWith("65,535", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("evaluation stack of a method", StringComparison.Ordinal) && line.EndsWith("  2      255  Planted.M(int)", StringComparison.Ordinal));
    }
}
