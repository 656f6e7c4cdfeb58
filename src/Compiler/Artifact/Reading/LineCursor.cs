using System;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>A stretch of the text; empty at the end of a line.</summary>
internal readonly record struct Word(int Start, int Length);

/// <summary>Walks the lines that are neither blank nor comments, and the words of a line. Allocates nothing.</summary>
internal sealed class LineCursor
{
    private readonly string text;
    private int next;
    private int linesSeen;
    private int start;
    private int end;
    private int at;

    public LineCursor(string text)
    {
        this.text = text;
        next = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        start = next;
        end = next;
        Number = 1;
        Advance();
    }

    /// <summary>False behind the last line; positions then still speak of the last line.</summary>
    public bool HasLine { get; private set; }

    /// <summary>The current line's number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Index of the current line's first character.</summary>
    public int LineStart => start;

    /// <summary>Whether only blank lines and comments follow.</summary>
    public bool IsLast
    {
        get
        {
            int from = next;
            while (from < text.Length)
            {
                int lineEnd = EndOfLine(from, out int following);
                if (!IsSkipped(from, lineEnd))
                    return false;
                from = following;
            }

            return true;
        }
    }

    public void Advance()
    {
        HasLine = false;
        while (next < text.Length)
        {
            int lineStart = next;
            int lineEnd = EndOfLine(lineStart, out next);
            linesSeen++;
            if (IsSkipped(lineStart, lineEnd))
                continue;
            start = lineStart;
            end = lineEnd;
            at = lineStart;
            Number = linesSeen;
            HasLine = true;
            return;
        }
    }

    /// <summary>Whether the line's first word is this one.</summary>
    public bool StartsWith(string keyword)
    {
        if (!HasLine)
            return false;
        int before = at;
        at = start;
        bool same = Is(NextWord(), keyword);
        at = before;
        return same;
    }

    public Word NextWord()
    {
        while (at < end && text[at] == ' ')
            at++;
        int wordStart = at;
        while (at < end && text[at] != ' ')
            at++;
        return new Word(wordStart, at - wordStart);
    }

    /// <summary>Everything behind the one space that follows the last word read.</summary>
    public Word Rest()
    {
        int restStart = Math.Min(at + 1, end);
        at = end;
        return new Word(restStart, end - restStart);
    }

    public bool Is(Word word, string keyword) =>
        word.Length == keyword.Length && string.CompareOrdinal(text, word.Start, keyword, 0, keyword.Length) == 0;

    public string TextOf(Word word) => text.Substring(word.Start, word.Length);

    /// <inheritdoc cref="WeightBlock.Decode"/>
    public int DecodeBlock(Word block, int count, sbyte[] weights) => WeightBlock.Decode(text, block.Start, count, weights);

    /// <inheritdoc cref="WeightBlock.FirstForeign"/>
    public int FirstForeign(Word block) => WeightBlock.FirstForeign(text, block.Start, block.Length);

    public char this[int index] => text[index];

    public TextPosition PositionOf(Word word) => new(Number, word.Start - start + 1, Math.Max(1, word.Length));

    /// <summary>The last character of the current line.</summary>
    public TextPosition EndOfLinePosition => new(Number, Math.Max(1, end - start), 1);

    private int EndOfLine(int from, out int following)
    {
        int newline = text.IndexOf('\n', from);
        following = newline < 0 ? text.Length : newline + 1;
        int lineEnd = newline < 0 ? text.Length : newline;
        return lineEnd > from && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    }

    private bool IsSkipped(int lineStart, int lineEnd)
    {
        if (lineStart < lineEnd && text[lineStart] == Keywords.Comment)
            return true;
        for (int index = lineStart; index < lineEnd; index++)
        {
            if (text[index] != ' ')
                return false;
        }

        return true;
    }
}
