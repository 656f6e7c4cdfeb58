using System;
using System.IO;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>Which decoder a file is for.</summary>
internal enum FileKind
{
    Unknown,
    Wave,
    Aiff,
    OggVorbis,
    Mp3,
    G722,
    ForFfmpeg,
}

/// <summary>Tells kinds of sound files apart by their first bytes.</summary>
internal static class FileSignature
{
    private const int TagHeadBytes = 10;

    /// <summary>Looks at the first bytes, behind any ID3 tags: kind, and where the sound begins.</summary>
    public static (FileKind Kind, long Start) Recognise(FileStream stream, string path)
    {
        if (Path.GetExtension(path).Equals(".g722", StringComparison.OrdinalIgnoreCase))
            return (FileKind.G722, 0);
        long start = 0;
        for (long tag = TagBytes(stream, start); tag > 0; tag = TagBytes(stream, start))
            start += tag;
        FileKind kind = Recognise(Head(stream, start));
        if (kind == FileKind.Unknown && IsMpeg(stream, start))
            kind = FileKind.Mp3;
        stream.Position = 0;
        // ffmpeg skips tags by itself; NVorbis does not.
        return start > 0 && kind == FileKind.OggVorbis ? (FileKind.ForFfmpeg, start) : (kind, start);
    }

    /// <summary>A few words for messages.</summary>
    public static string Describe(FileKind kind) => kind switch
    {
        FileKind.Wave => "a WAV file",
        FileKind.Aiff => "an AIFF file",
        FileKind.OggVorbis => "an Ogg Vorbis file",
        FileKind.Mp3 => "an MP3 file",
        FileKind.G722 => "a G.722 file",
        _ => "a file for ffmpeg",
    };

    private static FileKind Recognise(ReadOnlySpan<byte> head)
    {
        if ((head.StartsWith("RIFF"u8) || head.StartsWith("RIFX"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8)) && At(head, 8, "WAVE"u8))
            return FileKind.Wave;
        if (head.StartsWith("FORM"u8) && (At(head, 8, "AIFF"u8) || At(head, 8, "AIFC"u8)))
            return FileKind.Aiff;
        if (head.StartsWith("OggS"u8))
            return head.IndexOf("\u0001vorbis"u8) >= 0 ? FileKind.OggVorbis : FileKind.ForFfmpeg;
        bool forFfmpeg = head.StartsWith("fLaC"u8) // FLAC
            || At(head, 4, "ftyp"u8) // MP4, M4A
            || head.StartsWith("caff"u8)
            || head.StartsWith(".snd"u8) // Sun AU
            || head.StartsWith("wvpk"u8) // WavPack
            || head.StartsWith<byte>([0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11]) // Sony Wave64
            || head.StartsWith("#!AMR"u8)
            || head.StartsWith("MAC "u8) // Monkey's Audio
            || head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3]) // Matroska, WebM
            || head.StartsWith<byte>([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) // WMA
            || IsAdtsFrame(head);
        return forFfmpeg ? FileKind.ForFfmpeg : FileKind.Unknown;
    }

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> text) =>
        head.Length >= offset && head[offset..].StartsWith(text);

    // Two bytes of sync are anywhere; a frame that ends where the next one begins, or where the file does, is none by chance.
    private static bool IsMpeg(FileStream stream, long start)
    {
        // Tags may be followed by zeros up to the first frame.
        while (start > 0 && Head(stream, start) is [0, ..] zeros)
            start += Math.Max(1, zeros.AsSpan().IndexOfAnyExcept((byte)0) is >= 0 and int other ? other : zeros.Length);
        int length = MpegFrame.Length(Head(stream, start));
        return length > 0 && (start + length >= stream.Length || MpegFrame.Length(Head(stream, start + length)) > 0);
    }

    // An ID3v2 tag's length: seven bits a byte, its own head apart, and a foot of the same length where a flag says so.
    private static long TagBytes(FileStream stream, long start)
    {
        byte[] head = Head(stream, start);
        if (head.Length < TagHeadBytes || !head.AsSpan().StartsWith("ID3"u8) || ((head[6] | head[7] | head[8] | head[9]) & 0x80) != 0)
            return 0;
        return TagHeadBytes + ((head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9]) + ((head[5] & 0x10) != 0 ? TagHeadBytes : 0);
    }

    private static byte[] Head(FileStream stream, long start)
    {
        if (start >= stream.Length)
            return [];
        byte[] head = new byte[64];
        stream.Position = start;
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>An AAC frame header (ADTS): sync, and the layer bits zero.</summary>
    private static bool IsAdtsFrame(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0;
}
