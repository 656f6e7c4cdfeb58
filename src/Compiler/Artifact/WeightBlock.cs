using System;

namespace AdapterCompiler.Artifact;

/// <summary>Base64 of two's complement bytes, strict: no white space, exact padding, unused bits zero, so that a block has one spelling.</summary>
internal static class WeightBlock
{
    /// <summary>Characters that hold so many bytes.</summary>
    public static int EncodedLength(int count) => (count + 2) / 3 * 4;

    public static string Encode(ValueArray<sbyte> weights)
    {
        byte[] bytes = new byte[weights.Count];
        for (int index = 0; index < bytes.Length; index++)
            bytes[index] = unchecked((byte)weights[index]);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Decodes exactly <paramref name="count"/> bytes from <see cref="EncodedLength"/> characters at <paramref name="start"/>.</summary>
    /// <returns>-1, or the index in <paramref name="text"/> of the first character that cannot be there.</returns>
    public static int Decode(string text, int start, int count, sbyte[] weights)
    {
        int written = 0;
        int bits = 0;
        int held = 0;
        int at = start;
        while (written < count)
        {
            int value = ValueOf(text[at]);
            if (value < 0)
                return at;
            held = ((held << 6) | value) & 0xFFF;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                weights[written++] = unchecked((sbyte)(held >> bits));
            }

            at++;
        }

        // What is left of the last character's bits must be zero, or two texts would mean the same block.
        if ((held & ((1 << bits) - 1)) != 0)
            return at - 1;
        for (int end = start + EncodedLength(count); at < end; at++)
        {
            if (text[at] != '=')
                return at;
        }

        return -1;
    }

    /// <summary>Index of the first character outside the alphabet and padding, or -1.</summary>
    public static int FirstForeign(string text, int start, int length)
    {
        for (int at = start; at < start + length; at++)
        {
            if (text[at] != '=' && ValueOf(text[at]) < 0)
                return at;
        }

        return -1;
    }

    private static int ValueOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
