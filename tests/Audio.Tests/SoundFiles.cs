using System;
using System.Buffers.Binary;
using System.IO;

namespace AdapterCompiler.Audio.Tests;

/// <summary>Writes sound files byte by byte, independently of the libraries that read them.</summary>
internal static class SoundFiles
{
    public enum Encoding
    {
        Pcm8,
        Pcm16,
        Pcm24,
        Pcm32,
        Float32,
        Float64,
        ALaw,
        MuLaw,
    }

    /// <summary>A RIFF WAVE file with the same samples in every channel.</summary>
    public static byte[] Wave(float[] samples, int rate, int channels, Encoding encoding, bool extensible = false)
    {
        byte[] data = Data(samples, channels, encoding);
        int sampleBytes = SampleBytes(encoding);
        ushort tag = encoding switch { Encoding.Float32 or Encoding.Float64 => 3, Encoding.ALaw => 6, Encoding.MuLaw => 7, _ => 1 };
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        int formatBytes = extensible ? 40 : 16;
        writer.Write("RIFF"u8);
        writer.Write(4 + 8 + formatBytes + 8 + data.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(formatBytes);
        writer.Write(extensible ? (ushort)0xFFFE : tag);
        writer.Write((ushort)channels);
        writer.Write(rate);
        writer.Write(rate * channels * sampleBytes);
        writer.Write((ushort)(channels * sampleBytes));
        writer.Write((ushort)(sampleBytes * 8));
        if (extensible)
        {
            writer.Write((ushort)22);
            writer.Write((ushort)(sampleBytes * 8));
            writer.Write(0);
            writer.Write(new Guid(tag, 0, 0x10, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71).ToByteArray());
        }

        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>A big-endian PCM AIFF file.</summary>
    public static byte[] Aiff(float[] samples, int rate, int channels, Encoding encoding)
    {
        byte[] data = Data(samples, channels, encoding);
        int sampleBytes = SampleBytes(encoding);
        if (encoding == Encoding.Pcm8)
        {
            for (int i = 0; i < data.Length; i++)
                data[i] ^= 0x80;
        }

        for (int i = 0; i < data.Length; i += sampleBytes)
            data.AsSpan(i, sampleBytes).Reverse();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("FORM"u8);
        writer.Write(BinaryPrimitives.ReverseEndianness(4 + 8 + 18 + 8 + 8 + data.Length));
        writer.Write("AIFFCOMM"u8);
        writer.Write(BinaryPrimitives.ReverseEndianness(18));
        writer.Write(BinaryPrimitives.ReverseEndianness((short)channels));
        writer.Write(BinaryPrimitives.ReverseEndianness(samples.Length));
        writer.Write(BinaryPrimitives.ReverseEndianness((short)(sampleBytes * 8)));
        writer.Write(ExtendedFloat(rate));
        writer.Write("SSND"u8);
        writer.Write(BinaryPrimitives.ReverseEndianness(8 + data.Length));
        writer.Write(0L);
        writer.Write(data);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>A Sun AU file of big-endian floats, as ffmpeg is asked for.</summary>
    public static byte[] Au(float[] samples, int rate)
    {
        byte[] bytes = new byte[24 + (samples.Length * 4)];
        uint[] words = [0x2E736E64, 24, uint.MaxValue, 6, (uint)rate, 1];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), words[i]);
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(24 + (i * 4)), samples[i]);
        return bytes;
    }

    private static int SampleBytes(Encoding encoding) => encoding switch
    {
        Encoding.Pcm16 => 2,
        Encoding.Pcm24 => 3,
        Encoding.Pcm32 or Encoding.Float32 => 4,
        Encoding.Float64 => 8,
        _ => 1,
    };

    private static byte[] Data(float[] samples, int channels, Encoding encoding)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (float sample in samples)
        {
            for (int channel = 0; channel < channels; channel++)
                Write(writer, sample, encoding);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static void Write(BinaryWriter writer, float sample, Encoding encoding)
    {
        switch (encoding)
        {
            case Encoding.Pcm8:
                writer.Write((byte)(128 + Math.Round(sample * 127)));
                break;
            case Encoding.Pcm16:
                writer.Write((short)Math.Round(sample * 32767));
                break;
            case Encoding.Pcm24:
                int value = (int)Math.Round(sample * 8388607);
                writer.Write((byte)value);
                writer.Write((short)(value >> 8));
                break;
            case Encoding.Pcm32:
                writer.Write((int)Math.Round(sample * 2147483647.0));
                break;
            case Encoding.Float32:
                writer.Write(sample);
                break;
            case Encoding.Float64:
                writer.Write((double)sample);
                break;
            case Encoding.ALaw:
                writer.Write(NAudio.Codecs.ALawEncoder.LinearToALawSample((short)(sample * 32767)));
                break;
            default:
                writer.Write(NAudio.Codecs.MuLawEncoder.LinearToMuLawSample((short)(sample * 32767)));
                break;
        }
    }

    /// <summary>The 80-bit float that AIFF gives its rate in.</summary>
    private static byte[] ExtendedFloat(int value)
    {
        int exponent = 31 - int.LeadingZeroCount(value);
        byte[] bytes = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(16383 + exponent));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), (ulong)value << (63 - exponent));
        return bytes;
    }
}
