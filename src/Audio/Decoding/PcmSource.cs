using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using NAudio.Codecs;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>The samples of WAV and AIFF files.</summary>
internal sealed class PcmSource : SoundSource
{
    /// <summary>A float sample beyond this is none of a sound between -1 and 1 that was recorded too loud (40 dB); it is on an integer scale.</summary>
    public const float FarOutside = 100;

    private readonly Stream stream;
    private readonly PcmLayout layout;
    private long left;
    private byte[] bytes = [];

    /// <summary>From the layout's first sample on.</summary>
    public PcmSource(Stream stream, PcmLayout layout)
    {
        this.stream = stream;
        this.layout = layout;
        left = layout.Length;
        stream.Position = layout.Start;
    }

    public override int Rate => layout.Rate;

    public override int Channels => layout.Channels;

    public override string Format => layout.Format;

    public override string? Damage => layout.Missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"its header promises {layout.Missing} bytes more") : null;

    public override string? Repair => layout.Repair;

    public override int Read(Span<float> block)
    {
        int frameBytes = layout.SampleBytes * Channels;
        int wanted = (int)Math.Min(block.Length / Channels * frameBytes, left / frameBytes * frameBytes);
        if (bytes.Length < wanted)
            bytes = new byte[wanted];
        int samples = stream.ReadAtLeast(bytes.AsSpan(0, wanted), wanted, throwOnEndOfStream: false) / frameBytes * Channels;
        left -= wanted;
        for (int i = 0; i < samples; i++)
            block[i] = Sample(bytes.AsSpan(i * layout.SampleBytes, layout.SampleBytes));
        return samples;
    }

    private float Sample(Span<byte> sample)
    {
        if (layout.IsBigEndian)
            sample.Reverse();
        return layout.Coding switch
        {
            SampleCoding.ALaw => ALawDecoder.ALawToLinearSample(sample[0]) / 32768f,
            SampleCoding.MuLaw => MuLawDecoder.MuLawToLinearSample(sample[0]) / 32768f,
            SampleCoding.Unsigned => (sample[0] - 128) / 128f,
            SampleCoding.Float => Scaled(sample.Length == sizeof(double) ? (float)BinaryPrimitives.ReadDoubleLittleEndian(sample) : BinaryPrimitives.ReadSingleLittleEndian(sample)),
            _ => sample.Length switch
            {
                1 => (sbyte)sample[0] / 128f,
                2 => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
                3 => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f,
                _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
            },
        };
    }

    private static float Scaled(float sample) => MathF.Abs(sample) <= FarOutside || float.IsNaN(sample)
        ? sample
        : throw new UnsupportedSoundException(string.Create(
            CultureInfo.InvariantCulture, $"a float sample is {sample:0.###}, far outside -1 to 1: the file is on an integer scale. Divide it by what its samples were multiplied with, or export integers"));
}
