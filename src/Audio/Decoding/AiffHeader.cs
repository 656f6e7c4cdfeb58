using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>The header of an AIFF or AIFC file, read as strictly as <see cref="WaveHeader"/> reads a WAV's.</summary>
internal static class AiffHeader
{
    private const int HeaderBytes = 12;
    private const int CommonBytes = 18;
    private const int OffsetBytes = 8;

    /// <summary>Reads the header that begins at a place.</summary>
    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    /// <exception cref="UnsupportedSoundException">Its codec is not read.</exception>
    public static PcmLayout Read(Stream stream, long place)
    {
        var walk = new ChunkWalk(stream, isBigEndian: true);
        Chunk[] chunks = [.. walk.From(place + HeaderBytes)];
        Chunk common = chunks.FirstOrDefault(chunk => chunk.Name == "COMM") ?? throw new InvalidDataException("it has no 'COMM' chunk");
        Chunk sound = chunks.FirstOrDefault(chunk => chunk.Name == "SSND") ?? throw new InvalidDataException("it has no 'SSND' chunk");
        byte[] content = walk.Content(common, CommonBytes + 4), offsets = walk.Content(sound with { Length = uint.MaxValue }, OffsetBytes);
        if (content.Length < CommonBytes || offsets.Length < OffsetBytes)
            throw new InvalidDataException("its 'COMM' or 'SSND' chunk is too short");
        int channels = walk.Short(content), bits = walk.Short(content.AsSpan(6));
        if (channels == 0)
            throw new InvalidDataException("its header says 0 channels");
        string codec = content.Length < CommonBytes + 4 ? "NONE" : Encoding.ASCII.GetString(content.AsSpan(CommonBytes, 4));
        (SampleCoding coding, int bytes, bool isBigEndian) = Codec(codec, bits);
        long start = sound.Start + OffsetBytes + walk.Word(offsets), rest = stream.Length - start;
        if (rest < 0)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"its samples are said to begin at byte {start} of {stream.Length}"));
        long frames = walk.Word(content.AsSpan(2)) * (long)channels * bytes;
        long chunk = sound.Length <= OffsetBytes || sound.IsOpen ? long.MaxValue : sound.Start + sound.Length - start;
        // Of the two lengths the one that is given counts; of two the shorter.
        long said = frames == 0 ? Math.Min(chunk, rest) : frames == uint.MaxValue * (long)channels * bytes ? rest : Math.Min(frames, Math.Max(chunk, 0));
        if (frames == 0 && walk.Tiles(start))
            said = 0;
        return new PcmLayout("AIFF", Rate(content.AsSpan(8)), channels, coding, bytes, isBigEndian, start, Math.Min(said, rest)) { Missing = Math.Max(0, said - rest) };
    }

    private static (SampleCoding Coding, int Bytes, bool IsBigEndian) Codec(string name, int bits) => (name, bits) switch
    {
        ("NONE" or "twos", > 0 and <= 32) => (SampleCoding.Signed, (bits + 7) / 8, true),
        ("sowt", > 0 and <= 32) => (SampleCoding.Signed, (bits + 7) / 8, false),
        ("in24", _) => (SampleCoding.Signed, 3, true),
        ("in32", _) => (SampleCoding.Signed, 4, true),
        ("raw ", 8) => (SampleCoding.Unsigned, 1, true),
        ("fl32" or "FL32", _) => (SampleCoding.Float, 4, true),
        ("fl64" or "FL64", _) => (SampleCoding.Float, 8, true),
        ("alaw" or "ALAW", _) => (SampleCoding.ALaw, 1, true),
        ("ulaw" or "ULAW", _) => (SampleCoding.MuLaw, 1, true),
        _ => throw new UnsupportedSoundException(string.Create(CultureInfo.InvariantCulture, $"{bits}-bit samples of codec '{name}' are not read; PCM of 8, 16, 24, 32 bits, floats, A-law and mu-law are")),
    };

    // An 80-bit float: the whole part of what a rate can be.
    private static int Rate(ReadOnlySpan<byte> bytes)
    {
        int exponent = BinaryPrimitives.ReadUInt16BigEndian(bytes) - 16383;
        ulong mantissa = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        return exponent is < 0 or > 30 ? 0 : (int)(((mantissa >> (62 - exponent)) + 1) >> 1);
    }
}
