using System;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Targets;

/// <summary>
/// Machine instructions (ARM Thumb-2) that the interpreter executes for one IL instruction, counted exactly: the embedded
/// OpcodeCosts.csv, whose first lines say how. Summed over a network's executed IL they come within 0.5 % of the windows that were counted whole
/// (docs/results/counted.md).
/// </summary>
public static class OpcodeCosts
{
    private static readonly ReadOnlyDictionary<string, int> Counted = new(EmbeddedTable.Rows("OpcodeCosts.csv").ToDictionary(
        cells => cells[0], cells => int.Parse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture), StringComparer.Ordinal));

    /// <summary>The table's keys, such as "add i4".</summary>
    public static ValueArray<string> Keys { get; } = Counted.Keys.ToValueArray();

    /// <summary>The count of one row.</summary>
    /// <param name="key">First column of the table, such as "add i4".</param>
    /// <exception cref="ArgumentException">No such row.</exception>
    public static int Of(string key) => Counted.TryGetValue(key, out int count) ? count : throw new ArgumentException($"OpcodeCosts.csv has no row '{key}'", nameof(key));
}
