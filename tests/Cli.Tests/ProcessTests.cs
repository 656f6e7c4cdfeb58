using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Cli;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>emit --self-test, emit --clip and check --nanoclr. Each run is a process of its own: the tests of <see cref="CommandTests"/> redirect the console.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapterc").FullName;

    public ProcessTests()
    {
        File.WriteAllText(Path.Combine(folder, "audio.adapter"), ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"))));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_self_test_comes_beside_the_models_files_where_they_are_asked_for()
    {
        ProcessResult result = Run("emit", "--self-test", "--with-class", "audio.adapter", "--namespace", "Firmware", "-o", "out");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(["AudioModel.SelfTest.g.cs", "AudioModel.Weights.g.cs", "AudioModel.g.cs"], Written());
        Assert.Contains("class AudioModelSelfTest", File.ReadAllText(Path.Combine(folder, "out", "AudioModel.SelfTest.g.cs")), StringComparison.Ordinal);
        Assert.Contains("AudioModel.SelfTest.g.cs  ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--self-test", "", "AudioModel.SelfTest.g.cs", "AudioModel, in no namespace, itself")]
    [InlineData("--clip=tone.wav", "Firmware", "AudioModel.Clips.g.cs", "Firmware.AudioModel itself")]
    public void The_class_is_the_builds(string option, string names, string file, string said)
    {
        WavWriter.Write(Path.Combine(folder, "tone.wav"), [.. Enumerable.Range(0, 16_000).Select(i => 0.5f * MathF.Sin(i * 0.3f))]);
        ProcessResult result = Run("emit", "audio.adapter", option, "--namespace", names, "-o", "out");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal([file], Written());
        Assert.Contains(said + " is what the project's build makes; --class and --namespace say how that calls it, --with-class writes it too.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_options_nothing_is_added()
    {
        Assert.Equal(0, Run("emit", "audio.adapter", "-o", "out").Code);
        Assert.Equal(["AudioModel.Weights.g.cs", "AudioModel.g.cs"], Written());
    }

    [Fact]
    public void A_clip_is_the_loudest_window_of_a_file()
    {
        // A slice takes 1,520 samples; the tone lies in the second second.
        WavWriter.Write(Path.Combine(folder, "late.wav"), [.. Enumerable.Range(0, 32_000).Select(i => i is >= 16_000 and < 17_520 ? 0.5f * MathF.Sin(i * 0.3f) : 0)]);
        ProcessResult result = Run("emit", "audio.adapter", "--clip", "late.wav", "--clip", "late.wav", "-o", "out");
        Assert.Equal((0, ""), (result.Code, result.Error));
        string text = File.ReadAllText(Path.Combine(folder, "out", "AudioModel.Clips.g.cs"));
        // An edge of the tone is as loud as its middle, so the window may lie anywhere around it.
        Assert.Matches(@"// late\.wav from (0\.9|1\.0)[0-9]{2} s\. Recognised as: keyword ", text);
        Assert.Contains("public const int Count = 2;", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short.wav", "short.wav: no clip, 0.019 s are too short: at least 0.025 s are needed")]
    [InlineData("text.wav", "text.wav: no clip, ")]
    [InlineData("missing.wav", "missing.wav: no clip, ")]
    public void A_file_without_a_window_is_named_and_nothing_is_written(string name, string expected)
    {
        WavWriter.Write(Path.Combine(folder, "short.wav"), new float[300]);
        File.WriteAllText(Path.Combine(folder, "text.wav"), "this is no sound");
        ProcessResult result = Run("emit", "audio.adapter", "--clip", name, "-o", "out");
        Assert.Equal(1, result.Code);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    [Theory]
    [InlineData("--self-test")]
    [InlineData("--clip=late.wav")]
    public void A_self_test_of_an_inner_part_is_refused(string option)
    {
        ProcessResult result = Run("emit", "audio.adapter", option, "--part", "1/2", "-o", "out");
        Assert.Equal(1, result.Code);
        Assert.StartsWith("adapterc: --self-test and --clip go with the last part", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("Use --part 2/2.\n", result.Error.Replace("\r\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    [Fact]
    public void Check_without_the_virtual_device_says_how_to_get_it()
    {
        ProcessResult result = Run("check", "audio.adapter", "--nanoclr", "nowhere/nanoclr");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.StartsWith("adapterc: the virtual device is not at 'nowhere/nanoclr'. Install it with 'dotnet tool install -g nanoclr'", result.Error, StringComparison.Ordinal);
    }

    private string[] Written() => [.. Directory.GetFiles(Path.Combine(folder, "out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_path_behind_a_revision_is_gits()
    {
        string below = Directory.CreateDirectory(Path.Combine(folder, "firmware", "Models")).FullName;
        File.Move(Path.Combine(folder, "audio.adapter"), Path.Combine(below, "audio.adapter"));
        foreach (string[] words in new string[][] { ["init", "-q"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "commit", "-qm", "first"] })
            Assert.Equal(0, ProcessResult.Of("git", folder, null, words).Code);
        foreach (string path in new[] { "firmware/Models/audio.adapter", "./audio.adapter", "../Models/audio.adapter" })
        {
            ProcessResult found = Diff("HEAD:" + path, "audio.adapter");
            Assert.Equal((0, ""), (found.Code, found.Error));
            Assert.StartsWith("The same model: nothing changed.", found.Output, StringComparison.Ordinal);
        }

        ProcessResult none = Diff("HEAD:audio.adapter", "audio.adapter");
        Assert.Equal(5, none.Code);
        Assert.Contains("REVISION:FILE is counted from the repository's root; from here it is HEAD:./FILE.", none.Error, StringComparison.Ordinal);

        ProcessResult Diff(params string[] models) => ProcessResult.Of("dotnet", below, null, [typeof(Program).Assembly.Location, "diff", .. models]);
    }

    private ProcessResult Run(params string[] args) => ProcessResult.Of("dotnet", folder, null, [typeof(Program).Assembly.Location, .. args]);
}
