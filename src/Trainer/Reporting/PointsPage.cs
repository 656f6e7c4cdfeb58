using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>The points of a search: the terminal's table, Markdown, and a figure beside it.</summary>
internal static class PointsPage
{
    /// <summary>Name of the page in the search's folder.</summary>
    public const string FileName = "points.md";

    private const string FigureName = "points.svg";

    private static readonly string[] Titles = ["point", "validation", "points lost", "test", "zeros", "weighted instructions", "ms", "IL bytes", "RAM bytes", "assemblies", ""];

    /// <summary>Aligned lines for the terminal.</summary>
    /// <param name="points">Mild to severe.</param>
    /// <param name="chosen">Which the search ended with.</param>
    public static IEnumerable<string> Text(IReadOnlyList<CompressionPoint> points, int chosen) => TextTable.Align(Rows(points, chosen));

    /// <summary>Writes page and figure.</summary>
    /// <param name="settings">Of the search.</param>
    /// <param name="points">Mild to severe.</param>
    /// <param name="chosen">Which the search ended with.</param>
    /// <param name="mostDrop">Budget of accuracy, or null.</param>
    public static void Write(RunSettings settings, IReadOnlyList<CompressionPoint> points, int chosen, double? mostDrop)
    {
        List<string[]> rows = Rows(points, chosen);
        rows.Insert(1, [.. rows[0].Select((_, column) => column is 0 or 10 ? "---" : "---:")]);
        string drop = mostDrop is { } most ? FormattableString.Invariant($" --max-drop {most}") : "";
        string page = string.Join('\n', rows.Select(row => "| " + string.Join(" | ", row) + " |")) + $"""


            Budgets on {settings.Device}:{settings.Budget.Arguments}{drop}. Accuracy is the mean over the tasks; points are chosen on the validation split, of which the best state of each training was chosen too; the test split is reported only.
            Instructions and times are the compiler's prediction for a window of all tasks, the middle of the range; where nothing is said of accuracy, for the network rounded and pruned at once. No other trained point beats those called best.

            ![Accuracy over weighted instructions]({FigureName})

            """.ReplaceLineEndings("\n");
        WholeFile.Write(Path.Combine(settings.Folder, FileName), page);
        WholeFile.Write(Path.Combine(settings.Folder, FigureName), PointsFigure.Svg(points));
    }

    /// <summary>For example <c>42,000,000 weighted instructions, 382 ms, IL 41,000 bytes, RAM 39,000 bytes, 1 assembly</c>.</summary>
    public static string Cost(PointCost cost) => cost.Fits
        ? $"{TextTable.Number(cost.Weighted)} weighted instructions{(cost.Milliseconds is { } time ? FormattableString.Invariant($", {time:F0} ms") : "")}, IL {TextTable.Number(cost.IlBytes)} bytes, RAM {TextTable.Number(cost.RamBytes)} bytes, {cost.Parts} assembl{(cost.Parts == 1 ? "y" : "ies")}"
        : "fits in no number of assemblies";

    private static List<string[]> Rows(IReadOnlyList<CompressionPoint> points, int chosen)
    {
        var rows = new List<string[]> { Titles };
        if (points.Select(point => point.Accuracy).OfType<PointAccuracy>().FirstOrDefault() is { } any)
            rows.Add(["float", Share(any.FloatValidation), "", Share(any.FloatTest), "", "", "", "", "", "", ""]);
        foreach ((CompressionPoint point, int index) in points.Select((point, i) => (point, i)).Where(each => each.point.Cost is not null))
        {
            PointCost cost = point.Cost!;
            string[] figures = cost.Fits
                ? [TextTable.Number(cost.Weighted), cost.Milliseconds?.ToString("F0", CultureInfo.InvariantCulture) ?? "-", TextTable.Number(cost.IlBytes), TextTable.Number(cost.RamBytes), TextTable.Number(cost.Parts)]
                : ["-", "-", "-", "-", "none"];
            string[] accuracy = point.Accuracy is { } found
                ? [Share(found.Validation), found.Drop.ToString("F2", CultureInfo.InvariantCulture), Share(found.Test), FormattableString.Invariant($"{100 * found.Zeros:F0} %")]
                : ["-", "-", "-", "-"];
            string remark = point.IsTrained ? string.Join(", ", new[] { point.IsBest(points) ? "best" : "", index == chosen ? "chosen" : "" }.Where(word => word.Length > 0)) : "not trained";
            rows.Add([point.Text, .. accuracy, .. figures, remark]);
        }

        return rows;
    }

    private static string Share(double share) => share.ToString("F3", CultureInfo.InvariantCulture);
}
