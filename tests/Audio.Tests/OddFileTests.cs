using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using AdapterCompiler.Audio.Decoding;
using Xunit;
using static AdapterCompiler.Audio.Tests.OddBytes;

namespace AdapterCompiler.Audio.Tests;

/// <summary>Valid files give the samples that were written into them, contradictions are settled or refused, each by its name.</summary>
public sealed class OddFileTests : IDisposable
{
    private static readonly byte[] Sixteen = Format(16_000, 1, 16);

    // ffmpeg 5.1 takes RIFX samples for little-endian, 24 valid bits of 32 for packed, and sees no file behind a second tag.
    private static readonly string[] Misread = ["rifx", "ext-24-in-4", "two-id3"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. OddFiles.All.Keys];

    public static TheoryData<string> BrokenNames => [.. Broken.Keys];

    public void Dispose() => folder.Dispose();

    /// <summary>And ffmpeg's, where it is installed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_valid_file_gives_its_samples(string name)
    {
        OddFile file = OddFiles.All[name];
        string path = folder.Write(name.StartsWith("aif", StringComparison.Ordinal) ? "a.aif" : "a.wav", file.Bytes);
        Near(file.Samples, Decode(path, file));
        if (!Misread.Contains(name) && Ffmpeg.Find() is { } ffmpeg)
            Near(Piped(ffmpeg, path), file.Samples);

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path, ffmpeg: null));
        Assert.Equal((file.Rate, file.Channels, null), (clip.SourceRate, clip.SourceChannels, clip.Warning));
        Assert.InRange(clip.Samples.Length - (file.Samples.Length / file.Channels * 16_000.0 / file.Rate), -2, 2);
    }

    [Fact]
    public void There_are_sixty_and_forty()
    {
        Assert.True(OddFiles.All.Count >= 60, $"{OddFiles.All.Count} valid files");
        Assert.True(Broken.Count >= 40, $"{Broken.Count} broken files");
    }

    /// <summary>One of the header's statements is wrong, and the others say which.</summary>
    [Theory]
    [InlineData("align-0", "block alignment is 0 where 1 x 16 bits need 2; read as 16-bit samples")]
    [InlineData("align-1", "block alignment is 1 where 1 x 16 bits need 2; read as 16-bit samples")]
    [InlineData("align-4-of-3", "block alignment is 4 where 1 x 24 bits need 3; read as 24-bit samples")]
    [InlineData("24-in-4", "narrower than the 4 bytes that each takes; read from the upper end")]
    [InlineData("16-in-3", "narrower than the 3 bytes that each takes; read from the upper end")]
    [InlineData("cut", "breaks off after 0.02 s: its header promises 400 bytes more")]
    [InlineData("data-too-long", "breaks off after 0.03 s: its header promises 1000 bytes more")]
    [InlineData("aiff-cut", "breaks off after 0.02 s: its header promises 500 bytes more")]
    [InlineData("no-pad", null)]
    [InlineData("fmt-last", null)]
    [InlineData("riff-too-short", null)]
    [InlineData("aiff-frames-0", null)]
    public void A_contradiction_with_one_reading_is_settled(string name, string? warning)
    {
        double[] tone = Tones(16_000, 1, 500);
        (byte[] bytes, float[] values) = Integers(tone, 16, 2);
        byte[] data = Chunk("data", bytes);
        byte[] aiff = Form("AIFF", Common(16_000, 1, 16, name == "aiff-frames-0" ? 0 : 500), Sound(Integers(tone, 16, 2, big: true).Bytes));
        (byte[] file, float[] samples) = name switch
        {
            "align-0" => (Riff(Format(16_000, 1, 16, align: 0, bytesPerSecond: 0), data), values),
            "align-1" => (Riff(Format(16_000, 1, 16, align: 1, bytesPerSecond: 32_000), data), values),
            "align-4-of-3" => (Riff(Format(16_000, 1, 24, align: 4, bytesPerSecond: 48_000), Chunk("data", Integers(tone, 24, 3).Bytes)), Integers(tone, 24, 3).Values),
            "24-in-4" => (Riff(Format(16_000, 1, 24, align: 4), Chunk("data", Integers(tone, 32, 4).Bytes)), Integers(tone, 32, 4).Values),
            "16-in-3" => (Riff(Format(16_000, 1, 16, align: 3), Chunk("data", Integers(tone, 16, 3).Bytes)), values),
            "cut" => (Riff(Sixteen, data)[..^400], values[..^200]),
            "data-too-long" => (Riff(Sixteen, Chunk("data", bytes, 2000)), values),
            "aiff-cut" => (aiff[..^500], values[..^250]),
            "no-pad" => (Riff(Sixteen, Chunk("note", [1, 2, 3], pad: []), data), values),
            "fmt-last" => (Riff(data, Sixteen), values),
            "riff-too-short" => (Riff("RIFF", 20, Sixteen, data), values),
            _ => (aiff, values),
        };
        string path = folder.Write("a.wav", file);
        Near(samples, Decode(path, new OddFile(name, file, 16_000, 1, samples)));
        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path, ffmpeg: null));
        Assert.Equal(samples.Length, clip.Samples.Length);
        if (warning is null)
            Assert.Null(clip.Warning);
        else
            Assert.Contains(warning, clip.Warning, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BrokenNames))]
    public void A_broken_file_is_refused_by_name(string name)
    {
        (byte[] bytes, AudioProblem problem, string message) = Broken[name];
        AudioFailure failure = Assert.IsType<AudioFailure>(AudioReader.Read(folder.Write("a.wav", bytes), ffmpeg: null));
        Assert.Equal(problem, failure.Problem);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static readonly IReadOnlyDictionary<string, (byte[] Bytes, AudioProblem Problem, string Message)> Broken = BrokenFiles().ToDictionary(file => file.Name, file => (file.Bytes, file.Problem, file.Message));

    private static IEnumerable<(string Name, byte[] Bytes, AudioProblem Problem, string Message)> BrokenFiles()
    {
        byte[] bytes = Integers(Tones(16_000, 1, 300), 16, 2).Bytes, data = Chunk("data", bytes);
        yield return ("nothing", [], AudioProblem.Empty, "the file has 0 bytes");
        yield return ("text", "not a sound"u8.ToArray(), AudioProblem.NotAudio, "first bytes are not those of a sound file");
        yield return ("head-only", Riff(), AudioProblem.Broken, "no 'fmt' chunk");
        yield return ("head-cut", Riff(Sixteen, data)[..10], AudioProblem.NotAudio, "first bytes are not");
        yield return ("no-data", Riff(Sixteen), AudioProblem.Broken, "no 'data' chunk");
        yield return ("no-format", Riff(data), AudioProblem.Broken, "no 'fmt' chunk");
        yield return ("data-empty", Riff(Sixteen, Chunk("data", [])), AudioProblem.Empty, "without a sample");
        yield return ("data-empty-before-list", Riff(Sixteen, Chunk("data", []), Chunk("LIST", [1, 2, 3, 4])), AudioProblem.Empty, "without a sample");
        yield return ("half-a-frame", Riff(Format(16_000, 4, 24), Chunk("data", [1, 2, 3, 4, 5, 6])), AudioProblem.Empty, "without a sample");
        yield return ("list-too-long", Riff(Sixteen, Chunk("LIST", [1, 2, 3, 4], 5_000), data), AudioProblem.Broken, "its chunk 'LIST' says 5000 bytes where");
        yield return ("format-short", Riff(Chunk("fmt ", new byte[12]), data), AudioProblem.Broken, "its 'fmt' chunk has 12 bytes, at least 16");
        yield return ("format-cut", Riff(Sixteen)[..26], AudioProblem.Broken, "its chunk 'fmt ' says 16 bytes where 6 are left");
        yield return ("channels-0", Riff(Format(16_000, 0, 16, align: 2), data), AudioProblem.Broken, "0 channels");
        yield return ("channels-9999", Riff(Format(16_000, 9999, 16), data), AudioProblem.Broken, "9999 channels; 1 to 256");
        yield return ("rate-0", Riff(Format(0, 1, 16), data), AudioProblem.Unsupported, "0 samples a second");
        yield return ("rate-300", Riff(Format(300, 1, 16), data), AudioProblem.Unsupported, "300 samples a second");
        yield return ("rate-huge", Riff(Format(int.MaxValue, 1, 16), data), AudioProblem.Unsupported, "2147483647 samples a second");
        yield return ("bits-0", Riff(Format(16_000, 1, 0, align: 2), data), AudioProblem.Unsupported, "0-bit samples of encoding 1");
        yield return ("bits-4", Riff(Format(16_000, 1, 4), data), AudioProblem.Unsupported, "4-bit samples of encoding 1");
        yield return ("bits-64", Riff(Format(16_000, 1, 64), data), AudioProblem.Unsupported, "64-bit samples of encoding 1");
        yield return ("float-16", Riff(Format(16_000, 1, 16, 3), data), AudioProblem.Unsupported, "16-bit samples of encoding 3");
        yield return ("adpcm", Riff(Format(16_000, 1, 4, 0x11, align: 256), data), AudioProblem.Unsupported, "encoding 17");
        yield return ("gsm", Riff(Format(8_000, 1, 0, 0x31, align: 65), data), AudioProblem.Unsupported, "encoding 49");
        yield return ("mp3-in-wav", Riff(Format(16_000, 1, 0, 0x55, align: 1), data), AudioProblem.Unsupported, "encoding 85");
        yield return ("ext-short", Riff(Format(16_000, 1, 16, 0xFFFE, more: [0, 0]), data), AudioProblem.Unsupported, "names no codec");
        yield return ("ext-strange", Riff(Format(16_000, 1, 16, 0xFFFE, more: [.. Extension(16, 1)[..^1], 0]), data), AudioProblem.Unsupported, "names no codec");
        yield return ("align-3", Riff(Format(16_000, 1, 16, align: 3, bytesPerSecond: 12_345), data), AudioProblem.Broken, "contradicts itself: 1 x 16 bits take 2 bytes, the block alignment says 3");
        yield return ("align-of-no-channels", Riff(Format(16_000, 2, 16, align: 7), data), AudioProblem.Broken, "the block alignment says 7");
        yield return ("align-too-narrow", Riff(Format(16_000, 1, 24, align: 2), data), AudioProblem.Broken, "1 x 24 bits take 3 bytes, the block alignment says 2");
        yield return ("float-in-8", Riff(Format(16_000, 1, 32, 3, align: 8), data), AudioProblem.Broken, "1 x 32 bits take 4 bytes, the block alignment says 8");
        yield return ("quiet-24-in-4", Riff(Format(16_000, 1, 24, align: 4), Chunk("data", new byte[400])), AudioProblem.Broken, "which end holds them cannot be told");
        yield return ("float-scale-16", Riff(Format(16_000, 1, 32, 3), Chunk("data", Floats(Tones(16_000, 1, 300, 30_000), 4).Bytes)), AudioProblem.Unsupported, "on an integer scale");
        yield return ("float-scale-24-double", Riff(Format(16_000, 1, 64, 3), Chunk("data", Floats(Tones(16_000, 1, 300, 8e6), 8).Bytes)), AudioProblem.Unsupported, "far outside -1 to 1");
        yield return ("float-infinite", Riff(Format(16_000, 1, 32, 3), Chunk("data", BitConverter.GetBytes(float.PositiveInfinity))), AudioProblem.Unsupported, "far outside -1 to 1");
        yield return ("float-nan", Riff(Format(16_000, 1, 32, 3), Chunk("data", BitConverter.GetBytes(float.NaN))), AudioProblem.Broken, "a sample is not a finite number");
        yield return ("aiff-no-common", Form("AIFF", Sound(bytes)), AudioProblem.Broken, "no 'COMM' chunk");
        yield return ("aiff-no-sound", Form("AIFF", Common(16_000, 1, 16, 300)), AudioProblem.Broken, "no 'SSND' chunk");
        yield return ("aiff-common-short", Form("AIFF", Chunk("COMM", new byte[8], big: true), Sound(bytes)), AudioProblem.Broken, "too short");
        yield return ("aiff-channels-0", Form("AIFF", Common(16_000, 0, 16, 300), Sound(bytes)), AudioProblem.Broken, "0 channels");
        yield return ("aifc-ima", Form("AIFC", Common(16_000, 1, 16, 300, "ima4"), Sound(bytes)), AudioProblem.Unsupported, "codec 'ima4'");
        yield return ("aiff-offset", Form("AIFF", Common(16_000, 1, 16, 300), Chunk("SSND", [1, 0, 0, 0, 0, 0, 0, 0, .. bytes], big: true)), AudioProblem.Broken, "said to begin at byte");
        yield return ("id3-alone", Tag(100), AudioProblem.NotAudio, "behind its ID3 tag is no sound");
        yield return ("id3-text", [.. Tag(100), .. "not a sound either"u8], AudioProblem.NotAudio, "behind its ID3 tag is no sound");
        yield return ("id3-too-long", [.. "ID3"u8, 3, 0, 0, 0, 0x7F, 0x7F, 0x7F, .. Riff(Sixteen, data)], AudioProblem.NotAudio, "behind its ID3 tag is no sound");
        yield return ("sync-by-chance", [0xFF, 0xFB, 0x90, 0x64, .. new byte[2000]], AudioProblem.NotAudio, "first bytes are not");
        yield return ("wave64", [0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11, .. new byte[60]], AudioProblem.NeedsFfmpeg, "apt-get install ffmpeg");
        yield return ("flac", [.. "fLaC"u8, .. new byte[60]], AudioProblem.NeedsFfmpeg, "ffmpeg");
    }

    private static float[] Decode(string path, OddFile file)
    {
        using FileStream stream = File.OpenRead(path);
        (FileKind kind, long start) = FileSignature.Recognise(stream, path);
        using SoundSource source = AudioReader.Open(kind, start, stream, path, null);
        Assert.Equal((file.Rate, file.Channels), (source.Rate, source.Channels));
        var samples = new List<float>();
        float[] block = new float[120 * source.Channels];
        for (int count = source.Read(block); count > 0; count = source.Read(block))
            samples.AddRange(block[..count]);
        return [.. samples];
    }

    private static float[] Piped(string ffmpeg, string path)
    {
        var start = new ProcessStartInfo(ffmpeg) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])["-v", "error", "-nostdin", "-i", path, "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return MemoryMarshal.Cast<byte, float>(output.ToArray()).ToArray();
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i] - expected[i], -1e-3f, 1e-3f);
    }
}
