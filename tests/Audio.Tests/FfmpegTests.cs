using System;
using System.IO;
using AdapterCompiler.Audio.Decoding;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

/// <summary>The pipe to ffmpeg, with a script in its place, so that no test needs it installed.</summary>
public sealed class FfmpegTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_ffmpeg_pipes_is_resampled_like_any_other_file()
    {
        string au = folder.Write("sound.au", SoundFiles.Au(Tone.Sine(1000, 48_000, 1), 48_000));
        string flac = folder.Write("a.flac", [.. "fLaC"u8, .. new byte[60]]);

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(flac, Script($"cat '{au}'", $"type \"{au}\"")));

        Assert.Equal((48_000, 1, 16_000), (clip.SourceRate, clip.SourceChannels, clip.Samples.Length));
        Assert.InRange(Tone.Measure(clip.Samples, 1000).Amplitude, 0.495, 0.505);
    }

    [Fact]
    public void Its_first_line_of_complaint_is_passed_on()
    {
        string flac = folder.Write("a.flac", [.. "fLaC"u8, .. new byte[60]]);

        AudioResult result = AudioReader.Read(flac, Script("echo 'invalid sync code' >&2; exit 1", "echo invalid sync code 1>&2 & exit 1"));

        AudioFailure failure = Assert.IsType<AudioFailure>(result);
        Assert.Equal(AudioProblem.Broken, failure.Problem);
        Assert.Contains("invalid sync code", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_found_on_path_or_not_at_all()
    {
        string script = Script("exit 0", "exit 0");
        string here = Path.GetDirectoryName(script)!;

        Assert.Equal(script, Ffmpeg.Find(Path.Combine(here, "nowhere") + Path.PathSeparator + here));
        Assert.Null(Ffmpeg.Find(Path.Combine(here, "nowhere")));
        Assert.Null(Ffmpeg.Find(path: null));
    }

    private string Script(string unix, string windows)
    {
        if (OperatingSystem.IsWindows())
        {
            string command = folder.File("ffmpeg.cmd");
            File.WriteAllText(command, $"@{windows}\r\n");
            return command;
        }

        string path = folder.File("ffmpeg");
        File.WriteAllText(path, $"#!/bin/sh\n{unix}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
