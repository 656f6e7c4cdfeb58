using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.Native;

/// <summary>The paper's shared encoder with sparse random weights, as an ESP32 gets it.</summary>
/// <param name="Bits">Width of a weight.</param>
/// <param name="Zeros">Share of each layer's weights that is 0, in per cent.</param>
/// <param name="Costs">What it costs in each of the layouts; null where it does not fit.</param>
internal sealed record SparseEncoder(int Bits, int Zeros, IReadOnlyList<EncoderCost?> Costs)
{
    /// <summary>How many assemblies hold it, and what the last of them is asked to leave to a program.</summary>
    public static IReadOnlyList<(string Name, int Parts, string Room)> Layouts { get; } =
        [("one assembly", 1, ProgramRooms.Unsaid), (ProgramRooms.Name("one assembly", ProgramRooms.Small), 1, ProgramRooms.Small), ("2 assemblies", 2, ProgramRooms.Unsaid)];

    private static readonly int[] Widths = [4, 3], Shares = [70, 75, 80, 85, 86, 87, 88, 90];

    /// <summary>Compiles all, runs each and compares it with the interpreter.</summary>
    /// <exception cref="InvalidOperationException">One computes something else.</exception>
    public static IEnumerable<SparseEncoder> All() =>
        Widths.SelectMany(bits => Shares.Select(zeros => new SparseEncoder(bits, zeros, [.. Layouts.Select(layout => Measure(bits, zeros, layout.Parts, layout.Room))])));

    // Of the window's codes, which the first layer begins with.
    private static long Packing(CodedProgram program) => program.Code[0].Kernels.Where(run => Scopes.IsPack(run.Section)).Sum(run => run.Weighted);

    private static EncoderCost? Measure(int bits, int zeros, int parts, string room)
    {
        string name = FormattableString.Invariant($"encoder, {bits} bit, {zeros} % zeros"), text = ModelWriter.Write(PaperModels.Alone(new WeightSetting(name, bits, zeros / 100.0, 0)));
        var options = new CompilationOptions("Model", "Counted", "encoder.adapter", ValueArray<string>.Empty, DeviceNames.Default, Parts: parts) { ProgramRoom = room };
        CompilationResult[] results = [.. ModelCompiler.CompileParts(text, options)];
        if (results[0].Program is not { } program)
            return null;
        byte[] codes = ModelMeter.Window(program.Network.Input);
        PartsRun.Compare(name, results, options, codes, FixedPointInterpreter.Run(program.Network, codes));
        Prediction[] predictions = [.. results.Select(part => Prediction.Of(part.Program!))];
        return new EncoderCost(
            results.Sum(part => ProgramCost.Of(part.Program!).Of()), predictions.Sum(part => part.Convolutions) - Packing(results[0].Program!), [.. results.Select(part => part.Budget!.DeviceIlBytes)],
            results.Sum(part => (long)part.Budget!.DataBytes), predictions.Sum(part => part.Memory.Bytes));
    }
}

/// <summary>An encoder in so many assemblies.</summary>
/// <param name="Weighted">Weighted instructions of a window: packing, convolutions, embedding, and a head of two classes.</param>
/// <param name="Convolutions">Of them those of the convolutions, without packing.</param>
/// <param name="IlBytes">IL of each assembly.</param>
/// <param name="TableBytes">Tables of all.</param>
/// <param name="RamBytes">RAM.</param>
internal sealed record EncoderCost(long Weighted, long Convolutions, IReadOnlyList<int> IlBytes, long TableBytes, long RamBytes);
