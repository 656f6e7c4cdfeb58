using System;
using System.Linq;
using System.Threading.Tasks;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Programs;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using AdapterCompiler.Text;
using VerifyXunit;
using Xunit;

namespace AdapterCompiler.Tests.Reports;

/// <summary>The report's figures are those of the records below it.</summary>
[UsesVerify]
public sealed class ReportTests
{
    private static readonly CompilationOptions Options = new("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, "esp32");

    [Fact]
    public async Task Two_tasks()
    {
        Report report = Build(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11")), Options);
        await Verifier.Verify(ReportMarkdown.Write(report), extension: "md");
    }

    [Fact]
    public void Classes_and_what_they_were_taken_for()
    {
        ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11"));
        TaskArtifact keyword = model.Tasks[0] with { Labels = ValueArray.Of("a|b", "none"), Accuracy = new MeasuredAccuracy(1203, 1200, 1200) { Confusion = ValueArray.Of(ValueArray.Of(1200, 3), ValueArray.Of(0, 0)) } };
        Report report = Build(model with { Tasks = ValueArray.Of(keyword, model.Tasks[1]) }, Options);
        string text = ReportMarkdown.Write(report);
        Assert.Contains("\n| keyword |  a\\|b | none | recall |\n| ------- | ----: | ---: | -----: |\n| a\\|b    | 1,200 |    3 |  0.998 |\n| none    |     0 |    0 |      - |\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.EndsWith("| recall |", StringComparison.Ordinal));
        using var json = System.Text.Json.JsonDocument.Parse(ReportJson.Write(report));
        System.Text.Json.JsonElement told = Assert.Single(json.RootElement.GetProperty("confusions").EnumerateArray());
        Assert.Equal(["a|b", "none"], told.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!));
        Assert.Equal([1200, 3, 0, 0], told.GetProperty("counts").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(count => count.GetInt32()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Rows_are_the_budgets_and_the_costs(int seed)
    {
        GeneratedCase c = GeneratedCase.Create(seed);
        Report report = ReportBuilder.Build([c.Result], c.Options, DeviceProfiles.Find("esp32")!);
        CodedProgram program = c.Result.Program!;
        var cost = ProgramCost.Of(program);
        Assert.Equal(cost.Of(), report.Total.Weighted);
        Assert.Equal(c.Result.Budget!.IlBytes, report.Total.IlBytes);
        Assert.Equal(c.Result.Budget.RamBytes, report.RamBytes);
        for (int i = 0; i < program.Layers.Count; i++)
        {
            PartLayer layer = program.Layers[i];
            ReportRow[] rows = [.. report.Rows.Where(row => row.Layer == FormattableString.Invariant($"{layer.Layer.Index}"))];
            Assert.Equal(program.Code[i].IlBytes, rows.Sum(row => row.IlBytes));
            Assert.Equal(layer.Steps.Sum(step => step.Block.Channels.Count), rows.Sum(row => row.Channels));
        }

        for (int task = 0; task < program.Network.Tasks.Count; task++)
            Assert.Equal(cost.Of(1 << task), report.Choices[task].Weighted);
        Assert.True(program.Network.Tasks.Count == 1 || report.Choices[0].Weighted < report.Choices[^1].Weighted);
    }

    [Fact]
    public void A_model_in_parts_is_one_table()
    {
        ModelArtifact paper = PaperModel.Create();
        Report report = Build(paper, Options with { Device = "esp32-psram" });
        string text = ReportMarkdown.Write(report);
        Assert.True(report.Assemblies.Count > 1);
        Assert.Equal("AudioModelPart1", report.Assemblies[0].ClassName);
        Assert.All(report.Rows.Where(row => row.Block.Length > 0), row => Assert.Equal(row.DeclaredChannels, row.Channels));

        // The same network in one piece needs the same multiply-accumulates, more than one assembly holds, and less time: its kernels need not fit.
        Report whole = ReportBuilder.Build([Compile(paper, Options with { Device = DeviceLimits.Desktop })], Options, report.Device);
        Assert.Equal(whole.Total.MultiplyAccumulates, report.Total.MultiplyAccumulates);
        Assert.InRange(whole.Total.Weighted, 1, report.Total.Weighted);
        Assert.Equal(report.Assemblies.Sum(assembly => assembly.RamBytes), report.RamBytes);
        Assert.Contains(" OVER |", ReportMarkdown.Write(whole), StringComparison.Ordinal);
        Assert.DoesNotContain(" OVER |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_changes_the_headers_time_and_nothing_else()
    {
        ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"));
        string[] esp32 = Compile(model, Options).Files[0].Text.Split('\n'), desktop = Compile(model, Options with { Device = DeviceLimits.Desktop }).Files[0].Text.Split('\n');
        (string First, string Second) = Assert.Single(esp32.Zip(desktop), pair => pair.First != pair.Second);
        Assert.Matches("^// A window takes [0-9,]+ weighted instructions, about [0-9.]+-[0-9.]+ ms on esp32 \\(estimate; docs/calibration.md\\)\\.$", First);
        Assert.Matches("^// A window takes [0-9,]+ weighted instructions\\.$", Second);
    }

    [Theory]
    [InlineData(1, "1 us")]
    [InlineData(120_000, "1.0-1.2 ms")]
    [InlineData(61_200_000, "510-612 ms")]
    [InlineData(120_000_000, "1.0-1.2 s")]
    [InlineData(9_000_000_000_000, "75,000-90,000 s")]
    public void Times_are_weighted_instructions_over_the_rate(long weighted, string expected)
    {
        // 100 to 120 million a second.
        Assert.Equal(expected, PredictedTime.Of(weighted, DeviceProfiles.Find("esp32"))!.ToText());
        Assert.Null(PredictedTime.Of(weighted, DeviceProfiles.Find(DeviceLimits.Desktop)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999_999, "999,999")]
    [InlineData(1_000_000, "1.0 M")]
    [InlineData(9_949_999, "9.9 M")]
    [InlineData(12_345_678_901, "12,345.7 M")]
    public void Weighted_instructions_are_readable(long weighted, string expected) => Assert.Equal(expected, CostText.Weighted(weighted));

    private static Report Build(ModelArtifact model, CompilationOptions options)
    {
        ValueArray<CompilationResult> parts = ModelCompiler.CompileFitting(ModelWriter.Write(model), options);
        Assert.All(parts, part => Assert.Empty(part.Diagnostics));
        return ReportBuilder.Build(parts, options, DeviceProfiles.Find(options.Device)!);
    }

    private static CompilationResult Compile(ModelArtifact model, CompilationOptions options)
    {
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), options);
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
