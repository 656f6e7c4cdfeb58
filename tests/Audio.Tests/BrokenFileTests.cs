using System;
using System.IO;
using System.Linq;
using Xunit;
using Encoding = AdapterCompiler.Audio.Tests.SoundFiles.Encoding;

namespace AdapterCompiler.Audio.Tests;

public sealed class BrokenFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.wav")]
    [InlineData("a.ogg")]
    [InlineData("a.g722")]
    public void A_file_of_no_bytes_is_empty(string name) => Fails(AudioProblem.Empty, name, []);

    [Fact]
    public void A_header_without_samples_is_empty() => Fails(AudioProblem.Empty, "a.wav", SoundFiles.Wave([], 16_000, 1, Encoding.Pcm16));

    [Theory]
    [InlineData("a.wav")]
    [InlineData("a.flac")]
    [InlineData("notes.txt")]
    public void Text_is_not_audio_whatever_its_name(string name) => Fails(AudioProblem.NotAudio, name, "The quick brown fox jumps over the lazy dog."u8.ToArray());

    [Fact]
    public void A_missing_file_and_a_folder_are_unreadable()
    {
        AudioFailure missing = Assert.IsType<AudioFailure>(AudioReader.Read(folder.File("none.wav")));
        AudioFailure directory = Assert.IsType<AudioFailure>(AudioReader.Read(Path.GetDirectoryName(folder.File("x"))!));

        Assert.Equal((AudioProblem.Unreadable, AudioProblem.Unreadable), (missing.Problem, directory.Problem));
        Assert.Contains("folder", directory.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(2_000_000_000)]
    public void A_rate_out_of_range_is_unsupported(int rate)
    {
        byte[] bytes = SoundFiles.Wave(new float[100], 16_000, 1, Encoding.Pcm16);
        BitConverter.TryWriteBytes(bytes.AsSpan(24), rate);

        AudioFailure failure = Fails(AudioProblem.Unsupported, "a.wav", bytes);

        Assert.Contains("1000 to 768000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_odd_codec_inside_wav_is_unsupported()
    {
        byte[] bytes = SoundFiles.Wave(new float[100], 16_000, 1, Encoding.Pcm16);
        bytes[20] = 0x11; // IMA ADPCM

        AudioFailure failure = Fails(AudioProblem.Unsupported, "a.wav", bytes);

        Assert.Contains("PCM of 8, 16, 24, 32 bits", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_that_is_no_number_means_broken()
    {
        float[] samples = new float[100];
        samples[7] = float.NaN;

        Fails(AudioProblem.Broken, "a.wav", SoundFiles.Wave(samples, 16_000, 1, Encoding.Float32));
    }

    [Fact]
    public void A_truncated_wave_gives_what_is_there_with_a_warning()
    {
        byte[] whole = SoundFiles.Wave(Tone.Sine(440, 16_000, 1), 16_000, 1, Encoding.Pcm16);
        string path = folder.Write("a.wav", whole[..(44 + 20_001)]);

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path));

        Assert.Equal(10_000, clip.Samples.Length);
        Assert.Contains("breaks off after 0.62 s", clip.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Flac_without_ffmpeg_names_the_command_that_installs_it()
    {
        string path = folder.Write("a.flac", [.. "fLaC"u8, .. new byte[100]]);

        AudioFailure failure = Assert.IsType<AudioFailure>(AudioReader.Read(path, ffmpeg: null));

        Assert.Equal(AudioProblem.NeedsFfmpeg, failure.Problem);
        Assert.Contains("apt-get install ffmpeg", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RIFF____WAVE")]
    [InlineData("RF64____WAVE")]
    [InlineData("FORM____AIFF")]
    [InlineData("FORM____AIFC")]
    [InlineData("OggS\0\u0002\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u0001\u001e\u0001vorbis")]
    [InlineData("ID3")]
    public void Random_bytes_behind_a_signature_never_throw(string signature)
    {
        var random = new Random(20);
        byte[] start = System.Text.Encoding.Latin1.GetBytes(signature);
        for (int round = 0; round < 60; round++)
        {
            byte[] noise = new byte[random.Next(0, 5000)];
            random.NextBytes(noise);
            AudioResult result = AudioReader.Read(folder.Write("a.bin", [.. start, .. noise]), ffmpeg: null);
            AssertUsableOrNamed(result);
        }
    }

    [Fact]
    public void A_wave_damaged_anywhere_or_cut_anywhere_never_throws()
    {
        var random = new Random(21);
        byte[] whole = SoundFiles.Wave(Tone.Sine(440, 22_050, 0.05), 22_050, 2, Encoding.Pcm24, extensible: true);
        for (int cut = 1; cut < 80; cut++)
            AssertUsableOrNamed(AudioReader.Read(folder.Write("a.wav", whole[..cut]), ffmpeg: null));
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int flip = 0; flip < 3; flip++)
                damaged[random.Next(0, 80)] = (byte)random.Next(256);
            AssertUsableOrNamed(AudioReader.Read(folder.Write("a.wav", damaged), ffmpeg: null));
        }
    }

    [Theory]
    [InlineData("tone.ogg")]
    [InlineData("tone.mp3")]
    public void A_compressed_file_damaged_or_cut_anywhere_never_throws(string name)
    {
        var random = new Random(22);
        byte[] whole = File.ReadAllBytes(AudioReaderTests.Fixture(name));
        for (int round = 0; round < 150; round++)
        {
            AssertUsableOrNamed(AudioReader.Read(folder.Write("cut.bin", whole[..random.Next(1, whole.Length)]), ffmpeg: null));
            byte[] damaged = (byte[])whole.Clone();
            for (int flip = 0; flip < 10; flip++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            AssertUsableOrNamed(AudioReader.Read(folder.Write("damaged.bin", damaged), ffmpeg: null));
        }
    }

    private static void AssertUsableOrNamed(AudioResult result)
    {
        if (result is AudioClip clip)
            Assert.True(clip.Samples.Length > 0 && clip.Samples.All(sample => sample is >= -1 and < 1));
        else
            Assert.False(string.IsNullOrWhiteSpace(Assert.IsType<AudioFailure>(result).Message));
    }

    private AudioFailure Fails(AudioProblem problem, string name, byte[] bytes)
    {
        AudioFailure failure = Assert.IsType<AudioFailure>(AudioReader.Read(folder.Write(name, bytes), ffmpeg: null));
        Assert.Equal(problem, failure.Problem);
        Assert.False(string.IsNullOrWhiteSpace(failure.Message));
        return failure;
    }
}
