namespace AdapterCompiler.Artifact.Reading;

/// <summary>UTF-8 as RFC 3629 has it: shortest forms only, no surrogates, nothing beyond U+10FFFF.</summary>
internal static class Utf8
{
    /// <summary>Index of the first byte that starts no valid sequence, or -1.</summary>
    public static int FirstInvalid(byte[] bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            int length = SequenceLength(bytes[at]);
            if (length == 0 || at + length > bytes.Length)
                return at;
            int value = length == 1 ? bytes[at] : bytes[at] & (0x7F >> length);
            for (int index = 1; index < length; index++)
            {
                if ((bytes[at + index] & 0xC0) != 0x80)
                    return at;
                value = (value << 6) | (bytes[at + index] & 0x3F);
            }

            bool isShortest = length < 3 || value >= (length == 3 ? 0x800 : 0x10000);
            if (!isShortest || value is >= 0xD800 and <= 0xDFFF or > 0x10FFFF)
                return at;
            at += length;
        }

        return -1;
    }

    private static int SequenceLength(byte first) => first switch
    {
        < 0x80 => 1,
        >= 0xC2 and < 0xE0 => 2,
        >= 0xE0 and < 0xF0 => 3,
        >= 0xF0 and < 0xF5 => 4,
        _ => 0,
    };
}
