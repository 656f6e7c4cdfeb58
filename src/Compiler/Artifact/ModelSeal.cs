using System.Security.Cryptography;
using System.Text;

namespace AdapterCompiler.Artifact;

/// <summary>The last line: SHA-256 of the UTF-8 bytes of every line before it, line ends as \n.</summary>
public static class ModelSeal
{
    private const int ChunkLength = 8192;
    private const string Hexadecimal = "0123456789abcdef";

    /// <summary>
    /// The text with \n line ends and a sha256 line that fits it, last. For edits that were meant: a gate flipped, a label renamed.
    /// Says nothing about whether the rest is a valid model.
    /// </summary>
    public static string Seal(string text)
    {
        var body = new StringBuilder(text.Length + 80);
        int seal = FindSeal(text);
        if (seal < 0)
        {
            body.Append(text);
        }
        else
        {
            int next = text.IndexOf('\n', seal);
            body.Append(text, 0, seal);
            // Blank lines behind the old seal are dropped, anything else is kept for the reader to complain about.
            string rest = next < 0 ? "" : text.Substring(next + 1);
            if (rest.Trim().Length > 0)
                body.Append(rest);
        }

        body.Replace("\r\n", "\n");
        if (body.Length > 0 && body[0] == '\uFEFF')
            body.Remove(0, 1);
        if (body.Length > 0 && body[body.Length - 1] != '\n')
            body.Append('\n');
        string canonical = body.ToString();
        return canonical + Keywords.Hash + " " + Hash(canonical, 0, canonical.Length) + "\n";
    }

    /// <summary>The hash that a valid model's last line states.</summary>
    public static string HashOf(string text) => text.Substring(FindSeal(text) + Keywords.Hash.Length).Trim();

    /// <summary>Start of the first line whose first word is sha256, or -1.</summary>
    internal static int FindSeal(string text)
    {
        int at = 0;
        while (at >= 0 && at < text.Length)
        {
            int end = at + Keywords.Hash.Length;
            bool starts = string.CompareOrdinal(text, at, Keywords.Hash, 0, Keywords.Hash.Length) == 0;
            if (starts && (end == text.Length || text[end] is ' ' or '\r' or '\n'))
                return at;
            at = text.IndexOf('\n', at) + 1;
            if (at == 0)
                return -1;
        }

        return -1;
    }

    /// <summary>64 lower-case digits for text[start .. end), read with \n line ends, in pieces so that a large file needs no second copy.</summary>
    internal static string Hash(string text, int start, int end)
    {
        using SHA256 hash = SHA256.Create();
        Encoder encoder = Encoding.UTF8.GetEncoder();
        char[] characters = new char[ChunkLength];
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(ChunkLength)];
        int filled = 0;
        for (int at = start; at < end; at++)
        {
            if (text[at] == '\r' && at + 1 < end && text[at + 1] == '\n')
                continue;
            characters[filled++] = text[at];
            if (filled == ChunkLength)
            {
                int count = encoder.GetBytes(characters, 0, filled, bytes, 0, flush: false);
                hash.TransformBlock(bytes, 0, count, null, 0);
                filled = 0;
            }
        }

        int rest = encoder.GetBytes(characters, 0, filled, bytes, 0, flush: true);
        hash.TransformFinalBlock(bytes, 0, rest);
        return ToText(hash.Hash);
    }

    private static string ToText(byte[] hash)
    {
        var text = new StringBuilder(hash.Length * 2);
        foreach (byte value in hash)
            text.Append(Hexadecimal[value >> 4]).Append(Hexadecimal[value & 15]);
        return text.ToString();
    }
}
