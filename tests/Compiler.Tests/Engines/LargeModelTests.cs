using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Model;
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

    [Fact]
    public void Parts_together_give_the_interpreters_logits_for_all_tasks_and_for_some_of_them()
    {
        int compared = 0, cut = 0, same = 0, refused = 0, large = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            ModelArtifact model = LargeModels.Create(seed);
            var input = ModelInput.Read(ModelWriter.Write(model), Options("speed", 1));
            var windows = new PartsTogether(input.Network!, seed);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            bool isLarge = false;
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

                    Assert.All(results, result => Assert.True(BudgetDiagnostics.Fits(result.Budget!)));
                    isLarge |= results.Sum(result => result.Budget!.DeviceIlBytes) > AssemblyLimits.IlBytes;
                    cut++;
                    // Where two goals choose the same kernels, one run is enough.
                    if (seen.Add(results[0].Files[0].Text + results[^1].Files[0].Text))
                        compared += windows.Compare(results, options);
                    else
                        same++;
                }
            }

            large += isLarge ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant(
            $"{Count} models, {large} of them over one assembly: {cut} cuts accepted, {same} of them the same as another, {refused} refused, {compared} runs compared"));
        Assert.True(cut >= Count * 9, $"only {cut} cuts were accepted");
        Assert.True(compared >= Count * 54, $"only {compared} runs compared");
        Assert.True(large >= Count * 9 / 10, $"only {large} models need parts");
    }

    private static CompilationOptions Options(string goal, int parts) =>
        new("AudioModel", "Firmware", "large.adapter", ValueArray<string>.Empty, "esp32-psram", 1, parts, Optimize: goal);
}
