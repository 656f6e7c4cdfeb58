using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Targets;

/// <summary>Reads the embedded comma-separated tables: '#' starts a comment line, the first other line names the columns.</summary>
internal static class EmbeddedTable
{
    /// <summary>The rows below the column names; a cell may be quoted, a quote is doubled inside.</summary>
    /// <param name="resource">Logical name in Resources.props.</param>
    public static IEnumerable<string[]> Rows(string resource)
    {
        using Stream stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"resource '{resource}' is missing: see Resources.props");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Skip(1)
            .Select(line => Cells(line).ToArray())
            .ToArray();
    }

    private static IEnumerable<string> Cells(string line)
    {
        for (int start = 0; start <= line.Length;)
        {
            bool quoted = start < line.Length && line[start] == '"';
            int end = quoted ? ClosingQuote(line, start + 1) : line.IndexOf(',', start);
            if (end < 0)
                end = line.Length;
            yield return quoted ? line.Substring(start + 1, end - start - 1).Replace("\"\"", "\"") : line.Substring(start, end - start);
            start = end + (quoted ? 2 : 1);
        }
    }

    private static int ClosingQuote(string line, int from)
    {
        for (int i = from; i < line.Length; i++)
        {
            if (line[i] != '"')
                continue;
            if (i + 1 == line.Length || line[i + 1] != '"')
                return i;
            i++;
        }

        return line.Length;
    }
}
