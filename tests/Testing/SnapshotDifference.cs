using System;
using System.IO;
using System.Text;

namespace AdapterCompiler.Testing;

/// <summary>Says in a few lines where a text leaves its snapshot, for a log that nobody can open a diff tool on.</summary>
public static class SnapshotDifference
{
    private const int LinesBefore = 2;
    private const int LinesAfter = 6;
    private const int MaxLineLength = 200;

    /// <summary>The failure message.</summary>
    /// <param name="actual">What the test made, lines ended by \n.</param>
    /// <param name="expected">The snapshot, or null if there is none.</param>
    /// <param name="verified">Path of the snapshot.</param>
    /// <param name="received">Path of what the test made.</param>
    public static string Describe(string actual, string? expected, string verified, string received)
    {
        var message = new StringBuilder();
        string name = Path.GetFileName(verified);
        if (string.IsNullOrEmpty(expected))
        {
            message.Append(name).AppendLine(" does not exist yet or is empty. The test made:");
            Append(message, "+ ", actual.Split('\n'), 0, LinesBefore + LinesAfter);
        }
        else
        {
            string[] actualLines = actual.Split('\n');
            string[] expectedLines = expected.Split('\n');
            int line = FirstDifference(actualLines, expectedLines);
            int from = Math.Max(0, line - LinesBefore);
            message.AppendLine(FormattableString.Invariant(
                $"{name} differs from line {line + 1} on (snapshot {expectedLines.Length} lines, test {actualLines.Length} lines):"));
            Append(message, "  ", expectedLines, from, line);
            Append(message, "- ", expectedLines, line, line + LinesAfter);
            Append(message, "+ ", actualLines, line, line + LinesAfter);
        }

        message.Append("If the new text is right, rename ").Append(Path.GetFileName(received)).Append(" to ").Append(name)
            .Append(", or run the tests with ACCEPT_SNAPSHOTS=true and review with git diff.");
        return message.ToString();
    }

    private static int FirstDifference(string[] left, string[] right)
    {
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        return line;
    }

    private static void Append(StringBuilder message, string mark, string[] lines, int from, int to)
    {
        for (int line = from; line < Math.Min(to, lines.Length); line++)
        {
            string text = lines[line];
            message.Append(mark).AppendLine(text.Length > MaxLineLength ? string.Concat(text.AsSpan(0, MaxLineLength), "…") : text);
        }
    }
}
