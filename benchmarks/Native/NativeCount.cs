using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Benchmarks.Native;

/// <summary>Machine instructions of a window of encoder.c, counted in emulation and kept in docs/results/native.csv: the compiler for ARM is no part of this repository.</summary>
/// <param name="Compiler">Name and version.</param>
/// <param name="Options">What it was called with.</param>
/// <param name="Date">Day of the count.</param>
/// <param name="Counted">Instructions between the marks, in millions.</param>
internal sealed record NativeCount(string Compiler, string Options, string Date, double Counted)
{
    /// <summary>Reads them.</summary>
    /// <param name="folder">docs/results.</param>
    public static IReadOnlyList<NativeCount> Read(string folder) =>
    [
        .. File.ReadAllLines(Path.Combine(folder, "native.csv")).Where(line => line.Length > 0 && line[0] != '#').Skip(1).Select(line => line.Split(','))
            .Select(cells => new NativeCount(cells[0], cells[1], cells[2], double.Parse(cells[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))),
    ];
}
