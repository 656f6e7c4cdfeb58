using System.Globalization;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>Figures for people.</summary>
internal static class FigureText
{
    /// <summary>"0.96", "31 of 44", "57,578", "222.2 M"; a dash where there is none.</summary>
    public static string Value(Figure figure, decimal? value) => (figure.Kind, value) switch
    {
        (_, null) => "-",
        (FigureKind.Accuracy, { } share) => share.ToString("0.000", CultureInfo.InvariantCulture),
        (FigureKind.Time, { } weighted) => CostText.Weighted((long)weighted),
        (_, { } number) => TextTable.Number((long)number),
    };

    /// <summary>The value with what it is of: "31 of 44", "1.9-2.2 s" on a device whose rates are known.</summary>
    public static string Full(Figure figure, bool isBefore, DeviceProfile device)
    {
        decimal? value = isBefore ? figure.Before : figure.After;
        int whole = isBefore ? figure.Whole.Before : figure.Whole.After;
        return value is null ? "-"
            : whole > 0 ? $"{Value(figure, value)} of {TextTable.Number(whole)}"
            : figure.Kind == FigureKind.Time && PredictedTime.Of((long)value, device) is { } time ? time.ToText()
            : Value(figure, value);
    }

    /// <summary>"+0.012", "+2", "+2.9 %"; "new" and "gone"; empty where nothing changed.</summary>
    public static string Change(Figure figure) => figure switch
    {
        { Before: null } => "new",
        { After: null } => "gone",
        { Change: 0 } => "",
        { Kind: FigureKind.Accuracy } => Signed(figure.Change!.Value, "0.000"),
        { Kind: FigureKind.Bytes or FigureKind.Time, Before: not 0 } => Percent(figure.Before.Value, figure.After.Value),
        _ => Signed(figure.Change!.Value, "#,0"),
    };

    /// <summary>"+2.9 %"; "+0.0 %" for less than half a tenth, so that a change is never called none; empty for none.</summary>
    public static string Percent(decimal before, decimal after)
    {
        decimal change = (after - before) * 100 / before;
        return change == 0 ? "" : (change < 0 ? "-" : "+") + decimal.Abs(change).ToString("#,0.0", CultureInfo.InvariantCulture) + " %";
    }

    private static string Signed(decimal change, string format) => change.ToString($"+{format};-{format}", CultureInfo.InvariantCulture);
}
