using System.Globalization;

namespace AdapterCompiler.Compilation;

/// <summary>The setting <c>Part="2/3"</c>, or <c>Part="sound"</c>, of an AdapterModel item.</summary>
public static class PartSetting
{
    /// <summary>The part that is the class that hears.</summary>
    public const string Sound = "sound";

    /// <summary>Options with the part that a text names; text that names none is kept for the message.</summary>
    /// <param name="options">Without a part.</param>
    /// <param name="text">As written; empty for a model that is not cut.</param>
    public static CompilationOptions Apply(CompilationOptions options, string text)
    {
        if (text.Trim().Length == 0)
            return options with { Part = 1, Parts = 1, PartText = null };
        if (text.Trim() == Sound)
            return options with { Part = 1, Parts = 1, PartText = null, IsSoundPart = true };
        string[] numbers = text.Split('/');
        return numbers.Length == 2 && TryRead(numbers[0], out int part) && TryRead(numbers[1], out int parts)
            ? options with { Part = part, Parts = parts, PartText = null }
            : options with { PartText = text };
    }

    private static bool TryRead(string digits, out int number) =>
        int.TryParse(digits.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
