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
    /// <summary>Looks at the first bytes and rewinds.</summary>
    public static FileKind Recognise(FileStream stream, string path)
    {
        if (Path.GetExtension(path).Equals(".g722", StringComparison.OrdinalIgnoreCase))
            return FileKind.G722;
        Span<byte> buffer = stackalloc byte[64];
        ReadOnlySpan<byte> head = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return Recognise(head);
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
        if ((head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)) && At(head, 8, "WAVE"u8))
            return FileKind.Wave;
        if (head.StartsWith("FORM"u8) && (At(head, 8, "AIFF"u8) || At(head, 8, "AIFC"u8)))
            return FileKind.Aiff;
        if (head.StartsWith("OggS"u8))
            return head.IndexOf("\u0001vorbis"u8) >= 0 ? FileKind.OggVorbis : FileKind.ForFfmpeg;
        if (head.StartsWith("ID3"u8) || IsMpegFrame(head))
            return FileKind.Mp3;
        bool forFfmpeg = head.StartsWith("fLaC"u8) // FLAC
            || At(head, 4, "ftyp"u8) // MP4, M4A
            || head.StartsWith("caff"u8)
            || head.StartsWith(".snd"u8) // Sun AU
            || head.StartsWith("wvpk"u8) // WavPack
            || head.StartsWith("#!AMR"u8)
            || head.StartsWith("MAC "u8) // Monkey's Audio
            || head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3]) // Matroska, WebM
            || head.StartsWith<byte>([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) // WMA
            || IsAdtsFrame(head);
        return forFfmpeg ? FileKind.ForFfmpeg : FileKind.Unknown;
    }

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> text) =>
        head.Length >= offset && head[offset..].StartsWith(text);

    /// <summary>An MPEG audio frame header, layers I to III: sync, then no reserved version, layer, bit rate or sample rate.</summary>
    private static bool IsMpegFrame(ReadOnlySpan<byte> head) =>
        head.Length >= 4
        && head[0] == 0xFF
        && (head[1] & 0xE0) == 0xE0
        && (head[1] & 0x18) != 0x08
        && (head[1] & 0x06) != 0x00
        && (head[2] & 0xF0) is not (0xF0 or 0x00)
        && (head[2] & 0x0C) != 0x0C;

    /// <summary>An AAC frame header (ADTS): sync, and the layer bits zero.</summary>
    private static bool IsAdtsFrame(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0;
}
