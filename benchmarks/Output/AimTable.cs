using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>Aims of issue C beside the cost of a multiply-accumulate.</summary>
internal static class AimTable
{
    /// <summary>A row an aim, as far as its case was measured.</summary>
    public static IEnumerable<string> Write(IReadOnlyList<ModelResult> results)
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

        double worst = results.Max(result => Math.Abs(((double)result.Predicted / result.All.Weighted) - 1));
        Add("predicted against counted, worst of the models here", "3 %", (100 * worst).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) + " %", worst <= 0.03);
        return Markdown.Table(["figure", "at most", "is", ""], rows);

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
