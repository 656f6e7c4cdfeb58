using System;

namespace AdapterCompiler.Text;

/// <summary>Large numbers for people, without floating point.</summary>
public static class CostText
{
    private const long Million = 1_000_000;

    /// <summary>Weighted instructions: in full below a million, then "9.1 M".</summary>
    public static string Weighted(long weighted) => weighted < Million
        ? TextTable.Number(weighted)
        : FormattableString.Invariant($"{TextTable.Number(Rounded(weighted, Million / 10) / 10)}.{Rounded(weighted, Million / 10) % 10} M");

    /// <summary>A value in a unit: whole from 10 on, one decimal from 1 on, two below.</summary>
    public static string Scaled(long value, long unit)
    {
        if (value >= 10 * unit)
            return TextTable.Number(Rounded(value, unit));
        if (unit == 1)
            return TextTable.Number(value);
        long decimals = value >= unit ? 10 : 100, rounded = Rounded(value * decimals, unit);
        return decimals == 10
            ? FormattableString.Invariant($"{rounded / 10}.{rounded % 10}")
            : FormattableString.Invariant($"{rounded / 100}.{rounded % 100:00}");
    }

    /// <summary>part / whole as "12.3 %".</summary>
    public static string Percent(long part, long whole)
    {
        long tenths = whole == 0 ? 0 : Rounded(part * 1_000, whole);
        return FormattableString.Invariant($"{TextTable.Number(tenths / 10)}.{tenths % 10} %");
    }

    private static long Rounded(long value, long unit) => (value + (unit / 2)) / unit;
}
