using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Checking.Stack;

/// <summary>A hole of a composite format: <c>{index,width:format}</c>.</summary>
/// <param name="Index">Of the value.</param>
/// <param name="Format">Empty where none is given.</param>
internal sealed record FormatItem(int Index, string Format)
{
    /// <summary>The holes of a text, in order; doubled braces are none, and what is damaged is left to run-time.</summary>
    public static IEnumerable<FormatItem> All(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '{')
                continue;
            int end = text.IndexOf('}', i);
            if (i + 1 < text.Length && text[i + 1] == '{')
            {
                i++;
                continue;
            }

            if (end < 0)
                yield break;
            string[] parts = text[(i + 1)..end].Split(':', 2);
            if (int.TryParse(parts[0].Split(',')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                yield return new FormatItem(index, parts.Length == 2 ? parts[1] : "");
            i = end;
        }
    }

    /// <summary>Not one letter with at most two digits: the format draws the number digit by digit.</summary>
    public static bool IsCustom(string format) => format.Length > 0
        && !(char.IsAsciiLetter(format[0]) && format.Length <= 3 && format.Skip(1).All(char.IsAsciiDigit));
}
