using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>One chunk of a RIFF or AIFF file.</summary>
/// <param name="Name">Four characters.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="Length">What its header says, true or not.</param>
internal sealed record Chunk(string Name, long Start, uint Length)
{
    /// <summary>Stands for "not known" in files that were written to a pipe, and for "see ds64" in RF64.</summary>
    public bool IsOpen => Length == uint.MaxValue;
}

/// <summary>The chunks of a file, one after the other, as far as the file goes.</summary>
internal sealed class ChunkWalk(Stream stream, bool isBigEndian)
{
    public const int HeadBytes = 8;

    /// <summary>Chunks from a place on; ends where no chunk begins or one reaches beyond the file.</summary>
    public IEnumerable<Chunk> From(long place)
    {
        while (Head(place) is { } chunk)
        {
            yield return chunk;
            if (chunk.Length > stream.Length - chunk.Start)
                yield break;
            place = chunk.Start + chunk.Length;
            // A pad byte makes the length even, whatever its value; some writers leave it out.
            if (chunk.Length % 2 != 0 && (FitsAt(place + 1) || !FitsAt(place)))
                place++;
        }
    }

    /// <summary>From a place on the file is whole chunks to its last byte.</summary>
    public bool Tiles(long place)
    {
        foreach (Chunk chunk in From(place))
            place = chunk.Start + chunk.Length;
        return place == stream.Length || place == stream.Length - 1;
    }

    /// <summary>An unsigned number of a chunk's content.</summary>
    public uint Word(ReadOnlySpan<byte> bytes) => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Likewise of two bytes.</summary>
    public ushort Short(ReadOnlySpan<byte> bytes) => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>The first bytes of a chunk, at most as many as it has.</summary>
    public byte[] Content(Chunk chunk, int most)
    {
        byte[] bytes = new byte[(int)Math.Max(0, Math.Min(most, Math.Min(chunk.Length, stream.Length - chunk.Start)))];
        stream.Position = chunk.Start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Chunk? Head(long place)
    {
        if (place + HeadBytes > stream.Length)
            return null;
        Span<byte> head = stackalloc byte[HeadBytes];
        stream.Position = place;
        stream.ReadExactly(head);
        return head[..4].ContainsAnyExceptInRange((byte)' ', (byte)'~') ? null : new Chunk(Encoding.ASCII.GetString(head[..4]), place + HeadBytes, Word(head[4..]));
    }

    private bool FitsAt(long place) => Head(place) is { } chunk && (chunk.Name is "data" or "SSND" || chunk.Length <= stream.Length - chunk.Start);
}
