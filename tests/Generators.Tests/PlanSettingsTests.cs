using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>What the plan's settings do: Optimize, MaxRam, MaxParts and ProgramRoom of an AdapterModel item.</summary>
public sealed class PlanSettingsTests
{
    private const string Path = "/firmware/Models/audio.adapter";

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <AdapterModel Include="Models/audio.adapter" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Speed_takes_lanes_and_is_what_counts_without_a_word()
    {
        string speed = Text(("Optimize", "speed"));
        Assert.Equal(speed, Text());
        Assert.Contains(" lanes, ", Kernels(speed), StringComparison.Ordinal);
    }

    [Fact]
    public void Size_takes_loops()
    {
        string kernels = Kernels(Text(("Optimize", "size")));
        Assert.Contains("convolution loop", kernels, StringComparison.Ordinal);
        Assert.DoesNotContain("lanes", kernels, StringComparison.Ordinal);
        Assert.DoesNotContain("convolution loop", Kernels(Text(("Optimize", "speed"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Balanced_is_known() => Assert.NotEqual("", Kernels(Text(("Optimize", "balanced"))));

    [Theory]
    [InlineData("Optimize", "sped", "Optimize=\"sped\" is not valid: a model is optimized for one of these: Did you mean 'speed'? balanced, size, speed. Change it in the AdapterModel item.")]
    [InlineData("MaxRam", "40 KB", "MaxRam=\"40 KB\" is not valid: it is a number of bytes such as 40000, or of kilobytes such as 40K. Change it in the AdapterModel item.")]
    [InlineData("MaxParts", "49", "MaxParts=\"49\" is not valid: it is a number of assemblies from 1 to 48. Change it in the AdapterModel item.")]
    [InlineData("ProgramRoom", "70K", "ProgramRoom=\"70K\" is not valid: it is a number of bytes such as 4000, or of kilobytes such as 4K, of the 65535 that an assembly holds. Change it in the AdapterModel item.")]
    public void A_mistake_is_shown_at_the_item(string name, string value, string message)
    {
        Diagnostic diagnostic = Assert.Single(Run((name, value)).Diagnostics);
        Assert.Equal("/firmware/firmware.csproj(3,5): error ADC002: " + message, diagnostic.ToString());
    }

    [Fact]
    public void A_part_of_more_than_MaxParts_is_refused()
    {
        Diagnostic diagnostic = Assert.Single(Run(("Part", "2/3"), ("MaxParts", "2")).Diagnostics);
        Assert.Contains("Part=\"2/3\" is not valid: MaxParts allows 2.", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        // The first part is of a project that this one does not refer to.
        Assert.Equal("ADC006", Assert.Single(Run(("Part", "2/2"), ("MaxParts", "2")).Diagnostics).Id);
    }

    [Fact]
    public void Too_little_RAM_is_said_with_the_figures()
    {
        GeneratorRunResult run = Run(("MaxRam", "100"));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("ADC047", diagnostic.Id);
        Assert.Matches("^AudioModel needs [0-9,]+ bytes of RAM, MaxRam allows 100\\. Raise MaxRam, ", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(run.GeneratedSources);
        Assert.Empty(Run(("MaxRam", "40K")).Diagnostics);
    }

    [Fact]
    public void A_program_that_needs_room_gets_it()
    {
        string unsaid = Text();
        Assert.Equal(unsaid, Text(("ProgramRoom", "0")));
        // The fast kernels take more than 2 KB; that two assemblies would hold them is a warning.
        GeneratorRunResult small = Run(("ProgramRoom", "63500"));
        Assert.Equal("ADC049", Assert.Single(small.Diagnostics).Id);
        Assert.NotEqual(Kernels(unsaid), Kernels(small.GeneratedSources[0].SourceText.ToString()));
        GeneratorRunResult run = Run(("ProgramRoom", "65535"));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("ADC052", diagnostic.Id);
        Assert.Matches("^AudioModel needs [0-9,]+ bytes of IL, with ProgramRoom=\"65535\" one assembly holds 0: [0-9,]+ too many\\. .*ower ProgramRoom to [0-9]+ or less, ", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(run.GeneratedSources);
    }

    private static GeneratorRunResult Run(params (string, string)[] metadata) => TestProject.Empty.ProjectFile(Project).Model(Path, Models.Lanes, metadata).Run();

    private static string Text(params (string, string)[] metadata)
    {
        GeneratorRunResult run = Run(metadata);
        Assert.Empty(run.Diagnostics);
        return run.GeneratedSources[0].SourceText.ToString();
    }

    // Rows of the header's table that name a kernel.
    private static string Kernels(string text) => string.Concat(text.Split('\n')
        .TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))
        .Where(line => line.Contains("loop", StringComparison.Ordinal) || line.Contains("lanes", StringComparison.Ordinal)));
}
