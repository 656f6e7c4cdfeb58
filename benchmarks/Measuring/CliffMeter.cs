using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>What a model costs in 1, 2, 3 … assemblies of a device, as predicted.</summary>
internal static class CliffMeter
{
    /// <summary>Assemblies that are tried.</summary>
    public const int MostParts = 4;

    /// <summary>Weighted instructions of a window with all tasks, by number of parts from 1; null where so many do not hold the model.</summary>
    /// <param name="name">For tables.</param>
    /// <param name="text">The model file's text.</param>
    public static CliffResult Measure(string name, string text)
    {
        var options = new CompilationOptions("Model", "", "model.adapter", ValueArray<string>.Empty, DeviceNames.Default);
        return new CliffResult(name, [.. ModelCompiler.CompileEach(text, options, Enumerable.Range(1, MostParts)).Select(parts =>
            parts[0].Program is null ? (long?)null : parts.Sum(part => ProgramCost.Of(part.Program!).Of()))]);
    }
}

/// <summary>A model's cost by number of parts, from 1.</summary>
internal sealed record CliffResult(string Name, IReadOnlyList<long?> Weighted)
{
    /// <summary>Numbers of parts of which one is twice the other, and how many times faster the larger is.</summary>
    public IEnumerable<(int Parts, double Times)> Doubled => Enumerable.Range(1, Weighted.Count / 2)
        .Where(parts => Weighted[parts - 1] is not null && Weighted[(2 * parts) - 1] is not null)
        .Select(parts => (parts, (double)Weighted[parts - 1]!.Value / Weighted[(2 * parts) - 1]!.Value));
}
