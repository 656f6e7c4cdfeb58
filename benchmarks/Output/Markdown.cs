using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>Tables and numbers as the result files write them.</summary>
internal static class Markdown
{
    /// <summary>Header, rule, rows: the first column left, the others right.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) =>
    [
        Row(header),
        Row([.. header.Select((_, column) => column == 0 ? "---" : "---:")]),
        .. rows.Select(Row),
        "",
    ];

    /// <summary>"1,234", "57.0", "9.81": three digits or more.</summary>
    public static string Number(double value) =>
        value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>"12.3 %".</summary>
    public static string Percent(double part, double whole) => whole == 0 ? "-" : (100 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>"+0.012 %": the compiler's prediction against what was executed.</summary>
    public static string Difference(long predicted, long counted) =>
        (100.0 * (predicted - counted) / counted).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) + " %";

    /// <summary>In millions.</summary>
    public static string Millions(long value) => Number(value / 1e6) + " M";

    private static string Row(IReadOnlyList<string> cells) => "| " + string.Join(" | ", cells) + " |";
}
