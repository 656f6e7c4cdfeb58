using System;
using AdapterCompiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AdapterCompiler.Generators;

/// <summary>Lines and columns to offsets.</summary>
internal static class TextPlaces
{
    /// <summary>
    /// Offsets of a position. Lines end at \n only, as the model format has it; Roslyn's own lines also end at U+2028 and others,
    /// which a label may hold. The \r of \r\n counts as the last character of its line. Always inside the text.
    /// </summary>
    public static TextSpan Span(string text, TextPosition position)
    {
        int start = 0;
        for (int line = 1; line < position.Line; line++)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0)
                break;
            start = end + 1;
        }

        start = Math.Min(start + Math.Max(0, position.Column - 1), text.Length);
        return new TextSpan(start, Math.Min(Math.Max(0, position.Length), text.Length - start));
    }

    /// <summary>A Roslyn location: positions from 0, on one line.</summary>
    public static Location Location(string path, TextSpan span, TextPosition position)
    {
        var start = new LinePosition(Math.Max(0, position.Line - 1), Math.Max(0, position.Column - 1));
        return Microsoft.CodeAnalysis.Location.Create(path, span, new LinePositionSpan(start, new LinePosition(start.Line, start.Character + span.Length)));
    }
}
