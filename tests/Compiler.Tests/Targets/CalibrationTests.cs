using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Boards;
using AdapterCompiler.Checking;
using AdapterCompiler.Hosting;
using AdapterCompiler.Targets;
using AdapterCompiler.Tests.SelfTest;
using Xunit;

namespace AdapterCompiler.Tests.Targets;

/// <summary>From the sketch's figures to a profile and back.</summary>
[Collection(ConsoleProgram.Collection)]
public sealed class CalibrationTests
{
    private const long TicksPerSecond = 10_000_000;

    [Fact]
    public void The_sketch_is_clean_for_the_device()
    {
        GeneratedAssembly device = GeneratedAssembly.Compile([CalibrationSketch.Emit()], ClassLibrary.NanoFramework);
        Assert.Empty(AssemblyCheck.Run(device.Image, "sketch.dll", new CheckOptions { NoFloat = ValueArray.Of("*") }).Findings);
    }

    [Fact]
    public void The_sketch_runs_here_and_its_figures_are_read()
    {
        // One millisecond a run instead of a second.
        string text = CalibrationSketch.Emit().Text.Replace("Run(1000);", "Run(1);", StringComparison.Ordinal);
        string[] lines = ConsoleProgram.Run([CalibrationSketch.Emit() with { Text = text }], "Calibration");
        Assert.Equal(CalibrationSketch.Heading, lines[0]);
        Assert.Equal("end", lines[^1]);
        (CalibrationFigures? figures, string? mistake) = CalibrationFigures.Read(string.Join("\n", lines));
        Assert.Null(mistake);
        Assert.Equal(CalibrationMix.All, figures!.Mixes.Select(figure => figure.Mix));
        Assert.All(figures.Mixes, figure => Assert.True(figure.Rounds >= 500 && figure.Ticks.Count == 3));
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(84_211_000)]
    [InlineData(100_000_000)]
    [InlineData(2_000_000_000)]
    public void Figures_of_a_known_rate_give_that_rate(long rate)
    {
        (CalibrationFigures? figures, _) = CalibrationFigures.Read(Synthetic(_ => rate));
        (DeviceProfile? profile, string? mistake) = figures!.ToProfile("board", DeviceProfiles.Find("esp32"));
        Assert.Null(mistake);
        Assert.Equal((rate, rate), (profile!.WeightedPerSecondLow, profile.WeightedPerSecondHigh));
        Assert.True(profile.IsMeasured);
        Assert.Equal((1_835_008, 92_160, 133_120), (profile.FlashBytes, profile.HeapLowBytes, profile.HeapHighBytes));
    }

    [Fact]
    public void The_spread_of_the_mixes_is_the_profiles_range_and_survives_its_file()
    {
        (CalibrationFigures? figures, _) = CalibrationFigures.Read(Synthetic(mix => mix.Name switch { "wide" => 80_000_000, "calls" => 120_000_000, _ => 100_000_000 }));
        DeviceProfile profile = figures!.ToProfile("board", null).Profile!;
        Assert.Equal((80_000_000, 120_000_000), (profile.WeightedPerSecondLow, profile.WeightedPerSecondHigh));
        Assert.Equal("adapterc calibrate: narrow 100.0 M, wide 80.0 M, arrays 100.0 M, calls 120.0 M", profile.Source);
        Assert.Equal(profile, ProfileFile.Read(ProfileFile.Write(profile)).Profile);

        DeviceProfile withMemory = figures.ToProfile("board", DeviceProfiles.Find("esp32")).Profile!;
        Assert.Equal(withMemory, ProfileFile.Read(ProfileFile.Write(withMemory).Replace("\n", "\r\n", StringComparison.Ordinal)).Profile);
    }

    [Fact]
    public void A_terminals_own_text_is_passed_over()
    {
        string log = "ESP-ROM: boot\r\n" + string.Join("\r\n", Synthetic(_ => 100_000_000).Split('\n').Select(line => "[12:31:02.114] " + line)) + "\r\nDone.\r\n";
        Assert.Null(CalibrationFigures.Read(log).Mistake);
    }

    [Theory]
    [InlineData("adapterc calibration 1", "adapterc calibration 2", "(1,1): error: the figures are of 'adapterc calibration 2'")]
    [InlineData("adapterc calibration 1", "hello", "(1,1): error: no figures are in it")]
    [InlineData("mix wide", "mix wild", "(3,1): error: mix 'wild' is not known; mixes are narrow, wide, arrays, calls.")]
    [InlineData("mix wide", "", "error: mix 'wide' missing: a run prints narrow, wide, arrays, calls.")]
    [InlineData("mix wide", "mix narrow", "(3,1): error: mix 'narrow' stands twice")]
    [InlineData("mix wide rounds", "mix wide round", "(3,1): error: the line is damaged")]
    [InlineData("mix wide rounds ", "mix wide rounds -", "(3,1): error: the line is damaged")]
    [InlineData("mix wide rounds ", "mix wide rounds 99999999999999999999", "(3,1): error: the line is damaged")]
    [InlineData("mix wide rounds ", "mix ", "(3,1): error: mix '")]
    public void Damaged_figures_are_named(string found, string replacement, string expected)
    {
        (CalibrationFigures? figures, string? mistake) = CalibrationFigures.Read(Synthetic(_ => 100_000_000).Replace(found, replacement, StringComparison.Ordinal));
        Assert.Null(figures);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ticks 500000 500000 500000", "took 50 ms, at least 100 ms are needed")]
    [InlineData("ticks 10000000 10000000 13000000", "took from 1000 to 1300 ms: something else ran meanwhile")]
    [InlineData("ticks 10000000 10000000 12500001", "took from 1000 to 1250 ms: something else ran meanwhile")]
    [InlineData("ticks 10000000 10000000 12500000", null)]
    [InlineData("ticks 1000000 1000000 1000000", null)]
    [InlineData("ticks 999999 1000000 1000000", "took 99 ms, at least 100 ms are needed")]
    [InlineData("ticks 99999999999 99999999999 99999999999", "are not a board's")]
    public void Figures_that_say_nothing_are_refused(string ticks, string? expected)
    {
        string text = string.Join("\n", Synthetic(_ => 100_000_000).Split('\n').Select(line => line.StartsWith("mix calls", StringComparison.Ordinal) ? "mix calls rounds 1000 " + ticks : line));
        (DeviceProfile? profile, string? mistake) = CalibrationFigures.Read(text).Figures!.ToProfile("board", null);
        Assert.Equal(expected is null, profile is not null);
        Assert.Contains(expected ?? "", mistake ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapter-device 1", "adapter-model 1", "(1,1): error: this is no profile: its first line is 'adapter-model 1'")]
    [InlineData("name board", "nmae board", "(2,1): error: 'nmae' is not known; lines start with name, board,")]
    [InlineData("name board", "name board\nname board", "(3,1): error: 'name' stands twice")]
    [InlineData("name board", "name", "(2,1): error: 'name' has no value.")]
    [InlineData("kind measured", "kind guessed", "error: 'kind' is 'guessed'; measured or estimate is expected.")]
    [InlineData("kind measured\n", "", "error: 'kind' is missing")]
    [InlineData("weighted-per-second 100000000 100000000", "weighted-per-second 100000000", "error: 'weighted-per-second' has '100000000'; two whole numbers, the lower first,")]
    [InlineData("weighted-per-second 100000000 100000000", "weighted-per-second 2 1", "two whole numbers, the lower first,")]
    public void Mistakes_in_a_profile_are_named(string found, string replacement, string expected)
    {
        string text = ProfileFile.Write(CalibrationFigures.Read(Synthetic(_ => 100_000_000)).Figures!.ToProfile("board", null).Profile!);
        (DeviceProfile? profile, string? mistake) = ProfileFile.Read(text.Replace(found, replacement, StringComparison.Ordinal));
        Assert.Null(profile);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }

    // What a board of such rates would print, each run about a second.
    private static string Synthetic(Func<CalibrationMix, long> rate) => string.Join("\n", CalibrationMix.All.Select(mix =>
    {
        long rounds = rate(mix) / (mix.Weighted(1) - mix.Weighted(0));
        long ticks = ((mix.Weighted(rounds) * TicksPerSecond) + (rate(mix) / 2)) / rate(mix);
        return string.Create(CultureInfo.InvariantCulture, $"mix {mix.Name} rounds {rounds} ticks {ticks} {ticks} {ticks}");
    }).Prepend(CalibrationSketch.Heading).Append("end"));
}
