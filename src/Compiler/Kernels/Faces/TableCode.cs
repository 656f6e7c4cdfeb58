using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Faces;

/// <summary>The constant tables as fields: weights channel by channel, then biases and shifts block by block.</summary>
internal static class TableCode
{
    /// <summary>A channel's weights are one line, so that a diff has a line for each channel that moved.</summary>
    private const int WeightsPerLine = int.MaxValue;
    private const int ChannelsPerLine = 12;

    /// <summary>The tables that there are.</summary>
    public static IEnumerable<Field> Of(WeightTables tables)
    {
        // Kernels name the weights even where no channel has any.
        if (tables.Rows.Any(row => !row.IsWide))
            yield return Field(StateFields.Weights, WeightsPerLine, Weights(tables.Rows.Where(row => !row.IsWide), row => row.Weights.Select(weight => (int)weight)));
        if (tables.Rows.Any(row => row.IsWide))
        {
            yield return Field(
                StateFields.Terms, WeightsPerLine, Weights(tables.Rows.Where(row => row.IsWide), row => row.Terms),
                "Of weights that are not 0 the places of their multiples, in fours: how many fours, then these.");
        }

        if (tables.Rows.Count > 0)
            yield return Field(StateFields.Biases, ChannelsPerLine, BySection(tables.Rows, row => row.Bias));

        // A part that holds nothing but classes has no shifts.
        TableRow[] shifted = [.. tables.Rows.Where(row => row.Shift is not null)];
        if (shifted.Length > 0)
            yield return Field(StateFields.Shifts, ChannelsPerLine, BySection(shifted, row => row.Shift.GetValueOrDefault()));
        if (tables.LaneShifts.Count > 0)
        {
            yield return Field(
                StateFields.LaneShifts, int.MaxValue, tables.LaneShifts.Select(block => new NumberRow(block.Section, block.Shifts)),
                "What is left to shift after the maximum over lanes, of each channel of the global convolution, a block a line.");
        }
    }

    private static Field Field(StaticField field, int perLine, IEnumerable<NumberRow> rows, params string[] comments) => new(
        field.Name, new Numbers(field.Type, rows.ToValueArray(), perLine), ValueArray.Of(comments));

    private static IEnumerable<NumberRow> Weights(IEnumerable<TableRow> rows, Func<TableRow, IEnumerable<int>> numbers)
    {
        string section = "";
        foreach (TableRow row in rows)
        {
            string number = FormattableString.Invariant($"{row.Number}");
            yield return new NumberRow(row.Section == section ? number : row.Section + ": " + number, numbers(row).ToValueArray());
            section = row.Section;
        }
    }

    private static IEnumerable<NumberRow> BySection(IEnumerable<TableRow> rows, Func<TableRow, int> value) => rows
        .GroupBy(row => row.Section, StringComparer.Ordinal)
        .Select(section => new NumberRow(section.Key, section.Select(value).ToValueArray()));
}
