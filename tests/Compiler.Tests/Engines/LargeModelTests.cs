using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Engines;

/// <summary>
/// Models that one assembly cannot hold, in every number of parts from 2 to 6 and for every goal: the parts together compute what the
/// interpreter does, or no part is given out. ADAPTER_PARTS=60 runs sixty models; seeds are 0, 1, 2 …
/// </summary>
public sealed class LargeModelTests(ITestOutputHelper output)
{
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_PARTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 2;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Count)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Parts_together_give_the_interpreters_logits_for_all_tasks_and_for_some_of_them(int seed)
    {
        var input = ModelInput.Read(ModelWriter.Write(LargeModels.Create(seed)), Options("speed", 1));
        var windows = new PartsTogether(input.Space!.Network, seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int compared = 0, accepted = 0, refused = 0, largest = 0;
        foreach (string goal in CompilationOptions.Goals.Keys)
        {
            for (int parts = 2; parts <= 6; parts++)
            {
                CompilationOptions options = Options(goal, parts);
                ValueArray<CompilationResult> results = ModelCompiler.CompileParts(input, options);
                Assert.Equal(parts, results.Count);
                if (results[0].Program is null)
                {
                    refused++;
                    Assert.All(results, result => Assert.Equal(results[0].Diagnostics, result.Diagnostics));
                    Assert.All(results[0].Diagnostics, mistake => Assert.Matches("^ADC04[0-9]$", mistake.Rule.Id));
                    continue;
                }

                accepted++;
                Assert.All(results, result => Assert.True(BudgetDiagnostics.Fits(result.Budget!)));
                largest = Math.Max(largest, results.Sum(result => result.Budget!.DeviceIlBytes));
                // Where two goals choose the same kernels, one run is enough.
                if (seen.Add(results[0].Files[0].Text + results[^1].Files[0].Text))
                    compared += windows.Compare(results, options);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{accepted} cuts accepted, {seen.Count} of them different, {refused} refused, {compared} runs compared, {largest} bytes of IL at most"));
        Assert.True(accepted >= 8, $"only {accepted} cuts were accepted");
        Assert.True(compared >= 6 * seen.Count, $"only {compared} runs compared");
        Assert.True(largest > AssemblyLimits.IlBytes, $"{largest} bytes of IL need no parts");
    }

    private static CompilationOptions Options(string goal, int parts) =>
        new("AudioModel", "Firmware", "large.adapter", ValueArray<string>.Empty, "esp32-psram", 1, parts, Optimize: goal);
}
