using System;
using System.Collections.Generic;
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

/// <summary>The report's figures are those of the stages below it.</summary>
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

    // As the command does.
    private static Report Build(ModelArtifact model, CompilationOptions options)
    {
        DeviceProfile device = DeviceProfiles.Find(options.Device)!;
        int count = ModelCompiler.PartsNeeded(ModelWriter.Write(model), options);
        List<CompilationResult> parts = [.. Enumerable.Range(1, count).Select(number => Compile(model, options with { Part = number, Parts = count }))];
        return ReportBuilder.Build(parts, options, device);
    }

    private static CompilationResult Compile(ModelArtifact model, CompilationOptions options)
    {
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), options);
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
