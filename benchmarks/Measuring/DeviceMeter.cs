using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>The model as a device gets it: one assembly if it can hold it, else two, else as few up to eight as hold the fastest kernels that fit.</summary>
internal static class DeviceMeter
{
    /// <summary>Compiles, runs and counts it.</summary>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="text">The model file.</param>
    /// <param name="options">Names.</param>
    /// <param name="codes">A window.</param>
    /// <param name="expected">The interpreter's answer to it.</param>
    /// <exception cref="InvalidOperationException">The parts together compute something else than the interpreter.</exception>
    public static DeviceResult Measure(string name, string text, CompilationOptions options, byte[] codes, Inference expected)
    {
        CompilationOptions device = options with { Device = DeviceNames.Default };
        var refused = new List<CompilationResult>();
        foreach (Func<ValueArray<CompilationResult>> compile in new Func<ValueArray<CompilationResult>>[]
        {
            () => ModelCompiler.CompileParts(text, device with { Parts = 1 }),
            () => ModelCompiler.CompileParts(text, device with { Parts = 2 }),
            () => ModelCompiler.CompileFitting(text, device with { MaxParts = "8" }),
        })
        {
            CompilationResult[] parts = [.. compile()];
            if (Array.TrueForAll(parts, part => part.Program is not null))
                return Of(name, device, parts, codes, expected);
            refused.AddRange(parts);
        }

        return new DeviceResult(device.Device, 0, [], 0, 0, 0, 0, Refusals(refused));
    }

    /// <summary>What a window with all tasks executes in a number of parts, each of them an assembly; calls by their shape.</summary>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="text">The model file.</param>
    /// <param name="parts">Number of assemblies.</param>
    /// <exception cref="InvalidOperationException">It does not compile, or computes something else than the interpreter.</exception>
    public static Tally Executed(string name, string text, int parts)
    {
        var options = new CompilationOptions("Model", "Counted", "counted.adapter", ValueArray<string>.Empty, DeviceNames.Default, Parts: parts);
        CompilationResult[] results = [.. ModelCompiler.CompileParts(text, options)];
        if (results[0].Program is not { } program)
            throw new InvalidOperationException(name + ": " + string.Join("; ", results[0].Diagnostics.Select(each => each.Message)));
        byte[] codes = ModelMeter.Window(program.Network.Input);
        Inference expected = FixedPointInterpreter.Run(program.Network, codes);
        PartsRun.Compare(name, results, options, codes, expected);
        return Tally.Of(PartsRun.Count(results, options, codes, expected), callsApart: true);
    }

    private static DeviceResult Of(string name, CompilationOptions device, CompilationResult[] parts, byte[] codes, Inference expected)
    {
        PartsRun.Compare(name + " on " + device.Device, parts, device, codes, expected);
        IReadOnlyList<CountedBlock> blocks = PartsRun.Count(parts, device, codes, expected);
        Prediction[] predictions = [.. parts.Select(part => Prediction.Of(part.Program!))];
        return new DeviceResult(
            device.Device, parts.Length, [.. parts.Select(part => part.Budget!.DeviceIlBytes)], predictions.Sum(part => part.Memory.Bytes),
            predictions.Sum(part => part.All), Tally.Of(blocks).Weighted, predictions.Sum(part => part.Convolutions), []);
    }

    private static string[] Refusals(IEnumerable<CompilationResult> results) =>
        [.. results.SelectMany(result => result.Diagnostics).Select(each => each.Rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
