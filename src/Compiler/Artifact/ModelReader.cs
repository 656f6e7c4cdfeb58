using System.Globalization;
using System.Text;
using AdapterCompiler.Artifact.Reading;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact;

/// <summary>
/// Reads the format of docs/artifact-format.md. Whatever the text, the answer is a model or diagnostics, never an exception; time is
/// linear in the text, and nothing is allocated because of a number that the file declares.
/// </summary>
public static class ModelReader
{
    private static readonly TextPosition FileStart = new(1, 1, 1);

    /// <summary>Reads a model from its text, with \n or \r\n line ends.</summary>
    public static ReadResult Read(string text)
    {
        if (text.Length == 0)
            return Failed(DiagnosticCatalogue.ModelNotReadable.At(FileStart, "it is empty"));
        if (text.Length > ArtifactLimits.FileSize)
            return TooLarge(text.Length);
        return ForbiddenText.Find(text) is { } diagnostic ? Failed(diagnostic) : new ModelParser(text).Parse();
    }

    /// <summary>Reads a model from a file's bytes, with or without a byte order mark.</summary>
    public static ReadResult ReadUtf8(byte[] bytes)
    {
        if (bytes.Length > ArtifactLimits.FileSize)
            return TooLarge(bytes.Length);
        int invalid = Utf8.FirstInvalid(bytes);
        if (invalid < 0)
            return Read(Encoding.UTF8.GetString(bytes));
        string found = "The byte 0x" + bytes[invalid].ToString("X2", CultureInfo.InvariantCulture);
        return Failed(DiagnosticCatalogue.NotUtf8.At(PositionOf(bytes, invalid), found));
    }

    private static TextPosition PositionOf(byte[] bytes, int index)
    {
        int line = 1;
        int start = 0;
        for (int at = 0; at < index; at++)
        {
            if (bytes[at] != (byte)'\n')
                continue;
            line++;
            start = at + 1;
        }

        string before = Encoding.UTF8.GetString(bytes, start, index - start);
        int mark = line == 1 && before.Length > 0 && before[0] == '\uFEFF' ? 1 : 0;
        return new TextPosition(line, before.Length - mark + 1, 1);
    }

    private static ReadResult TooLarge(int size) =>
        Failed(DiagnosticCatalogue.FileTooLarge.At(FileStart, Wording.Number(size), Wording.Number(ArtifactLimits.FileSize)));

    private static ReadResult Failed(Diagnostic diagnostic) => new(null, ValueArray.Of(diagnostic));
}
