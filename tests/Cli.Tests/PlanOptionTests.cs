using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>--optimize, --max-ram, --max-parts and --program-room, and the plan that inspect prints.</summary>
[Collection(CommandLine.Collection)]
public sealed class PlanOptionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
    private readonly string model;

    public PlanOptionTests()
    {
        model = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(model, ModelWriter.Write(LaneModels.Create(7, 16, 16, [3, 4, 4], [1], weightBits: 4, activationBits: 7, zeros: 0.5)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Inspect_says_why_each_kernel_was_chosen()
    {
        string[] lines = Lines("speed");
        Assert.StartsWith("program lanes  ram ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^plan  the fastest of [0-9]+ plans that no other beats in time, IL and tables$", lines[1]);
        int layer = Array.FindIndex(lines, line => line.StartsWith("layer 1  ", StringComparison.Ordinal));
        Assert.Matches("^layer 1  [0-9] lanes, ", lines[layer]);
        // What it takes, then what each other kernel would have taken.
        Assert.Matches("^  because [0-9.,]+( M)? weighted, [0-9,]+ bytes; convolution loop [0-9.,]+( M)? weighted, [0-9,]+ bytes; ", lines[layer + 1]);
        Assert.Matches("^  reads lanes from [0-9]+: ", lines[layer + 2]);
    }

    [Fact]
    public void Speed_is_the_default_and_takes_other_kernels_than_size()
    {
        Assert.Equal(Lines("speed"), CommandLine.Run("inspect", model).Output.Split('\n'));
        string[] size = Lines("size");
        Assert.StartsWith("plan  the smallest of ", size[1], StringComparison.Ordinal);
        Assert.Contains("layer 1  convolution loop", size);
        Assert.StartsWith("plan  the best balanced of ", Lines("balanced")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_prints_the_kernels_of_the_goal()
    {
        string speed = Emit("--optimize", "speed"), size = Emit("--optimize", "size");
        Assert.Equal(speed, Emit());
        Assert.Contains(" lanes, ", speed, StringComparison.Ordinal);
        Assert.DoesNotContain("convolution loop", speed, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9] lanes, ", size);
        Assert.Contains("convolution loop", size, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_shows_that_size_is_smaller_and_speed_faster()
    {
        (JsonElement speed, JsonElement size) = (Total("speed"), Total("size"));
        Assert.InRange(speed.GetProperty("weightedInstructions").GetInt64(), 1, (size.GetProperty("weightedInstructions").GetInt64() - 1) / 2);
        Assert.InRange(size.GetProperty("ilBytes").GetInt64(), 1, speed.GetProperty("ilBytes").GetInt64() - 1);
    }

    [Fact]
    public void A_report_compares_with_MaxRam()
    {
        CommandResult kept = CommandLine.Run("report", model, "--max-ram", "10K"), passed = CommandLine.Run("report", model, "--max-ram", "100");
        // Who names a limit wants it kept; the report is printed all the same.
        Assert.Equal((0, "", 1), (kept.Code, kept.Error, passed.Code));
        Assert.Equal($"adapterc: {model} is over the limits of esp32 with --max-ram 100 in any number of parts: nothing builds it.\n", passed.Error);
        Assert.Contains(" % of a heap of at most 10,240.\n", kept.Output, StringComparison.Ordinal);
        Assert.Contains(" % of a heap of at most 100; it is OVER.\n", passed.Output, StringComparison.Ordinal);
        // More than the heap allows nothing more.
        Assert.Contains(" of a heap of 92,160 to 133,120.\n", CommandLine.Run("report", model, "--max-ram", "1000K").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_says_what_is_left_to_the_program_that_was_named()
    {
        CommandResult unsaid = CommandLine.Run("report", model), kept = CommandLine.Run("report", model, "--program-room", "4K"), passed = CommandLine.Run("report", model, "--program-room", "65535");
        Assert.DoesNotContain("ProgramRoom", unsaid.Output, StringComparison.Ordinal);
        Assert.Equal((0, "", 1), (kept.Code, kept.Error, passed.Code));
        Match said = Regex.Match(kept.Output, "\n\\| AudioModel +\\| +(?<il>[0-9,]+) = [^\n]*\n\nIL left to the program beside AudioModel: (?<left>[0-9,]+) bytes, of which ProgramRoom asks for 4,096\\.\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        Assert.Equal(65_535, said.Groups.Values.Skip(1).Sum(each => int.Parse(each.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
        // The lines that say it are all that the report has more.
        Assert.Equal(unsaid.Output.Split('\n').Length + 2, kept.Output.Split('\n').Length);
        Assert.Contains(" bytes, of which ProgramRoom asks for 65,535; it is OVER.\n", passed.Output, StringComparison.Ordinal);
        Assert.Equal($"adapterc: {model} is over the limits of esp32 with --program-room 65535 in any number of parts: nothing builds it.\n", passed.Error);

        JsonElement plan = JsonDocument.Parse(CommandLine.Run("report", model, "--json", "--program-room", "4K").Output).RootElement.GetProperty("plan");
        Assert.Equal(4_096, plan.GetProperty("programRoomBytes").GetInt32());
        Assert.False(JsonDocument.Parse(CommandLine.Run("report", model, "--json").Output).RootElement.GetProperty("plan").TryGetProperty("programRoomBytes", out _));
    }

    [Theory]
    [InlineData("emit")]
    [InlineData("inspect")]
    [InlineData("scaffold")]
    public void Too_little_RAM_names_the_option(string command)
    {
        string[] output = command == "inspect" ? [] : ["-o", Path.Combine(folder, "out")];
        CommandResult result = CommandLine.Run([command, model, "--max-ram", "100", .. output]);
        Assert.Equal(1, result.Code);
        Assert.Matches("error ADC047: AudioModel needs [0-9,]+ bytes of RAM, --max-ram allows 100\\. Raise --max-ram, choose fewer --tasks, ", result.Error);
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    [Theory]
    [InlineData("emit")]
    [InlineData("inspect")]
    public void Too_little_room_names_the_option(string command)
    {
        string[] output = command == "inspect" ? [] : ["-o", Path.Combine(folder, "out")];
        CommandResult result = CommandLine.Run([command, model, "--program-room", "65535", .. output]);
        Assert.Equal(1, result.Code);
        Assert.Matches("error ADC052: AudioModel needs [0-9,]+ bytes of IL, with --program-room 65535 one assembly holds 0: [0-9,]+ too many\\. .*ower --program-room to [0-9]+ or less, choose fewer --tasks, ", result.Error);
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    [Theory]
    [InlineData("--optimize", "sped", "--optimize sped is not valid: a model is optimized for one of these: Did you mean 'speed'?")]
    [InlineData("--max-ram", "40KB", "--max-ram 40KB is not valid: it is a number of bytes such as 40000")]
    [InlineData("--max-parts", "0", "--max-parts 0 is not valid: it is a number of assemblies from 1 to 48")]
    [InlineData("--program-room", "70K", "--program-room 70K is not valid: it is a number of bytes such as 4000, or of kilobytes such as 4K, of the 65535")]
    [InlineData("--program-room", "-1", "--program-room -1 is not valid: ")]
    [InlineData("--program-room", "abc", "--program-room abc is not valid: ")]
    public void Wrong_values_are_messages_of_every_command(string option, string value, string expected)
    {
        foreach (string command in new[] { "emit", "inspect", "report", "scaffold", "diff" })
        {
            CommandResult result = CommandLine.Run([command, model, .. command == "diff" ? [model] : Array.Empty<string>(), option, value, .. command is "emit" or "scaffold" ? new[] { "-o", Path.Combine(folder, "out") } : []]);
            Assert.Equal((2, ""), (result.Code, result.Output));
            Assert.EndsWith($"\nadapterc: see adapterc {command} --help\n", result.Error, StringComparison.Ordinal);
            Assert.Contains("adapterc: error ADC002: " + expected, result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("AdapterModel", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fewer_parts_may_be_allowed_than_a_part_says()
    {
        CommandResult result = CommandLine.Run("inspect", model, "--part", "1/3", "--max-parts", "2");
        Assert.Equal(2, result.Code);
        Assert.Contains("--part 1/3 is not valid: --max-parts allows 2.", result.Error, StringComparison.Ordinal);
    }

    private string[] Lines(string optimize)
    {
        CommandResult result = CommandLine.Run("inspect", model, "--stage", "lowered", "--optimize", optimize);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return result.Output.Split('\n');
    }

    private string Emit(params string[] options)
    {
        CommandResult result = CommandLine.Run(["emit", model, "-o", folder, .. options]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return File.ReadAllText(Path.Combine(folder, "AudioModel.g.cs"));
    }

    private JsonElement Total(string optimize) =>
        JsonDocument.Parse(CommandLine.Run("report", model, "--json", "--optimize", optimize).Output).RootElement.GetProperty("total");
}
