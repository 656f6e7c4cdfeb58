using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>
/// Reads the fields of the cursor's line and reports what is wrong with them. A method that returns false or null has reported;
/// <see cref="Stop"/> says that what follows cannot be understood any more.
/// </summary>
internal sealed class FieldReader(LineCursor cursor, bool isSealed)
{
    private readonly DiagnosticBag bag = new();
    private bool reportedTruncation;

    public LineCursor Cursor => cursor;

    /// <summary>A structural error was found, or more errors than anyone reads: the parsers return as soon as they see it.</summary>
    public bool Stopped { get; private set; }

    public bool IsClean => bag.IsEmpty;

    public ValueArray<Diagnostic> Diagnostics => bag.ToDiagnostics();

    /// <summary>Adds a diagnostic. In the last line of a file that lost its end, whatever is wrong is wrong because of that.</summary>
    public void Report(DiagnosticRule rule, TextPosition position, params string[] arguments)
    {
        if (!isSealed && position.Line == cursor.Number && cursor.IsLast)
            ReportTruncation("the end of this line");
        else
            bag.Add(rule.At(position, arguments));
        if (bag.IsFull)
            Stop();
    }

    /// <summary>Adds a diagnostic even where the file ends.</summary>
    public void ReportAlways(DiagnosticRule rule, TextPosition position, params string[] arguments) => bag.Add(rule.At(position, arguments));

    public void Stop() => Stopped = true;

    /// <summary>Moves into the current line if its first word is this one, else reports and stops.</summary>
    /// <param name="keyword">The first word.</param>
    /// <param name="expected">For the message, for example "line 'channel 3'".</param>
    public bool Line(string keyword, string expected)
    {
        if (Stopped)
            return false;
        if (!cursor.HasLine)
        {
            ReportTruncation(expected);
            return false;
        }

        Word word = cursor.NextWord();
        if (cursor.Is(word, keyword))
            return true;
        Unexpected(word, keyword, expected);
        return false;
    }

    /// <summary>Like <see cref="Line"/>, for lines that carry their number: <c>channel 3</c>.</summary>
    public bool NumberedLine(string keyword, int number, string reason)
    {
        string numberText = Wording.Number(number);
        string expected = "'" + keyword + " " + numberText + "' (" + reason + ")";
        if (!Line(keyword, expected))
            return false;
        Word word = cursor.NextWord();
        if (cursor.Is(word, numberText))
            return true;
        string found = keyword + " " + Wording.Excerpt(cursor.TextOf(word));
        Report(DiagnosticCatalogue.UnexpectedLine, cursor.PositionOf(word), found, expected, "");
        Stop();
        return false;
    }

    /// <summary>Leaves the line, complaining about anything left in it if all was well until here.</summary>
    /// <returns>Whether all was well, to the end.</returns>
    public bool EndLine(bool wasWell)
    {
        if (wasWell)
        {
            Word word = cursor.NextWord();
            wasWell = word.Length == 0;
            if (!wasWell)
                Malformed(word, "the end of the line", "");
        }

        cursor.Advance();
        return wasWell;
    }

    /// <summary>The next word must be this one.</summary>
    public bool Keyword(string keyword)
    {
        Word word = cursor.NextWord();
        if (cursor.Is(word, keyword))
            return true;
        Malformed(word, "'" + keyword + "'", Suggestion.For(cursor.TextOf(word), [keyword]));
        return false;
    }

    /// <summary>The next word must be one of these; null, reported, where it is not.</summary>
    public string? OneOf(ValueArray<string> keywords)
    {
        Word word = cursor.NextWord();
        string found = cursor.TextOf(word);
        foreach (string keyword in keywords)
        {
            if (cursor.Is(word, keyword))
                return keyword;
        }

        Malformed(word, "'" + string.Join("' or '", keywords) + "'", Suggestion.For(found, keywords));
        return null;
    }

    /// <summary>A keyword and an integer.</summary>
    public bool Field(string keyword, int least, int most, out int value) => Field(keyword, least, most, out value, out _);

    /// <summary>A keyword and an integer, and where the integer stands.</summary>
    public bool Field(string keyword, int least, int most, out int value, out TextPosition position)
    {
        value = 0;
        position = default;
        if (!Keyword(keyword))
            return false;
        Word word = cursor.NextWord();
        position = cursor.PositionOf(word);
        return Number(word, keyword, least, most, out value);
    }

    /// <summary>An integer within bounds.</summary>
    public bool Number(Word word, string what, int least, int most, out int value)
    {
        value = 0;
        switch (WholeNumber.Parse(cursor, word, out long number))
        {
            case WholeNumber.Outcome.Ok when number >= least && number <= most:
                value = (int)number;
                return true;
            case WholeNumber.Outcome.NotANumber:
                string text = Wording.Excerpt(cursor.TextOf(word));
                Report(DiagnosticCatalogue.NotANumber, cursor.PositionOf(word), text, what, Wording.Number(least), Wording.Number(most));
                return false;
            default:
                string found = Wording.Excerpt(cursor.TextOf(word));
                Report(DiagnosticCatalogue.NumberOutOfRange, cursor.PositionOf(word), found, what, Wording.Number(least), Wording.Number(most));
                return false;
        }
    }

    /// <summary>Whether declared inputs are the channels below; reports if not.</summary>
    public bool Inputs(string owner, string keyword, int declared, TextPosition position, int below)
    {
        if (declared == below)
            return true;
        string belowText = Wording.Number(below);
        Report(DiagnosticCatalogue.InputMismatch, position, owner, keyword, Wording.Number(declared), Wording.Count(below, "channel"), belowText);
        return false;
    }

    /// <summary>The keyword scale and a positive decimal number, kept as text.</summary>
    public string? Scale()
    {
        if (!Keyword(Keywords.Scale))
            return null;
        Word word = cursor.NextWord();
        if (IsScale(word))
            return cursor.TextOf(word);
        Report(DiagnosticCatalogue.BadScale, cursor.PositionOf(word), Wording.Excerpt(cursor.TextOf(word)), Wording.Number(ArtifactLimits.ScaleLength));
        return null;
    }

    /// <summary>A name, or null, and where it stands.</summary>
    public string? Name(out TextPosition position)
    {
        Word word = cursor.NextWord();
        position = cursor.PositionOf(word);
        string name = cursor.TextOf(word);
        if (ArtifactNames.IsName(name))
            return name;
        Report(DiagnosticCatalogue.BadName, position, Wording.Excerpt(name), Wording.Number(ArtifactLimits.NameLength));
        return null;
    }

    /// <summary>Reports a line that cannot stand here, and stops.</summary>
    public void Unexpected(Word word, string keyword, string expected)
    {
        string found = cursor.TextOf(word);
        // A word of the format in the wrong place is no typing mistake.
        bool isKnown = false;
        foreach (string line in Keywords.Lines)
            isKnown |= line == found;
        string suggestion = isKnown ? "" : Suggestion.For(found, [keyword]);
        Report(DiagnosticCatalogue.UnexpectedLine, cursor.PositionOf(word), Wording.Excerpt(found), expected, suggestion);
        Stop();
    }

    private void Malformed(Word word, string expected, string suggestion)
    {
        string found = word.Length == 0 ? "the end of the line" : "'" + Wording.Excerpt(cursor.TextOf(word)) + "'";
        Report(DiagnosticCatalogue.MalformedLine, cursor.PositionOf(word), found, expected, suggestion);
    }

    private void ReportTruncation(string expected)
    {
        if (!reportedTruncation)
            bag.Add(DiagnosticCatalogue.Truncated.At(cursor.EndOfLinePosition, expected));
        reportedTruncation = true;
        Stop();
    }

    // Digits with at most one point between them, and one digit that is not 0.
    private bool IsScale(Word word)
    {
        if (word.Length is 0 or > ArtifactLimits.ScaleLength)
            return false;
        int points = 0;
        bool isPositive = false;
        int last = word.Start + word.Length - 1;
        for (int at = word.Start; at <= last; at++)
        {
            char character = cursor[at];
            if (character == '.' && points == 0 && at > word.Start && at < last)
                points++;
            else if (character is < '0' or > '9')
                return false;
            isPositive |= character is >= '1' and <= '9';
        }

        return isPositive;
    }
}
