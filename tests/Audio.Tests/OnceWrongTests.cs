using System;
using System.Linq;
using Xunit;
using static AdapterCompiler.Audio.Tests.OddBytes;

namespace AdapterCompiler.Audio.Tests;

/// <summary>Files that were once read wrong or not at all, and others of their kinds. What counts is what a network hears: the codes of a file are those of its plain twin.</summary>
public sealed class OnceWrongTests : IDisposable
{
    private static readonly byte[] Sixteen = Format(16_000, 1, 16);

    // 1.5 s of 440 Hz.
    private static readonly double[] Sound = [.. Enumerable.Range(0, 24_000).Select(i => 0.5 * Math.Sin(2 * Math.PI * 440 * i / 16_000))];

    private static readonly byte[] Samples = Integers(Sound, 16, 2).Bytes;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The tag's 10 bytes of nothing made the file an MP3, whose garbage was classified without a word.</summary>
    [Fact]
    public void A_tag_before_riff() => Same([.. Tag(10), .. Plain]);

    /// <summary>Whatever the pad byte behind a chunk of three bytes is.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(' ')]
    [InlineData(0xE9)]
    public void A_pad_byte_that_is_not_zero(byte pad) => Same(Riff(Sixteen, Chunk("axml", "<a>"u8.ToArray(), pad: [pad]), Chunk("data", Samples)));

    /// <summary>Samples of 4 bytes whose header says 24 bits: the upper three bytes hold them.</summary>
    [Fact]
    public void A_block_alignment_that_contradicts_the_bits()
    {
        byte[] wide = [.. Sound.SelectMany(sample => Number((int)(sample * int.MaxValue), 4))];
        Same(Riff(Format(16_000, 1, 24, align: 4), Chunk("data", wide)), "narrower than the 4 bytes that each takes; read from the upper end");
    }

    public static TheoryData<string> Kinds => ["footer", "tag-before-aiff", "two-pads", "pad-in-list", "tag-and-open", "channels-and-align", "bytes-a-second", "no-bytes-a-second", "odd-fmt", "rf64-without-sizes"];

    /// <summary>The same kinds, otherwise.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Others_of_these_kinds(string name)
    {
        byte[] data = Chunk("data", Samples);
        byte[] footed = [.. "ID3"u8, 4, 0, 0x10, 0, 0, 0, 6, .. new byte[6], .. "3DI"u8, 4, 0, 0x10, 0, 0, 0, 6];
        (byte[] file, string? warning) = name switch
        {
            "footer" => ((byte[])[.. footed, .. Plain], (string?)null),
            "tag-before-aiff" => ([.. Tag(77), .. Form("AIFF", Common(16_000, 1, 16, 24_000), OddBytes.Sound(Integers(Sound, 16, 2, big: true).Bytes))], null),
            "two-pads" => (Riff(Chunk("note", [1], pad: [9]), Sixteen, Chunk("note", [1, 2, 3], pad: [0xFF]), data), null),
            "pad-in-list" => (Riff(Sixteen, Chunk("LIST", [.. "INFOICMT"u8, 3, 0, 0, 0, .. "abc"u8, .. "\n"u8]), data), null),
            "tag-and-open" => ([.. Tag(10), .. Riff("RIFF", uint.MaxValue, Sixteen, Chunk("data", Samples, uint.MaxValue))], null),
            "channels-and-align" => (Riff(Format(16_000, 2, 16, align: 2, bytesPerSecond: 64_000), Chunk("data", Doubled())), "block alignment is 2 where 2 x 16 bits need 4; read as 16-bit samples"),
            "bytes-a-second" => (Riff(Format(16_000, 1, 16, bytesPerSecond: 64_000), data), "its header says 64000 bytes a second where 16000 Hz of 1 x 16 bits are 32000; read at 16000 Hz"),
            "no-bytes-a-second" => (Riff(Format(16_000, 1, 16, bytesPerSecond: 0), data), null),
            "odd-fmt" => (Riff(Format(16_000, 1, 16, more: [0]), data), null),
            _ => (Riff("RF64", uint.MaxValue, Sixteen, Chunk("data", Samples, uint.MaxValue)), null),
        };
        Same(file, warning);
    }

    /// <summary>A length that was never corrected: what follows the samples is named, not passed over.</summary>
    [Fact]
    public void More_behind_the_samples_than_in_them_is_said()
    {
        byte[] file = Riff(Sixteen, Chunk("data", [.. Samples[..4_000], .. new byte[] { 1, 2, 3, 4 }, .. Samples[4_004..]], 4_000));
        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(folder.Write("a.wav", file), ffmpeg: null));
        Assert.Equal(2_000, clip.Samples.Length);
        Assert.Contains("its samples are said to be 4000 bytes, and 44000 bytes follow that are no chunk", clip.Warning, StringComparison.Ordinal);
    }

    private static byte[] Plain => Riff(Sixteen, Chunk("data", Samples));

    private static byte[] Doubled() => [.. Samples.Chunk(2).SelectMany(sample => sample.Concat(sample))];

    private void Same(byte[] file, string? warning = null)
    {
        AudioClip plain = Assert.IsType<AudioClip>(AudioReader.Read(folder.Write("plain.wav", Plain), ffmpeg: null));
        AudioClip clip = Assert.IsType<AudioClip>(AudioReader.Read(folder.Write("a.wav", file), ffmpeg: null));
        Assert.Equal(1.5, clip.Seconds);
        if (warning is null)
            Assert.Null(clip.Warning);
        else
            Assert.Contains(warning, clip.Warning, StringComparison.Ordinal);
        // A rounding of the samples may move a code by one where it lies on an edge.
        byte[] expected = new LogMelFrontEnd().Codes(plain.Samples), actual = new LogMelFrontEnd().Codes(clip.Samples);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(Loud(expected), i => Assert.InRange(actual[i] - expected[i], -1, 1));
    }

    // Where the tone is heard: below lies the rounding of 16 bits.
    private static int[] Loud(byte[] codes) => [.. Enumerable.Range(0, codes.Length).Where(i => codes[i] > codes.Max() - 80)];
}
