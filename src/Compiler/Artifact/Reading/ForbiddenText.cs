using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>Characters that must not be anywhere in the file, comments included.</summary>
internal static class ForbiddenText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The first such character's diagnostic, or null.</summary>
    public static Diagnostic? Find(string text)
    {
        int line = 1;
        int start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        for (int at = start; at < text.Length; at++)
        {
            char character = text[at];
            if (character == '\n')
            {
                line++;
                start = at + 1;
                continue;
            }

            if (character is >= ' ' and <= '~')
                continue;
            var position = new TextPosition(line, at - start + 1, 1);
            if (char.IsHighSurrogate(character) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
            else if (character == Replacement || char.IsSurrogate(character))
                return DiagnosticCatalogue.NotUtf8.At(position, character == Replacement ? "The replacement character U+FFFD" : "Half of a surrogate pair");
            else if (IsForbidden(character) && !EndsLine(text, at))
                return DiagnosticCatalogue.ForbiddenCharacter.At(position, Wording.CodePoint(character));
        }

        return null;
    }

    private static bool EndsLine(string text, int at) => text[at] == '\r' && (at + 1 == text.Length || text[at + 1] == '\n');

    // Besides controls: separators that editors and C# take for line ends, marks that reverse what a reviewer sees, and a mark of byte order.
    private static bool IsForbidden(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
