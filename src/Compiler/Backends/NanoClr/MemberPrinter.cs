using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>Prints properties and fields as C#.</summary>
internal static class MemberPrinter
{
    /// <summary>The property with its documentation.</summary>
    public static IEnumerable<string> Print(Property property)
    {
        yield return "/// <summary>" + property.Summary + "</summary>";
        yield return $"public static {CSharpPrinter.TypeName(property.Value.Type)} {property.Name} {{ get {{ return {CSharpPrinter.Print(property.Value)}; }} }}";
    }

    /// <summary>The field with what stands above it.</summary>
    public static IEnumerable<string> Print(Field field)
    {
        foreach (string comment in field.Comments)
            yield return "// " + comment;
        // A firmware project may ask for documentation of every public member.
        if (field.Summary is not null)
            yield return "/// <summary>" + field.Summary + "</summary>";
        string type = CSharpPrinter.TypeName(field.Value.Type), element = type.Substring(0, type.Length - 2);
        string head = $"{(field.Summary is null ? "private" : "public")} static readonly {type} {field.Name} = new {element}";
        if (field.Value is NewArray array)
        {
            yield return FormattableString.Invariant($"{head}[{array.Length}];");
            yield break;
        }

        yield return head + "[]";
        yield return "{";
        foreach (string line in Elements(field.Value))
            yield return "    " + line;
        yield return "};";
    }

    private static IEnumerable<string> Elements(Expression value) => value switch
    {
        Texts texts => texts.Values.Select(text => CSharpLiteral.Of(text) + ","),
        Numbers numbers => numbers.Rows.SelectMany(row => Lines(row, numbers.PerLine)),
        _ => throw new ArgumentException($"{value.GetType().Name} has no elements", nameof(value)),
    };

    private static IEnumerable<string> Lines(NumberRow row, int perLine)
    {
        if (row.Comment.Length > 0)
            yield return "// " + row.Comment;
        for (int first = 0; first < row.Values.Count; first += perLine)
            yield return string.Join(", ", row.Values.Skip(first).Take(perLine).Select(number => number.ToString(CultureInfo.InvariantCulture))) + ",";
    }
}
