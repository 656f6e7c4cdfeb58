using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using NAudio.Codecs;
using NAudio.Wave;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>WAV and AIFF: NAudio finds the chunks, the sample formats are turned into floats here.</summary>
internal sealed class PcmSource : SoundSource
{
    private static readonly Guid PcmSubFormat = new("00000001-0000-0010-8000-00aa00389b71");
    private static readonly Guid FloatSubFormat = new("00000003-0000-0010-8000-00aa00389b71");
    private static readonly Guid ALawSubFormat = new("00000006-0000-0010-8000-00aa00389b71");
    private static readonly Guid MuLawSubFormat = new("00000007-0000-0010-8000-00aa00389b71");

    private readonly WaveStream reader;
    private readonly WaveFormatEncoding encoding;
    private readonly int sampleBytes;
    private readonly long missing;
    private byte[] bytes = [];

    private PcmSource(WaveStream reader, WaveFormatEncoding encoding, long missing, string format)
    {
        this.reader = reader;
        this.encoding = encoding;
        this.missing = missing;
        sampleBytes = reader.WaveFormat.BitsPerSample / 8;
        Format = format;
    }

    public override int Rate => reader.WaveFormat.SampleRate;

    public override int Channels => reader.WaveFormat.Channels;

    public override string Format { get; }

    public override string? Damage => missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"its header promises {missing} bytes more") : null;

    /// <summary>Opens a file; throws <see cref="UnsupportedSoundException"/> for codecs that are not read.</summary>
    public static PcmSource Open(Stream stream, FileKind kind)
    {
        bool aiff = kind == FileKind.Aiff;
        long bytesMissing = Missing(stream, aiff);
        WaveStream opened = aiff ? new AiffFileReader(stream) : new WaveFileReader(stream);
        try
        {
            WaveFormat format = opened.WaveFormat;
            WaveFormatEncoding found = EncodingOf(format);
            bool readable = found switch
            {
                WaveFormatEncoding.Pcm => format.BitsPerSample is 8 or 16 or 24 or 32,
                WaveFormatEncoding.IeeeFloat => format.BitsPerSample is 32 or 64,
                WaveFormatEncoding.ALaw or WaveFormatEncoding.MuLaw => format.BitsPerSample == 8,
                _ => false,
            };
            if (!readable)
            {
                throw new UnsupportedSoundException(
                    $"{format.BitsPerSample}-bit samples of encoding {format.Encoding} are not read; PCM of 8, 16, 24, 32 bits, floats, A-law and mu-law are");
            }

            return new PcmSource(opened, found, bytesMissing, aiff ? "AIFF" : "WAV");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public override int Read(Span<float> block)
    {
        int frameBytes = sampleBytes * Channels;
        int wanted = block.Length / Channels * frameBytes;
        if (bytes.Length < wanted)
            bytes = new byte[wanted];
        int count = 0;
        int got;
        // Whole frames only: the readers refuse to go on from the middle of one.
        while (count < wanted && count % frameBytes == 0 && (got = reader.Read(bytes.AsSpan(count, wanted - count))) > 0)
            count += got;
        int samples = count / frameBytes * Channels;
        for (int i = 0; i < samples; i++)
            block[i] = Sample(bytes.AsSpan(i * sampleBytes, sampleBytes));
        return samples;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            reader.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Bytes that the outermost chunk announces beyond the end of the file. 0 and 0xFFFFFFFF stand for "not known" (streams, RF64).</summary>
    private static long Missing(Stream stream, bool aiff)
    {
        const int ChunkHeader = 8;
        Span<byte> head = stackalloc byte[ChunkHeader];
        stream.ReadExactly(head);
        stream.Position = 0;
        uint announced = aiff ? BinaryPrimitives.ReadUInt32BigEndian(head[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        return announced == uint.MaxValue ? 0 : Math.Max(0, announced + ChunkHeader - stream.Length);
    }

    /// <summary>The encoding proper: the extensible form names it by the GUID at byte 6 of its extra data.</summary>
    private static WaveFormatEncoding EncodingOf(WaveFormat format)
    {
        const int SubFormatAt = 6;
        const int GuidBytes = 16;
        if (format.Encoding != WaveFormatEncoding.Extensible)
            return format.Encoding;
        Guid sub = format switch
        {
            WaveFormatExtensible extensible => extensible.SubFormat,
            WaveFormatExtraData { ExtraData: { } extra } when extra.Length >= SubFormatAt + GuidBytes => new Guid(extra.AsSpan(SubFormatAt, GuidBytes)),
            _ => Guid.Empty,
        };
        if (sub == PcmSubFormat)
            return WaveFormatEncoding.Pcm;
        if (sub == FloatSubFormat)
            return WaveFormatEncoding.IeeeFloat;
        if (sub == ALawSubFormat)
            return WaveFormatEncoding.ALaw;
        return sub == MuLawSubFormat ? WaveFormatEncoding.MuLaw : WaveFormatEncoding.Extensible;
    }

    private float Sample(ReadOnlySpan<byte> sample) => (encoding, sampleBytes) switch
    {
        (WaveFormatEncoding.ALaw, _) => ALawDecoder.ALawToLinearSample(sample[0]) / 32768f,
        (WaveFormatEncoding.MuLaw, _) => MuLawDecoder.MuLawToLinearSample(sample[0]) / 32768f,
        (WaveFormatEncoding.IeeeFloat, 8) => (float)BinaryPrimitives.ReadDoubleLittleEndian(sample),
        (WaveFormatEncoding.IeeeFloat, _) => BinaryPrimitives.ReadSingleLittleEndian(sample),
        // Unsigned in AIFF too: NAudio has turned its signed bytes by then.
        (_, 1) => (sample[0] - 128) / 128f,
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
        (_, 3) => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
    };
}
