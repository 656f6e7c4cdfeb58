using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Benchmarks.Native;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>docs/results/native.md: the generated encoder on the interpreter beside the dense encoder in C.</summary>
internal static class NativeNote
{
    /// <summary>The whole text.</summary>
    /// <param name="counts">The encoder in C.</param>
    /// <param name="encoders">As generated code.</param>
    /// <param name="commit">Of the compiler.</param>
    public static string Write(IReadOnlyList<NativeCount> counts, IReadOnlyList<SparseEncoder> encoders, string commit)
    {
        double all = NativeEncoder.Multiplications;
        string[] headings = [.. SparseEncoder.Layouts.SelectMany(layout => new[] { layout.Name, "per MAC", "convolutions", "IL bytes", "tables", "RAM" })];
        return string.Join('\n', [
            "# The generated encoder beside the same encoder in C",
            "",
            $"Written by `dotnet run -c Release --project benchmarks -- native`, commit {commit}; a new run overwrites it. Counts of the C programs are in native.csv.",
            "",
            "What is compared: the paper's shared encoder, [6, 12, 24, 48, 96] channels and an embedding of 96, on 96 x 64 codes of 7 bits, from codes in bytes to the embedding:",
            $"{TextTable.Number(NativeEncoder.Multiplications)} multiply-accumulates where no weight is 0. Weights are random in both: what they are does not matter to the C program, and of the generated one only which are 0 and how wide they are does.",
            "What accuracy sparse weights keep is another page: [small.md](small.md).",
            "",
            "## In C, dense, 8 bits",
            "",
            "benchmarks/Native/encoder.c: channels last, borders tested tap by tap, the maximum of a pool taken before anything is stored. Machine instructions of a window that a Cortex-M or any other ARM core executes, Thumb-2:",
            "",
            .. Markdown.Table(
                ["compiler", "options", "counted on", "instructions", "per multiply-accumulate"],
                counts.Select(count => (IReadOnlyList<string>)[count.Compiler, $"`{count.Options}`", count.Date, Millions(count.Counted), Markdown.Number(count.Counted * 1e6 / all)])),
            "How they were counted: `benchmarks native FOLDER` writes the program with a model's weights, a window and the embedding that the compiler's interpreter gives for it; the program compares its own with that (all were equal). It is",
            "compiled for ARM, linked statically, and run in user-mode emulation under a plugin that adds up the instructions of every translated block, between the marks that the program writes.",
            "",
            "## Generated, sparse, on the interpreter",
            "",
            "C# that the compiler generates for an ESP32, on nanoFramework's interpreter: weighted instructions, which are executed IL times the ARM Thumb-2 instructions that the interpreter takes for each",
            "([counted.md](counted.md): sum and count differ by 0.4 % at most), so both tables have the same unit. Every program here was run, and its logits were equal to the interpreter's. Packing of the codes and a head of two classes",
            "are in the first figure of each; \"per MAC\" divides it by the dense encoder's multiply-accumulates; \"convolutions\" is what the five take, packing apart, by theirs, as in [kernels.md](kernels.md).",
            ProgramRooms.Note,
            "",
            .. Markdown.Table(
                ["weights", .. headings],
                encoders.Select(encoder => (IReadOnlyList<string>)[
                    FormattableString.Invariant($"{encoder.Bits} bit, {encoder.Zeros} % zeros"),
                    .. encoder.Costs.SelectMany(Cells)])),
            .. Sentences(counts, encoders),
        ]) + "\n";
    }

    private static IEnumerable<string> Cells(EncoderCost? cost) => cost is null ? ["-", "-", "-", "-", "-", "-"] :
    [
        Millions(cost.Weighted / 1e6), Markdown.Number(cost.Weighted / (double)NativeEncoder.Multiplications), Markdown.Number(cost.Convolutions / (double)NativeEncoder.Convolutions),
        string.Join(" + ", cost.IlBytes.Select(bytes => TextTable.Number(bytes))), TextTable.Number(cost.TableBytes), TextTable.Number(cost.RamBytes),
    ];

    // The least zeros with which a width of weights takes at most so much.
    private static IEnumerable<string> Sentences(IReadOnlyList<NativeCount> counts, IReadOnlyList<SparseEncoder> encoders)
    {
        IGrouping<int, SparseEncoder>[] widths = [.. encoders.GroupBy(encoder => encoder.Bits)];
        yield return $"From how many zeros on one assembly on the interpreter, beside a program that takes {ProgramRooms.Small} of it, takes no more than the dense C program, and no more than half of it:";
        yield return "";
        foreach (string line in Markdown.Table(
            ["C", .. widths.SelectMany(width => new[] { FormattableString.Invariant($"{width.Key} bit, as much"), FormattableString.Invariant($"{width.Key} bit, half") })],
            counts.Select(count => (IReadOnlyList<string>)[$"{count.Compiler} `{count.Options}`, {Millions(count.Counted)}", .. widths.SelectMany(width => new[] { Least(width, count.Counted), Least(width, count.Counted / 2) })])))
            yield return line;
        yield return $"Eight weighted instructions a multiply-accumulate of the convolutions, packing apart (issue 14), in one assembly beside a program that takes {ProgramRooms.Small} of it: " + string.Join(", ", widths.Select(width =>
            FormattableString.Invariant($"{width.Key} bit {Least(width, cost => cost.Convolutions <= 8 * NativeEncoder.Convolutions)}"))) + ".";
        yield return "";
        yield return "It is no race of languages: the C program multiplies zeros, and one written for the same sparse weights would be faster still. `-Os` does not unroll what `-O2` does, and at `-O2` and `-O3` gcc makes copies of the loops for each";
        yield return "layer's shape, which the last row forbids. What the page says: what sparse weights of 3 or 4 bits, four positions in a long and a plan made at compile time are worth to firmware in C# that no native code may be added to.";
    }

    private static string Least(IEnumerable<SparseEncoder> encoders, double millions) => Least(encoders, cost => cost.Weighted <= millions * 1e6);

    private static string Least(IEnumerable<SparseEncoder> encoders, Func<EncoderCost, bool> holds) =>
        encoders.Where(encoder => encoder.Costs[1] is { } cost && holds(cost)).OrderBy(encoder => encoder.Zeros).FirstOrDefault() is { } least ? FormattableString.Invariant($"{least.Zeros} % zeros") : "none of these";

    private static string Millions(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " M";
}
