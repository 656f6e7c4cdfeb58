using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Benchmarks.Counted;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>docs/results/counted.md: the table of costs against the interpreter.</summary>
internal static class CountedNote
{
    /// <summary>The whole text.</summary>
    public static string Write(IReadOnlyList<CountedWindow> windows) => string.Join('\n', Head.Concat(Markdown.Table(
        ["program", "as", "compiler", "counted on", "IL executed", "predicted", "counted", "predicted/counted - 1", "counted before"],
        windows.Select(window => (IReadOnlyList<string>)
        [
            window.Model, window.Program, window.Commit, window.Date, TextTable.Number(window.Executed.Sum(row => row.Executed)),
            Millions(window.Predicted), Millions(window.Counted), Percent(window.Difference), window.Before is { } before ? before.ToString("0.0", CultureInfo.InvariantCulture) + " M" : "-",
        ]))).Concat(Foot(windows))) + "\n";

    private static IReadOnlyList<string> Head { get; } =
    [
        "# Counted on the interpreter: whole windows",
        "",
        "Written by `dotnet run -c Release --project benchmarks -- counted`; a new run overwrites it. Counts are in counted.csv, the IL that each of these programs executes in executed.csv.",
        "",
        "Predicted is the IL that a window executes times OpcodeCosts.csv as it is today. Counted is what nanoFramework's own interpreter took for the same window: executed ARM Thumb-2 instructions, in millions.",
        "The interpreter is no part of this repository, so the counts cannot be made again by a command of it; this is how they were made:",
        "",
        "- The interpreter is nf-interpreter's own POSIX target, of the line that goes with CoreLibrary 1.17.11 (its mscorlib has checksum 0x1549C856), built for ARM: Thumb-2, gcc 12.2, -Os, linked statically and not",
        "  position-independent, source-level debugging compiled in as in released firmware. The metadata processor is 3.0.",
        "- `adapterc emit --self-test` gives the program; each part is compiled by Roslyn (Release) against CoreLibrary as an assembly of its own, converted, and all are loaded. The self-test compares the logits with the",
        "  compiler's interpreter, window by window: all were equal.",
        "- It ran in user-mode emulation under a plugin that adds up the instructions of every translated block. Marks before and after `Run` are lines that the program prints; the cost of a mark is taken off. A figure is the",
        "  mean of three windows, which differ by up to 0.1 %: the interpreter's time slices fall into some of them.",
        "- Rows of the table were counted in the same build: methods with 4 to 40 copies of a few instructions, the least of five runs, differences divided by the number of copies.",
        "",
    ];

    private static IEnumerable<string> Foot(IReadOnlyList<CountedWindow> windows)
    {
        yield return "Counted before: the same programs, counted on another machine with another build (issue 9).";
        yield return "";
        yield return FormattableString.Invariant($"The worst of these differs by {100 * windows.Max(window => Math.Abs(window.Difference)):0.00} %; a test holds all of them to 1.5 %. The table counts an instruction wherever it stands; what is left is what that");
        yield return "cannot know: values that a branch or a conversion depends on, time slices, rounding to whole instructions.";
        yield return "";
        yield return "A program that the planner chooses today may be another than was counted then: the rows show the table, not the planner. `benchmarks executed ID CASE-OR-FILE PARTS` runs today's program, compares it with the";
        yield return "interpreter, and writes what it executes into executed.csv; its count then goes into counted.csv under the same name.";
    }

    private static string Millions(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " M";

    private static string Percent(double value) => (100 * value).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %";
}
