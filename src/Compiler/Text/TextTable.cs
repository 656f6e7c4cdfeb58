using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Text;

/// <summary>Aligns cells in columns: the first column left, the others right.</summary>
public static class TextTable
{
    /// <summary>One line per row, two spaces between columns, no trailing space.</summary>
    public static IEnumerable<string> Align(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = Enumerable.Range(0, rows.Max(row => row.Count))
            .Select(column => rows.Max(row => column < row.Count ? row[column].Length : 0))
            .ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>A whole number with commas between thousands.</summary>
    public static string Number(long value) => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>part / whole with two decimals, rounded half up, without floating point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">whole is not positive.</exception>
    public static string Ratio(int part, int whole)
    {
        if (whole <= 0)
            throw new ArgumentOutOfRangeException(nameof(whole));
        long hundredths = ((200L * part) + whole) / (2L * whole);
        return FormattableString.Invariant($"{hundredths / 100}.{hundredths % 100:00}");
    }
}
