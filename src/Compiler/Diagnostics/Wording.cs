using System.Globalization;

namespace AdapterCompiler.Diagnostics;

/// <summary>Pieces of messages, the same in every culture.</summary>
public static class Wording
{
    private const int LongestExcerpt = 40;

    /// <summary>A number's digits.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>"1 gate", "8 gates".</summary>
    public static string Count(long count, string noun)
    {
        string plural = noun.EndsWith("s", System.StringComparison.Ordinal) ? noun + "es" : noun + "s";
        return Number(count) + " " + (count == 1 ? noun : plural);
    }

    /// <summary>"5 to 8"; "5" where it is one.</summary>
    public static string Range(long first, long last) => first == last ? Number(first) : Number(first) + " to " + Number(last);

    /// <summary>At most 40 characters of what a file says, never half of a surrogate pair.</summary>
    public static string Excerpt(string text)
    {
        if (text.Length <= LongestExcerpt)
            return text;
        int length = char.IsHighSurrogate(text[LongestExcerpt - 2]) ? LongestExcerpt - 2 : LongestExcerpt - 1;
        return text.Substring(0, length) + "…";
    }

    /// <summary>U+ and at least four hexadecimal digits.</summary>
    public static string CodePoint(int character) => "U+" + character.ToString("X4", CultureInfo.InvariantCulture);
}
