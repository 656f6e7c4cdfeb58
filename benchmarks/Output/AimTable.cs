using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Benchmarks.Counted;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>Aims of issue C beside the cost of a multiply-accumulate.</summary>
internal static class AimTable
{
    /// <summary>A row an aim, as far as its case was measured.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="windows">What was counted on the interpreter.</param>
    public static IEnumerable<string> Write(IReadOnlyList<ModelResult> results, IReadOnlyList<CountedWindow> windows)
    {
        var rows = new List<IReadOnlyList<string>>();
        Assemblies("encoder, 4 bit, 80 % zeros", 1);
        Assemblies("8 adapters, 4 bit, 70 % zeros, 50 % open", 2);
        foreach (ModelResult result in results.Where(each => each.Case.Name == "encoder, 4 bit, 80 % zeros"))
        {
            Add(result.Case.Name + ": bytes of weights in RAM", "0", TextTable.Number(result.Memory.Weights), result.Memory.Weights == 0);
            Add(
                result.Case.Name + ": arena over its lower bound", "10 %",
                Markdown.Percent(result.Memory.Arena - result.Memory.ArenaLowerBound, result.Memory.ArenaLowerBound) + FormattableString.Invariant($" ({TextTable.Number(result.Memory.Arena)} bytes)"),
                result.Memory.Arena * 10L <= result.Memory.ArenaLowerBound * 11L);
        }

        double worst = results.Max(result => Math.Max(Off(result.Predicted, result.All.Weighted), result.OnDevice.Parts == 0 ? 0 : Off(result.OnDevice.Predicted, result.OnDevice.Counted)));
        Add("executed IL against what the compiler predicts, worst of the programs here", "3 %", (100 * worst).ToString("0.000", CultureInfo.InvariantCulture) + " %", worst <= 0.03);
        double table = windows.Max(window => Math.Abs(window.Difference));
        Add("windows counted on the interpreter against the table of costs, worst (counted.md)", "1.5 %", (100 * table).ToString("0.00", CultureInfo.InvariantCulture) + " %", table <= 0.015);
        return Markdown.Table(["figure", "at most", "is", ""], rows);

        static double Off(long predicted, long counted) => Math.Abs(((double)predicted / counted) - 1);

        void Assemblies(string name, int most)
        {
            foreach (ModelResult result in results.Where(each => each.Case.Name == name))
            {
                DeviceResult device = result.OnDevice;
                Add(name + ": assemblies", TextTable.Number(most), device.Parts == 0 ? "refused: " + string.Join(", ", device.Refused) : TextTable.Number(device.Parts), device.Parts > 0 && device.Parts <= most);
            }
        }

        void Add(string figure, string most, string reached, bool isReached) => rows.Add([figure, most, reached, isReached ? "reached" : "missed"]);
    }
}
