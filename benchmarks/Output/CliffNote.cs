using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Benchmarks.Measuring;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>docs/results/cliffs.md.</summary>
internal static class CliffNote
{
    public static string Write(IReadOnlyList<CliffResult> results, string commit)
    {
        (string name, int parts, double times) = results.SelectMany(result => result.Doubled.Select(doubled => (result.Name, doubled.Parts, doubled.Times))).MaxBy(each => each.Times);
        return string.Join('\n', [
            "# No cliffs: what more assemblies bring",
            "",
            $"Written by `dotnet run -c Release --project benchmarks cliffs`, commit {commit}; a new run overwrites it. Weighted instructions of a window with all tasks on esp32, as predicted, in 1 to",
            "4 assemblies; a dash where so many do not hold the model's smallest plan in its IL, tables or RAM. The last columns say how many times faster twice the assemblies are.",
            "",
            FormattableString.Invariant($"Worst: {Markdown.Number(times)} times, {name}, {parts} to {2 * parts} assemblies. The aim (issue 9) is 4 at most; tests/Compiler.Tests/Compilation/CliffTests.cs holds it."),
            "",
            .. Markdown.Table(
                ["model", .. Enumerable.Range(1, CliffMeter.MostParts).Select(count => count.ToString(CultureInfo.InvariantCulture)), "1 to 2", "2 to 4"],
                results.Select(result => (IReadOnlyList<string>)[
                    result.Name,
                    .. result.Weighted.Select(weighted => weighted is { } value ? Markdown.Millions(value) : "-"),
                    .. Enumerable.Range(1, 2).Select(count => result.Doubled.Any(each => each.Parts == count) ? Markdown.Number(result.Doubled.First(each => each.Parts == count).Times) : "-")])),
        ]);
    }
}
