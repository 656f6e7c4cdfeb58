using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>The model as a device gets it: one assembly if it can hold it, else as few parts as do.</summary>
internal static class DeviceMeter
{
    public static DeviceResult Measure(string text, CompilationOptions options)
    {
        CompilationOptions device = options with { Device = DeviceNames.Default };
        CompilationResult whole = ModelCompiler.Compile(text, device);
        if (whole.Program is not null)
            return Of(device, whole);
        int parts = ModelCompiler.PartsNeeded(text, options);
        CompilationResult[] results = [.. Enumerable.Range(1, parts).Select(part => ModelCompiler.Compile(text, device with { Part = part, Parts = parts }))];
        return parts > 0 && Array.TrueForAll(results, result => result.Program is not null)
            ? Of(device, results)
            : new DeviceResult(device.Device, 0, [], 0, 0, 0, Refusals(results.Append(whole)));
    }

    private static DeviceResult Of(CompilationOptions device, params CompilationResult[] parts)
    {
        (LoweredProgram Program, ProgramCost Cost)[] costs = [.. parts.Select(part => (part.Program!, ProgramCost.Of(part.Program!)))];
        return new DeviceResult(
            device.Device, parts.Length, [.. parts.Select(part => part.Budget!.DeviceIlBytes)], parts.Sum(part => part.Budget!.RamBytes),
            costs.Sum(each => each.Cost.Of()),
            costs.Sum(each => each.Program.Layers.Zip(each.Cost.Layers, (layer, cost) => layer.Layer.Kind == LayerKind.Dense ? 0 : cost.Of(ProgramCost.AllTasks)).Sum()),
            []);
    }

    private static string[] Refusals(IEnumerable<CompilationResult> results) =>
        [.. results.SelectMany(result => result.Diagnostics).Select(each => each.Rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
