using System;
using System.Linq;
using AdapterCompiler.Cli;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Command lines that cannot be understood, and help.</summary>
[Collection(CommandLine.Collection)]
public sealed class UsageTests
{
    public static TheoryData<string> Commands => new("emit", "inspect", "run", "check", "report", "diff", "calibrate", "scaffold", "seal");

    [Theory]
    [InlineData("emti a.adapter", "'emti' is no command of adapterc. Did you mean 'emit'? Commands are emit, ", "adapterc --help")]
    [InlineData("", "a command is missing: emit, ", "adapterc --help")]
    [InlineData("emit a.adapter --optimise size", "'--optimise' is no option of adapterc emit. Did you mean '--optimize'?", "adapterc emit --help")]
    [InlineData("seal a.adapter b.adapter", "'b.adapter' is one argument more than adapterc seal takes.", "adapterc seal --help")]
    [InlineData("inspect a.adapter --stage netwrok", "--stage is 'netwrok'. Did you mean 'network'? It is one of artifact, lowered, network.", "adapterc inspect --help")]
    [InlineData("check a.dll --device esp23", "--device is 'esp23'. Did you mean 'esp32'? It is one of esp32, ", "adapterc check --help")]
    [InlineData("diff HEAD~1 HEAD -- a.adapter --fail-on il>+5%", "'--fail-on' stands behind '--', and what stands there is no option but an argument. Write options before '--'.", "adapterc diff --help")]
    [InlineData("diff HEAD~1 HEAD -- --format=json a.adapter", "'--format' stands behind '--'", "adapterc diff --help")]
    [InlineData("diff HEAD~1 HEAD -- a.adapter --frmat", "'--frmat' is no option of adapterc diff. Did you mean '--format'?", "adapterc diff --help")]
    [InlineData("seal", "Required argument 'model' missing", "adapterc seal --help")]
    public void A_mistake_is_a_line_and_a_hint(string line, string mistake, string help)
    {
        CommandResult result = CommandLine.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (result.Code, result.Output));
        string[] lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("adapterc: " + mistake, lines[0], StringComparison.Ordinal);
        Assert.Equal($"adapterc: see {help}", lines[1]);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_fits_a_hundred_columns(string command)
    {
        CommandResult help = CommandLine.Run(command, "--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.InRange(help.Output.Split('\n').Max(line => line.Length), 20, 100);
    }

    [Fact]
    public void Messages_about_settings_name_options()
    {
        Assert.Equal("Cut it: --part 1/2 to --part 2/2, or raise --max-ram; --optimize size.", OptionNames.In("Cut it: Part=\"1/2\" to Part=\"2/2\", or raise MaxRam; Optimize=\"size\"."));
        Assert.Equal("ToyModel has 3 parts.", OptionNames.In("ToyModel has 3 parts."));
    }
}
