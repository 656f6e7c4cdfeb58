using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Artifact;
using AdapterCompiler.Boards;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary><c>adapterc report</c> and <c>adapterc calibrate</c> as a user types them.</summary>
[Collection(CommandLine.Collection)]
public sealed class ReportCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
    private readonly string model;

    public ReportCommandTests()
    {
        model = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(model, ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 00"))));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Report_prints_tables_and_calls_its_times_an_estimate()
    {
        CommandResult result = CommandLine.Run("report", model, "--device", "esp32");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith("# AudioModel from audio.adapter\n\nPlan: the fastest of ", result.Output, StringComparison.Ordinal);
        Assert.Contains("; Optimize=\"speed\", one assembly. 'adapterc emit' and an AdapterModel item with the same settings build this.\n\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n\nTimes on esp32 (ESP32, 4 MB flash, no PSRAM): 100.0 M to 120.0 M weighted instructions a second, an estimate (", result.Output, StringComparison.Ordinal);
        Assert.Contains("docs/calibration.md", result.Output, StringComparison.Ordinal);
        Assert.Matches("\n\\| 3 +\\| bird +\\| +0 of 2 \\| +0 \\| +0 \\| +0.0 % \\| +0 \\|\n", result.Output);
        Assert.Matches("\n\\| all tasks +\\|.*\\| +100.0 % \\| +[0-9.]+-[0-9.]+ ms \\(estimate\\) \\|\n", result.Output);
        Assert.Matches("\n\\| AudioModel +\\| +[0-9,]+ = [0-9.]+ % \\|", result.Output);
        Assert.Matches("\nRAM \\d+ bytes, all allocated once: [0-9.]+ % to [0-9.]+ % of a heap of 92,160 to 133,120\\.\n\n- Model sha256 [0-9a-f]{64}, trained by: adapter-train [^\n]*\n$", result.Output);

        Assert.Contains("No times on desktop", CommandLine.Run("report", model, "--device", "desktop").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bird", CommandLine.Run("report", model, "--tasks", "keyword").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_the_same_and_rows_add_up()
    {
        CommandResult result = CommandLine.Run("report", model, "--json");
        Assert.Equal(0, result.Code);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("adapterc-report/1", root.GetProperty("schema").GetString());
        JsonElement total = root.GetProperty("total");
        foreach (string field in new[] { "weightedInstructions", "ilBytes", "multiplyAccumulates" })
            Assert.Equal(total.GetProperty(field).GetInt64(), root.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty(field).GetInt64()));
        JsonElement[] choices = [.. root.GetProperty("choices").EnumerateArray()];
        Assert.Equal(["keyword", "bird", "all tasks"], choices.Select(choice => choice.GetProperty("askedFor").GetString()!));
        Assert.Equal(total.GetProperty("weightedInstructions").GetInt64(), choices[2].GetProperty("weightedInstructions").GetInt64());
        Assert.All(choices, choice => Assert.True(choice.GetProperty("lowMicroseconds").GetInt64() <= choice.GetProperty("highMicroseconds").GetInt64()));
        Assert.All(root.GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("ilBytes").GetInt32() >= 0));
    }

    [Theory]
    [InlineData("speed", "")]
    [InlineData("size", "")]
    [InlineData("balanced", "")]
    [InlineData("speed", "3")]
    public void The_plan_is_what_emit_builds(string optimize, string maxParts)
    {
        string large = Path.Combine(folder, "large.adapter");
        File.WriteAllText(large, ModelWriter.Write(LaneModels.Create(7, 16, 16, [24, 32, 48], [8], weightBits: 8, activationBits: 7, zeros: 0.2)));
        string[] settings = ["--optimize", optimize, "--device", "esp32-psram", .. maxParts.Length > 0 ? new[] { "--max-parts", maxParts } : []];
        CommandResult report = CommandLine.Run(["report", large, "--json", .. settings]);
        Assert.Equal((0, ""), (report.Code, report.Error));
        JsonElement root = JsonDocument.Parse(report.Output).RootElement, plan = root.GetProperty("plan");
        int parts = plan.GetProperty("parts").GetInt32();
        Assert.Equal(parts, root.GetProperty("assemblies").GetArrayLength());
        Assert.True(plan.GetProperty("built").GetBoolean());
        for (int number = 1; number <= parts; number++)
        {
            CommandResult built = CommandLine.Run(["inspect", large, "--stage", "lowered", "--part", $"{number}/{parts}", .. settings]);
            Assert.Equal("plan  " + plan.GetProperty("reason").GetString(), built.Output.Split('\n').Single(line => line.StartsWith("plan  ", StringComparison.Ordinal)));
            Assert.Equal(0, CommandLine.Run(["emit", large, "-o", folder, "--part", $"{number}/{parts}", .. settings]).Code);
            JsonElement assembly = root.GetProperty("assemblies")[number - 1];
            string header = File.ReadAllText(Path.Combine(folder, assembly.GetProperty("class").GetString() + ".g.cs"));
            Assert.Contains($"{assembly.GetProperty("ramBytes").GetInt32():N0} bytes", header, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_no_device_holds_is_said_to_be_built_by_nobody()
    {
        CommandResult result = CommandLine.Run("report", model, "--max-ram", "100");
        Assert.Contains("Over the limits of esp32, so nothing builds it: 'adapterc emit' says what is lacking.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void From_sketch_to_report()
    {
        Assert.Equal(0, CommandLine.Run("calibrate", "--sketch", "-o", folder).Code);
        Assert.Equal(CalibrationSketch.Emit().Text, File.ReadAllText(Path.Combine(folder, "Calibration.g.cs")));

        string figures = Path.Combine(folder, "figures.txt"), profile = Path.Combine(folder, "my-board.profile");
        File.WriteAllLines(figures, [CalibrationSketch.Heading, .. CalibrationMix.All.Select(mix => $"mix {mix.Name} rounds 200000 ticks {mix.Weighted(200_000) / 10} {mix.Weighted(200_000) / 10} {mix.Weighted(200_000) / 10}"), "end"]);
        CommandResult made = CommandLine.Run("calibrate", figures, "--name", "my-board", "--device", "stm32f4", "-o", profile);
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains("narrow  100.0 M to 100.0 M weighted instructions a second\n", made.Output, StringComparison.Ordinal);

        CommandResult report = CommandLine.Run("report", model, "--profile", profile);
        Assert.Equal((0, ""), (report.Code, report.Error));
        Assert.Contains("Times on my-board (STM32F429I-DISCO): 100.0 M to 100.0 M weighted instructions a second, measured (adapterc calibrate: ", report.Output, StringComparison.Ordinal);
        Assert.Contains(" ms (measured rates) |", report.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("estimate", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_figures_make_the_pages_profile()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AdapterCompiler.sln")))
            root = root.Parent;
        string page = File.ReadAllText(Path.Combine(root!.FullName, "docs", "calibration.md")).Replace("\r\n", "\n", StringComparison.Ordinal);
        int start = page.IndexOf(CalibrationSketch.Heading, StringComparison.Ordinal);
        string figures = Path.Combine(folder, "figures.txt"), profile = Path.Combine(folder, "my-board.profile");
        File.WriteAllText(figures, page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);

        CommandResult made = CommandLine.Run("calibrate", figures, "--name", "my-board", "--device", "esp32", "-o", profile);
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains(made.Output.Replace(profile, "my-board.profile", StringComparison.Ordinal), page, StringComparison.Ordinal);
        CommandResult sketch = CommandLine.Run("calibrate", "--sketch", "-o", folder);
        Assert.Contains(sketch.Output.Replace(folder, "calibration", StringComparison.Ordinal), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report missing.adapter", 1, "error ADC001")]
    [InlineData("report MODEL --device esp23", 2, "Did you mean 'esp32'?")]
    [InlineData("report MODEL --tasks brid", 1, "error ADC003")]
    [InlineData("report MODEL --profile missing.profile", 1, "cannot read the profile")]
    [InlineData("report MODEL --profile MODEL", 1, "audio.adapter(1,1): error: this is no profile")]
    [InlineData("report MODEL --profile MODEL --device esp32", 2, "use one of them")]
    [InlineData("calibrate", 2, "either --sketch, or a file of figures and --name")]
    [InlineData("calibrate --sketch --name x", 2, "--sketch takes neither")]
    [InlineData("calibrate missing.txt --name x", 1, "cannot read the figures")]
    [InlineData("calibrate MODEL --name x", 1, "audio.adapter(1,1): error: no figures are in it")]
    [InlineData("calibrate MODEL --name esp32", 2, "choose another, such as my-esp32")]
    [InlineData("calibrate MODEL --name My_Board", 2, "1 to 40 of a-z, 0-9 and -")]
    public void Mistakes_are_messages(string line, int code, string expected)
    {
        CommandResult result = CommandLine.Run(line.Replace("MODEL", model, StringComparison.Ordinal).Split(' '));
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
