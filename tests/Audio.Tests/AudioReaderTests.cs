using System;
using System.IO;
using NAudio.Codecs;
using Xunit;
using Encoding = AdapterCompiler.Audio.Tests.SoundFiles.Encoding;

namespace AdapterCompiler.Audio.Tests;

public sealed class AudioReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int, int, int, bool> Waves()
    {
        var data = new TheoryData<int, int, int, bool>();
        foreach (Encoding encoding in Enum.GetValues<Encoding>())
        {
            data.Add((int)encoding, 16_000, 1, false);
            data.Add((int)encoding, 44_100, 2, false);
            data.Add((int)encoding, 48_000, 6, true);
        }

        foreach (int rate in (int[])[8_000, 11_025, 22_050, 32_000, 44_056, 96_000, 192_000])
            data.Add((int)Encoding.Pcm16, rate, 3, false);
        return data;
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Waves))]
    public void A_wave_file_of_any_rate_channels_and_encoding_keeps_frequency_and_level(int encoding, int rate, int channels, bool extensible)
    {
        string path = folder.Write("a.wav", SoundFiles.Wave(Tone.Sine(1000, rate, 1), rate, channels, (Encoding)encoding, extensible));

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path));

        Assert.Equal((rate, channels, "WAV"), (clip.SourceRate, clip.SourceChannels, clip.Format));
        Assert.Null(clip.Warning);
        Assert.InRange(clip.Samples.Length, 15_990, 16_010);
        (double amplitude, double rest) = Tone.Measure(clip.Samples, 1000);
        bool coarse = (Encoding)encoding is Encoding.Pcm8 or Encoding.ALaw or Encoding.MuLaw;
        Assert.InRange(Tone.Decibels(amplitude / 0.5), -0.1, 0.1);
        Assert.InRange(Tone.Decibels(rest / 0.354), -300, coarse ? -30 : -75);
    }

    [Theory]
    [InlineData((int)Encoding.Pcm8, 1)]
    [InlineData((int)Encoding.Pcm16, 2)]
    [InlineData((int)Encoding.Pcm24, 1)]
    [InlineData((int)Encoding.Pcm32, 2)]
    public void An_aiff_file_keeps_frequency_and_level(int encoding, int channels)
    {
        string path = folder.Write("a.aiff", SoundFiles.Aiff(Tone.Sine(1000, 44_100, 1), 44_100, channels, (Encoding)encoding));

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path));

        (double amplitude, double rest) = Tone.Measure(clip.Samples, 1000);
        Assert.InRange(Tone.Decibels(amplitude / 0.5), -0.1, 0.1);
        Assert.InRange(Tone.Decibels(rest / 0.354), -300, (Encoding)encoding == Encoding.Pcm8 ? -30 : -75);
    }

    [Theory]
    [InlineData("tone.ogg", "Ogg Vorbis", 44_100, 16_000)]
    [InlineData("tone.mp3", "MP3", 16_000, 17_280)]
    public void A_compressed_second_of_1_khz_keeps_frequency_and_level(string name, string format, int rate, int length)
    {
        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(Fixture(name)));

        // An MP3 encoder pads to whole frames and does not say so.
        Assert.Equal((rate, 2, format, length), (clip.SourceRate, clip.SourceChannels, clip.Format, clip.Samples.Length));
        (double amplitude, double rest) = Tone.Measure(clip.Samples, 1000);
        Assert.InRange(Tone.Decibels(amplitude / 0.5), -0.5, 0.5);
        Assert.InRange(Tone.Decibels(rest / 0.354), -100, -30);
    }

    [Fact]
    public void Raw_g722_is_decoded_at_16_khz()
    {
        float[] tone = Tone.Sine(1000, 16_000, 1);
        string path = folder.Write("a.g722", G722(tone));

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path));

        Assert.Equal(16_000, clip.Samples.Length);
        (double amplitude, double rest) = Tone.Measure(clip.Samples, 1000);
        Assert.InRange(Tone.Decibels(amplitude / 0.5), -0.5, 0.5);
        Assert.InRange(Tone.Decibels(rest / 0.354), -100, -30);
    }

    [Fact]
    public void Samples_stay_below_one_and_channels_are_averaged()
    {
        float[] loud = Tone.Sine(1000, 44_100, 0.5, amplitude: 3);
        string path = folder.Write("a.wav", SoundFiles.Wave(loud, 44_100, 2, Encoding.Float32));

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path));

        Assert.All(clip.Samples, sample => Assert.True(sample is >= -1 and < 1));
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads_back_within_half_a_step()
    {
        float[] tone = Tone.Sine(440, 16_000, 0.25, amplitude: 0.9);
        string path = folder.File("b.wav");

        WavWriter.Write(path, tone);

        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(path));
        Assert.Equal(tone.Length, clip.Samples.Length);
        for (int i = 0; i < tone.Length; i++)
            Assert.InRange(clip.Samples[i] - tone[i], -0.5001f / 32768, 0.5001f / 32768);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    /// <summary>Made by oggenc and lame from one second of a sine; see Fixtures/README.md.</summary>
    internal static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    private static byte[] G722(float[] samples)
    {
        short[] pcm = Array.ConvertAll(samples, sample => (short)(sample * 32767));
        byte[] bytes = new byte[pcm.Length];
        int count = new G722Codec().Encode(new G722CodecState(64_000, G722Flags.None), bytes, pcm, pcm.Length);
        return bytes[..count];
    }
}
