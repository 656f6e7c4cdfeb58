using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AdapterCompiler.Audio.Tests;

/// <summary>Pieces of sound files, each as right or as wrong as a test wants it.</summary>
internal static class OddBytes
{
    public static byte[] Number(long value, int bytes, bool big = false)
    {
        byte[] number = [.. Enumerable.Range(0, bytes).Select(i => (byte)(value >> (8 * i)))];
        if (big)
            Array.Reverse(number);
        return number;
    }

    /// <summary>A chunk; its length may lie, its pad byte may be anything or nothing.</summary>
    public static byte[] Chunk(string name, byte[] content, uint? length = null, byte[]? pad = null, bool big = false) =>
        [.. Encoding.ASCII.GetBytes(name), .. Number(length ?? (uint)content.Length, 4, big), .. content, .. content.Length % 2 == 0 ? [] : pad ?? [0]];

    public static byte[] Riff(string name, uint? length, params byte[][] chunks)
    {
        byte[] all = [.. chunks.SelectMany(chunk => chunk)];
        return [.. Encoding.ASCII.GetBytes(name), .. Number(length ?? (uint)all.Length + 4, 4, name == "RIFX"), .. "WAVE"u8, .. all];
    }

    public static byte[] Riff(params byte[][] chunks) => Riff("RIFF", null, chunks);

    public static byte[] Form(string kind, params byte[][] chunks)
    {
        byte[] all = [.. chunks.SelectMany(chunk => chunk)];
        return [.. "FORM"u8, .. Number(all.Length + 4, 4, big: true), .. Encoding.ASCII.GetBytes(kind), .. all];
    }

    /// <summary>The chunk of WAV's format.</summary>
    public static byte[] Format(int rate, int channels, int bits, int tag = 1, int? align = null, long? bytesPerSecond = null, byte[]? more = null, bool big = false)
    {
        int frame = align ?? channels * ((bits + 7) / 8);
        return Chunk(
            "fmt ",
            [
                .. Number(tag, 2, big), .. Number(channels, 2, big), .. Number(rate, 4, big), .. Number(bytesPerSecond ?? (long)rate * frame, 4, big), .. Number(frame, 2, big),
                .. Number(bits, 2, big), .. more ?? [],
            ],
            big: big);
    }

    /// <summary>What the extensible form adds.</summary>
    public static byte[] Extension(int validBits, int tag) =>
        [22, 0, .. Number(validBits, 2), 0, 0, 0, 0, .. Number(tag, 2), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>AIFF's chunk of the format.</summary>
    public static byte[] Common(int rate, int channels, int bits, long frames, string? codec = null)
    {
        int exponent = 31 - int.LeadingZeroCount(rate);
        byte[] extended = [.. Number(16383 + exponent, 2, big: true), .. Number(unchecked((long)((ulong)rate << (63 - exponent))), 8, big: true)];
        return Chunk("COMM", [.. Number(channels, 2, big: true), .. Number(frames, 4, big: true), .. Number(bits, 2, big: true), .. extended, .. codec is null ? [] : Encoding.ASCII.GetBytes(codec), .. codec is null ? Array.Empty<byte>() : [0, 0]], big: true);
    }

    public static byte[] Sound(byte[] samples, uint? length = null) => Chunk("SSND", [0, 0, 0, 0, 0, 0, 0, 0, .. samples], length, big: true);

    /// <summary>An ID3v2 tag of so many bytes of content.</summary>
    public static byte[] Tag(int content) => [.. "ID3"u8, 3, 0, 0, 0, 0, (byte)(content >> 7), (byte)(content & 127), .. new byte[content]];

    /// <summary>A sine of its own in every channel, interleaved.</summary>
    public static double[] Tones(int rate, int channels, int frames, double level = 0.5) =>
        [.. Enumerable.Range(0, frames * channels).Select(i => level * (1 - (i % channels * 0.05)) * Math.Sin(2 * Math.PI * (200 + (90 * (i % channels))) * (i / channels) / rate))];

    /// <summary>Integers of so many bits in the upper end of so many bytes, and what they stand for.</summary>
    public static (byte[] Bytes, float[] Values) Integers(double[] samples, int bits, int bytes, bool big = false, bool isUnsigned = false)
    {
        var data = new List<byte>();
        var values = new List<float>();
        foreach (double sample in samples)
        {
            long value = (long)Math.Round(sample * ((1L << (bits - 1)) - 1));
            values.Add((float)(value / (double)(1L << (bits - 1))));
            data.AddRange(Number((value << ((8 * bytes) - bits)) + (isUnsigned ? 128 : 0), bytes, big));
        }

        return ([.. data], [.. values]);
    }

    public static (byte[] Bytes, float[] Values) Floats(double[] samples, int bytes, bool big = false)
    {
        byte[] One(double sample)
        {
            byte[] number = bytes == 4 ? BitConverter.GetBytes((float)sample) : BitConverter.GetBytes(sample);
            if (big)
                Array.Reverse(number);
            return number;
        }

        return ([.. samples.SelectMany(One)], [.. samples.Select(sample => (float)sample)]);
    }

    /// <summary>Every code of G.711, over and over, and what it stands for by the standard.</summary>
    public static (byte[] Bytes, float[] Values) Laws(int count, bool isMu)
    {
        byte[] bytes = [.. Enumerable.Range(0, count).Select(i => (byte)((i * 37) + 5))];
        return (bytes, [.. bytes.Select(code => (isMu ? MuLaw(code) : ALaw(code)) / 32768f)]);
    }

    private static int MuLaw(byte code)
    {
        int inverted = ~code & 0xFF, magnitude = ((((inverted & 0xF) << 3) + 0x84) << (inverted >> 4 & 7)) - 0x84;
        return (inverted & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int ALaw(byte code)
    {
        int toggled = code ^ 0x55, segment = toggled >> 4 & 7, magnitude = ((toggled & 0xF) << 4) + 8;
        magnitude = segment == 0 ? magnitude : (magnitude + 0x100) << (segment - 1);
        return (toggled & 0x80) != 0 ? magnitude : -magnitude;
    }
}
