using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace AdapterCompiler.Reports;

/// <summary>Just enough JSON for reports: this library refers to nothing that has a writer. Values are null, bool, int, long, string, members or lists.</summary>
internal static class JsonText
{
    /// <summary>Indented, "\n" line ends.</summary>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case int number: text.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case long number: text.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case string words: AppendString(text, words); break;
            case IEnumerable<(string Name, object? Value)> members:
                Enclose(text, '{', '}', depth, [.. members], member =>
                {
                    AppendString(text, member.Name);
                    text.Append(": ");
                    Append(text, member.Value, depth + 1);
                });
                break;
            case IEnumerable<object?> items: Enclose(text, '[', ']', depth, [.. items], item => Append(text, item, depth + 1)); break;
            default: throw new System.ArgumentException("no JSON for " + value.GetType(), nameof(value));
        }
    }

    private static void Enclose<T>(StringBuilder text, char open, char close, int depth, T[] items, System.Action<T> append)
    {
        text.Append(open);
        for (int i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', (depth + 1) * 2);
            append(items[i]);
        }

        if (items.Length > 0)
            text.Append('\n').Append(' ', depth * 2);
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (char c in words)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c))
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        text.Append('"');
    }
}
