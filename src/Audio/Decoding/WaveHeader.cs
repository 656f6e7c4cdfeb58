using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>
/// The header of a WAV file. What contradicts itself, the samples or the file's size is settled where only one reading makes sense, and
/// refused by name otherwise: nothing is decoded by guess.
/// </summary>
internal sealed class WaveHeader
{
    private const int HeaderBytes = 12;
    private const int FormatBytes = 16;
    private const int ExtensibleBytes = 40;
    private const int SubFormatAt = 24;

    /// <summary>Marks samples narrower than their place, whose position in it is not known yet.</summary>
    private const string Justified = "?";

    // The sub-formats of the extensible form: a format tag, then always the same.
    private static readonly byte[] SubFormatEnd = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    private readonly Stream stream;
    private readonly ChunkWalk walk;
    private readonly bool isBigEndian;

    private WaveHeader(Stream stream, bool isBigEndian)
    {
        this.stream = stream;
        this.isBigEndian = isBigEndian;
        walk = new ChunkWalk(stream, isBigEndian);
    }

    /// <summary>Reads the header that begins at a place.</summary>
    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    /// <exception cref="UnsupportedSoundException">Its codec is not read.</exception>
    public static PcmLayout Read(Stream stream, long place)
    {
        Span<byte> head = stackalloc byte[HeaderBytes];
        stream.Position = place;
        stream.ReadExactly(head);
        return new WaveHeader(stream, head.StartsWith("RIFX"u8)).Read(place + HeaderBytes);
    }

    private PcmLayout Read(long place)
    {
        Chunk[] chunks = [.. walk.From(place)];
        Chunk format = chunks.FirstOrDefault(chunk => chunk.Name == "fmt ") ?? throw new InvalidDataException(Lacks("fmt ", chunks));
        Chunk data = chunks.FirstOrDefault(chunk => chunk.Name == "data") ?? throw new InvalidDataException(Lacks("data", chunks));
        PcmLayout layout = Format(walk.Content(format, ExtensibleBytes)) with { Start = data.Start };
        long rest = stream.Length - data.Start, said = Said(data, chunks.FirstOrDefault(chunk => chunk.Name == "ds64"), rest);
        layout = layout with { Length = Math.Min(said, rest), Missing = Math.Max(0, said - rest) };
        layout = layout.Repair == Justified ? WithJustification(layout) : layout;
        return LeftOver(data, said) is { } left ? layout with { Repair = layout.Repair is { } repair ? repair + "; " + left : left } : layout;
    }

    // More behind the samples than in them, and no chunk: a writer that stopped before it corrected its length, or something that is no sound. Which, cannot be told.
    private string? LeftOver(Chunk data, long said)
    {
        long end = data.Start + said, rest = stream.Length - end;
        return rest > said && !walk.From(end).Any() && !walk.From(end + 1).Any()
            ? Invariant($"its samples are said to be {said} bytes, and {rest} bytes follow that are no chunk; those were not read")
            : null;
    }

    // A length of 0 or all ones stands where the writer could not go back to fill it in: to the end. An empty chunk among others is empty.
    private long Said(Chunk data, Chunk? ds64, long rest)
    {
        const int DataSizeAt = 8;
        if (data.IsOpen)
        {
            byte[] sizes = ds64 is null ? [] : walk.Content(ds64, DataSizeAt + sizeof(long));
            long size = sizes.Length < DataSizeAt + sizeof(long) ? 0 : BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(DataSizeAt));
            return size > 0 ? size : rest;
        }

        return data.Length > 0 || walk.Tiles(data.Start) ? data.Length : rest;
    }

    private string Lacks(string name, Chunk[] chunks)
    {
        if (chunks is [.., { } last] && last.Length > stream.Length - last.Start)
            return Invariant($"its chunk '{last.Name}' says {last.Length} bytes where {stream.Length - last.Start} are left, and no '{name.Trim()}' chunk came before it");
        return Invariant($"it has no '{name.Trim()}' chunk");
    }

    private PcmLayout Format(byte[] format)
    {
        if (format.Length < FormatBytes)
            throw new InvalidDataException(Invariant($"its 'fmt' chunk has {format.Length} bytes, at least {FormatBytes} are needed"));
        int tag = walk.Short(format), channels = walk.Short(format.AsSpan(2)), align = walk.Short(format.AsSpan(12)), bits = walk.Short(format.AsSpan(14));
        int rate = (int)Math.Min(int.MaxValue, walk.Word(format.AsSpan(4)));
        long bytesPerSecond = walk.Word(format.AsSpan(8));
        if (tag == 0xFFFE)
        {
            if (format.Length < ExtensibleBytes || !format.AsSpan(SubFormatAt + 2).SequenceEqual(SubFormatEnd))
                throw new UnsupportedSoundException("its extensible format names no codec that is read; PCM of 8, 16, 24, 32 bits, floats, A-law and mu-law are");
            tag = walk.Short(format.AsSpan(SubFormatAt));
        }

        if (channels == 0)
            throw new InvalidDataException("its header says 0 channels");
        SampleCoding coding = (tag, bits) switch
        {
            (1, 8) => SampleCoding.Unsigned,
            (1, > 8 and <= 32) => SampleCoding.Signed,
            (3, 32 or 64) => SampleCoding.Float,
            (6, 8) => SampleCoding.ALaw,
            (7, 8) => SampleCoding.MuLaw,
            _ => throw new UnsupportedSoundException(Invariant($"{bits}-bit samples of encoding {tag} are not read; PCM of 8, 16, 24, 32 bits, floats, A-law and mu-law are")),
        };
        (int sampleBytes, string? repair) = SampleBytes(coding, bits, channels, align, bytesPerSecond, rate);
        return new PcmLayout("WAV", rate, channels, coding, sampleBytes, isBigEndian, 0, 0) { Repair = repair };
    }

    // Bits, block alignment and bytes a second say the same three times. Where they differ, two of them are right.
    private static (int Bytes, string? Repair) SampleBytes(SampleCoding coding, int bits, int channels, int align, long bytesPerSecond, int rate)
    {
        int byBits = (bits + 7) / 8;
        if (align == byBits * channels)
        {
            // The field has 32 bits, and some writers leave it 0.
            bool isSaid = bytesPerSecond != 0 && bytesPerSecond != (uint)((long)rate * align);
            return (byBits, isSaid ? Invariant($"its header says {bytesPerSecond} bytes a second where {rate} Hz of {channels} x {bits} bits are {(long)rate * align}; read at {rate} Hz") : null);
        }

        if (align == 0 || bytesPerSecond == (long)rate * channels * byBits)
            return (byBits, Invariant($"its block alignment is {align} where {channels} x {bits} bits need {byBits * channels}; read as {bits}-bit samples"));
        bool isAligned = align % channels == 0 && bytesPerSecond == (long)rate * align;
        if (isAligned && coding == SampleCoding.Signed && align / channels is > 1 and <= 4 and int wide && wide > byBits)
            return (wide, Justified);
        throw new InvalidDataException(Invariant(
            $"its header contradicts itself: {channels} x {bits} bits take {byBits * channels} bytes, the block alignment says {align}, {bytesPerSecond} bytes a second are {bytesPerSecond / (double)Math.Max(1, rate):0.##} a sample. Export it again"));
    }

    // The valid bits are the upper ones, by the format's rules; some writers use the lower ones. One sample that needs the upper ones decides.
    private PcmLayout WithJustification(PcmLayout layout)
    {
        byte[] block = new byte[layout.SampleBytes * 4096];
        stream.Position = layout.Start;
        for (long left = layout.Length; left >= layout.SampleBytes;)
        {
            int count = stream.ReadAtLeast(block.AsSpan(0, (int)Math.Min(block.Length, left)), layout.SampleBytes, throwOnEndOfStream: false) / layout.SampleBytes * layout.SampleBytes;
            if (count == 0)
                break;
            left -= count;
            for (int i = 0; i < count; i += layout.SampleBytes)
            {
                int top = i + (isBigEndian ? 0 : layout.SampleBytes - 1), next = i + (isBigEndian ? 1 : layout.SampleBytes - 2);
                if (block[top] != ((block[next] & 0x80) == 0 ? 0 : 0xFF))
                    return layout with { Repair = Invariant($"its samples are narrower than the {layout.SampleBytes} bytes that each takes; read from the upper end") };
            }
        }

        throw new InvalidDataException(Invariant($"its samples are narrower than the {layout.SampleBytes} bytes that each takes, and so quiet that which end holds them cannot be told. Export it again"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
