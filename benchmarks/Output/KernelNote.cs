using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Benchmarks.Counted;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>docs/results/kernels.md.</summary>
internal static class KernelNote
{
    /// <summary>The case whose opcodes are listed.</summary>
    private const string Listed = "encoder, 4 bit, 80 % zeros";

    /// <summary>The whole text.</summary>
    /// <param name="results">In the order of the tables; groups without results are left out.</param>
    /// <param name="windows">What was counted on the interpreter.</param>
    /// <param name="commit">What was measured.</param>
    public static string Write(IReadOnlyList<ModelResult> results, IReadOnlyList<CountedWindow> windows, string commit)
    {
        List<string> lines =
        [
            "# Kernels: what generated code costs",
            "",
            $"Written by `dotnet run -c Release --project benchmarks`, seed {PaperModels.Seed}, commit {commit}; a new run overwrites it. kernels.json beside it has every figure.",
            "",
            .. Headline(results),
            "Generated C# was compiled for .NET 10, a counter inserted in every basic block, and one window of random codes run with all tasks. How often each IL instruction was executed is exact. A weighted instruction is",
            "an executed IL instruction times the machine instructions that the interpreter takes for it (OpcodeCosts.csv). \"Predicted/executed - 1\" compares what the compiler predicts with what was executed, both weighted by that",
            "table: it says that the compiler knows what will run, nothing of the table. What whole windows take on the device's own interpreter was counted apart, and is beside the table's sums in [counted.md](counted.md).",
            "Paper network: shared encoder [6, 12, 24, 48, 96] and an embedding of 96 on 96 x 64 codes of 7 bits; weights Gaussian, exactly the given share of each layer's zero.",
            "Models are counted as one class for the desktop, where nothing is limited; \"on esp32\" is what that device gets: one assembly or two where they hold it, else as few of up to eight as hold the fastest kernels that fit,",
            "packing included, or the errors that refuse it. Its parts were compiled as assemblies of their own, each referring to those before it, and run together. Of every program here, each run's logits (all tasks, each alone,",
            "every second) were equal to the interpreter's, bit for bit; otherwise the command ends with an error and writes nothing.",
            "",
        ];
        ModelResult[] alone = [.. results.Where(result => result.Case.Group == BenchmarkCase.Alone)];
        ModelResult[] adapters = [.. results.Where(result => result.Case.Group == BenchmarkCase.Adapters)];
        ModelResult[] models = [.. results.Where(result => result.Case.Group == BenchmarkCase.Models)];
        if (alone.Length > 0)
        {
            lines.AddRange(["## The shared encoder alone", ""]);
            lines.Add(FormattableString.Invariant($"From the packed input to the pooled features, packing apart: methods Layer1 to Layer5 and everything they call; per dense multiply-accumulate ({TextTable.Number(alone[0].SharedMacs)} of them). RAM holds activations, weight tables where a kernel reads them, logits and labels."));
            lines.Add("");
            lines.AddRange(EncoderTables.Encoder(alone));
            lines.AddRange(["## Other aims of issue C", ""]);
            lines.AddRange(AimTable.Write(results, windows));
            lines.AddRange(["## Loops by hand, side by side", ""]);
            lines.AddRange(BaselineTables.Explanation);
            lines.AddRange(BaselineTables.Encoder(alone));
            lines.AddRange(["## By layer", ""]);
            lines.AddRange(EncoderTables.Explanation);
            lines.AddRange(EncoderTables.ByLayer(alone));
        }

        if (adapters.Length > 0)
        {
            lines.AddRange(["## With 8 adapters", "", "Adapters of [1, 2, 4, 9, 19, 19] channels (alpha = 0.2), heads of 12 classes; exactly the given share of each layer's gates open, over the eight tasks and up to one gate. Open channels that nothing reads are dropped. Per multiply-accumulate of all channels kept.", ""]);
            lines.AddRange(NetworkTables.Networks(adapters));
        }

        if (models.Length > 0)
        {
            lines.AddRange(["## Trained models", ""]);
            lines.AddRange(NetworkTables.Networks(models));
            lines.AddRange(BaselineTables.Encoder(models));
            lines.AddRange(EncoderTables.ByLayer(models));
        }

        lines.AddRange(["## Predicted time of a window", "", "Everything, packing included. Estimates from the profile of each device, until a calibration replaces them (docs/calibration.md).", ""]);
        lines.AddRange(NetworkTables.Times([.. alone, .. adapters.Where(result => result.Case.Open == 50), .. models]));
        if (results.FirstOrDefault(result => result.Case.Name == Listed) is { } listed)
        {
            lines.AddRange(["## Executed IL by opcode", "", $"{listed.Case.Name}; the whole window.", ""]);
            lines.AddRange(Opcodes(listed.All));
        }

        while (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines) + "\n";
    }

    // The fair comparison first: the flat loop over bytes is what somebody who knows the interpreter writes by hand.
    private static IEnumerable<string> Headline(IReadOnlyList<ModelResult> results)
    {
        ModelResult[] encoders = [.. results.Where(result => result.Case.Group == BenchmarkCase.Alone)];
        if (encoders.Length == 0)
            return [];
        double[] flat = [.. encoders.Select(result => (double)BaselineTables.Flat(result).Counted.Weighted / result.Macs)];
        double[] times = [.. encoders.Select(BaselineTables.TimesFlat)];
        return
        [
            FormattableString.Invariant($"**A good loop over bytes written by hand takes {Markdown.Number(flat.Min())} weighted instructions a multiply-accumulate; the generated encoder takes {Markdown.Number(encoders.Min(each => each.PerMac))} to {Markdown.Number(encoders.Max(each => each.PerMac))}: {Markdown.Number(times.Min())} to {Markdown.Number(times.Max())} times fewer.**"),
            "",
        ];
    }

    private static IEnumerable<string> Opcodes(Tally tally) => Markdown.Table(
        ["opcode", "executed", "cost of one", "weighted", "share"],
        tally.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Opcode, TextTable.Number(row.Executed), Markdown.Number((double)row.Weighted / row.Executed), TextTable.Number(row.Weighted),
            Markdown.Percent(row.Weighted, tally.Weighted),
        ]).Append(["all", TextTable.Number(tally.Executed), Markdown.Number((double)tally.Weighted / tally.Executed), TextTable.Number(tally.Weighted), ""]));
}
