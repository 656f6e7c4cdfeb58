using System;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>The lines before the encoder: format, name, command, provenance, input, front end.</summary>
internal sealed class HeaderParser(FieldReader fields)
{
    public string Name { get; private set; } = "";

    public string Command { get; private set; } = "";

    public Provenance? Provenance { get; private set; }

    public InputSpec Input { get; private set; } = new(1, 1, 1);

    /// <summary>Where frames and bands stand, for complaints once the number of layers is known.</summary>
    public TextPosition FramesPosition { get; private set; }

    /// <inheritdoc cref="FramesPosition"/>
    public TextPosition BandsPosition { get; private set; }

    public FrontEndSpec FrontEnd { get; private set; } = new LogMelSpec(1, 1, 1, 1, 1, 1, 1, 1);

    public void Parse()
    {
        ParseMagic();
        if (fields.Line(Keywords.Name, "line 'name'"))
        {
            string? name = fields.Name(out _);
            Name = name ?? Name;
            fields.EndLine(name is not null);
        }

        if (fields.Line(Keywords.Command, "line 'command'"))
            ParseCommand();
        if (!fields.Stopped && fields.Cursor.StartsWith(Keywords.Provenance) && fields.Line(Keywords.Provenance, "line 'provenance'"))
            ParseProvenance();
        if (fields.Line(Keywords.Input, "line 'input'"))
            ParseInput();
        if (fields.Line(Keywords.FrontEnd, "line 'frontend'"))
            FrontEnd = new FrontEndParser(fields, Input.Bands, BandsPosition).Parse() ?? FrontEnd;
    }

    private void ParseMagic()
    {
        LineCursor cursor = fields.Cursor;
        Word word = cursor.NextWord();
        if (!cursor.Is(word, Keywords.Magic))
        {
            fields.ReportAlways(DiagnosticCatalogue.NotAnAdapterFile, cursor.PositionOf(word), Wording.Excerpt(cursor.TextOf(word)));
            fields.Stop();
            return;
        }

        word = cursor.NextWord();
        if (!cursor.Is(word, Keywords.Version))
        {
            fields.Report(DiagnosticCatalogue.UnsupportedVersion, cursor.PositionOf(word), Wording.Excerpt(cursor.TextOf(word)));
            fields.Stop();
            return;
        }

        fields.EndLine(true);
    }

    private void ParseCommand()
    {
        LineCursor cursor = fields.Cursor;
        Word word = cursor.Rest();
        if (word.Length is 0 or > ArtifactLimits.CommandLength)
        {
            string length = "a command of " + Wording.Count(word.Length, "character");
            string expected = "one of 1 to " + Wording.Number(ArtifactLimits.CommandLength);
            fields.Report(DiagnosticCatalogue.MalformedLine, cursor.PositionOf(word), length, expected, "");
        }
        else
        {
            Command = cursor.TextOf(word);
        }

        cursor.Advance();
    }

    private static string AnyWord => "a word of 1 to " + Wording.Number(ArtifactLimits.ProvenanceLength) + " letters, digits, '.', '+' and '-'";

    private void ParseProvenance()
    {
        string? tool = ProvenanceWord(Keywords.Tool, Artifact.Provenance.IsWord, AnyWord), commit = tool is null ? null : ProvenanceWord(Keywords.Commit, Artifact.Provenance.IsWord, AnyWord), data = commit is null ? null : ProvenanceWord(Keywords.Data, Artifact.Provenance.IsData, "64 digits 0-9 and a-f, or 'unknown',");
        if (fields.EndLine(data is not null))
            Provenance = new Provenance(tool!, commit!, data!);
    }

    private string? ProvenanceWord(string keyword, Predicate<string> isOne, string expected)
    {
        if (!fields.Keyword(keyword))
            return null;
        Word word = fields.Cursor.NextWord();
        string text = fields.Cursor.TextOf(word);
        if (isOne(text))
            return text;
        fields.Report(
            DiagnosticCatalogue.MalformedLine, fields.Cursor.PositionOf(word), word.Length == 0 ? "the end of the line" : "'" + Wording.Excerpt(text) + "'", expected, "");
        return null;
    }

    private void ParseInput()
    {
        bool ok = fields.Field(Keywords.Frames, 1, ArtifactLimits.InputSide, out int frames, out TextPosition framesPosition);
        TextPosition bandsPosition = default;
        int bands = 0;
        int bits = 0;
        ok = ok
            && fields.Field(Keywords.Bands, 1, ArtifactLimits.InputSide, out bands, out bandsPosition)
            && fields.Field(Keywords.Bits, 1, ArtifactLimits.CodeBits, out bits);
        if (!fields.EndLine(ok))
            return;
        Input = new InputSpec(frames, bands, bits);
        FramesPosition = framesPosition;
        BandsPosition = bandsPosition;
    }
}
