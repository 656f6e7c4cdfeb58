using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>The lines before the encoder: format, name, command, input, front end.</summary>
internal sealed class HeaderParser(FieldReader fields)
{
    public string Name { get; private set; } = "";

    public string Command { get; private set; } = "";

    public InputSpec Input { get; private set; } = new(1, 1, 1);

    /// <summary>Where frames and bands stand, for complaints once the number of layers is known.</summary>
    public TextPosition FramesPosition { get; private set; }

    /// <inheritdoc cref="FramesPosition"/>
    public TextPosition BandsPosition { get; private set; }

    public FrontEndSpec FrontEnd { get; private set; } = new(1, 1, 1, 1, 1, 1, 1, 1);

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
        if (fields.Line(Keywords.Input, "line 'input'"))
            ParseInput();
        if (fields.Line(Keywords.FrontEnd, "line 'frontend'"))
            ParseFrontEnd();
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

    private void ParseFrontEnd()
    {
        int window = 0, hop = 0, transform = 0, low = 0, high = 0, floor = 0, step = 0;
        TextPosition transformPosition = default, highPosition = default;
        int rate = 0;
        bool ok = fields.Keyword(Keywords.LogMel)
            && fields.Field(Keywords.Rate, 1, ArtifactLimits.SampleRate, out rate)
            && fields.Field(Keywords.Window, 1, ArtifactLimits.TransformLength, out window)
            && fields.Field(Keywords.Hop, 1, ArtifactLimits.TransformLength, out hop)
            && fields.Field(Keywords.Transform, 1, ArtifactLimits.TransformLength, out transform, out transformPosition)
            && fields.Field(Keywords.LowHertz, 0, ArtifactLimits.SampleRate, out low)
            && fields.Field(Keywords.HighHertz, 0, ArtifactLimits.SampleRate, out high, out highPosition)
            && fields.Field(Keywords.FloorMillidecibels, -ArtifactLimits.FloorMillidecibels, ArtifactLimits.FloorMillidecibels, out floor)
            && fields.Field(Keywords.StepMillidecibels, 1, ArtifactLimits.StepMillidecibels, out step);
        if (ok && (transform < window || (transform & (transform - 1)) != 0))
        {
            string reason = "a power of two not below the window of " + Wording.Number(window) + " is expected";
            fields.Report(DiagnosticCatalogue.FrontEnd, transformPosition, Keywords.Transform, Wording.Number(transform), reason);
        }

        if (ok && (high <= low || high > rate / 2))
        {
            string reason = "a number above " + Wording.Number(low) + " and up to half the rate, " + Wording.Number(rate / 2) + ", is expected";
            fields.Report(DiagnosticCatalogue.FrontEnd, highPosition, Keywords.HighHertz, Wording.Number(high), reason);
        }

        if (fields.EndLine(ok))
            FrontEnd = new FrontEndSpec(rate, window, hop, transform, low, high, floor, step);
    }
}
