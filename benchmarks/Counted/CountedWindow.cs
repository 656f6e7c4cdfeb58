using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Benchmarks.Counted;

/// <summary>
/// A window of a generated program whose machine instructions were counted on nanoFramework's interpreter. The interpreter is no part of
/// this repository: what was counted is kept in docs/results/counted.csv, and what IL the program executes in executed.csv beside it, so
/// that today's table of costs can be held against it, whatever the planner has come to choose since.
/// </summary>
/// <param name="Id">Unique: model and commit.</param>
/// <param name="Model">Case of the benchmark or path of the model file.</param>
/// <param name="Program">Device and number of assemblies.</param>
/// <param name="Commit">Compiler that emitted the program.</param>
/// <param name="Date">Day of the count.</param>
/// <param name="Counted">Machine instructions of a window, in millions.</param>
/// <param name="Before">The same counted before, by somebody else with a build of their own; null where nobody did.</param>
/// <param name="Executed">IL that the window executes.</param>
public sealed record CountedWindow(string Id, string Model, string Program, string Commit, string Date, double Counted, double? Before, ValueArray<ExecutedIl> Executed)
{
    private const string WindowsFile = "counted.csv";
    private const string ExecutedFile = "executed.csv";

    /// <summary>Weighted instructions by today's table of costs, in millions.</summary>
    public double Predicted => ExecutedIl.Sum(Executed) / 1e6;

    /// <summary>Predicted over counted, less 1.</summary>
    public double Difference => (Predicted / Counted) - 1;

    /// <summary>Reads both files.</summary>
    /// <param name="folder">docs/results.</param>
    public static IReadOnlyList<CountedWindow> Read(string folder)
    {
        ILookup<string, ExecutedIl> executed = Rows(folder, ExecutedFile).ToLookup(cells => cells[0], cells => new ExecutedIl(cells[1], long.Parse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        return [.. Rows(folder, WindowsFile).Select(cells => new CountedWindow(
            cells[0], cells[1], cells[2], cells[3], cells[4], Number(cells[5]), cells[6].Length == 0 ? null : Number(cells[6]), executed[cells[0]].ToValueArray()))];
    }

    /// <summary>Writes what a program executes into executed.csv, in place of what stands there of the same name.</summary>
    /// <param name="folder">docs/results.</param>
    /// <param name="id">Name of the program, <see cref="Id"/>.</param>
    /// <param name="rows">What it executes.</param>
    public static void WriteExecuted(string folder, string id, IEnumerable<ExecutedIl> rows)
    {
        string path = Path.Combine(folder, ExecutedFile);
        IEnumerable<string> others = File.ReadAllLines(path).Where(line => !line.StartsWith(id + ",", StringComparison.Ordinal));
        string text = string.Join('\n', others.Concat(rows.OrderBy(row => row.Instruction, StringComparer.Ordinal).Select(row => FormattableString.Invariant($"{id},{row.Instruction},{row.Executed}"))));
        File.WriteAllText(path, text + "\n");
    }

    // No cell of these files holds a separator: names of models have theirs as blanks.
    private static IEnumerable<string[]> Rows(string folder, string file) =>
        File.ReadAllLines(Path.Combine(folder, file)).Where(line => line.Length > 0 && line[0] != '#').Skip(1).Select(line => line.Split(','));

    private static double Number(string text) => double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
