using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>The model as a device gets it: one assembly if it can hold it, else two, else as few up to eight as hold the fastest kernels that fit.</summary>
internal static class DeviceMeter
{
    public static DeviceResult Measure(string text, CompilationOptions options)
    {
        CompilationOptions device = options with { Device = DeviceNames.Default };
        var refused = new List<CompilationResult>();
        foreach (Func<int> count in new Func<int>[] { () => 1, () => 2, () => ModelCompiler.PartsNeeded(text, device with { MaxParts = "8" }) })
        {
            int parts = count();
            CompilationResult[] results = [.. Enumerable.Range(1, parts).Select(part => ModelCompiler.Compile(text, device with { Part = part, Parts = parts }))];
            if (parts > 0 && Array.TrueForAll(results, result => result.Program is not null))
                return Of(device, results);
            refused.AddRange(results);
        }

        return new DeviceResult(device.Device, 0, [], 0, 0, 0, Refusals(refused));
    }

    private static DeviceResult Of(CompilationOptions device, params CompilationResult[] parts)
    {
        Prediction[] predictions = [.. parts.Select(part => Prediction.Of(part.Program!))];
        return new DeviceResult(
            device.Device, parts.Length, [.. parts.Select(part => part.Budget!.DeviceIlBytes)], predictions.Sum(part => part.Memory.Bytes),
            predictions.Sum(part => part.All), predictions.Sum(part => part.Convolutions), []);
    }

    private static string[] Refusals(IEnumerable<CompilationResult> results) =>
        [.. results.SelectMany(result => result.Diagnostics).Select(each => each.Rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
