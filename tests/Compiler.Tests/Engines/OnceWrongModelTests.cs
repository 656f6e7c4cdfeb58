using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks;
using AdapterCompiler.Compilation;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>Models whose code was once wrong.</summary>
public sealed class OnceWrongModelTests
{
    /// <summary>The paper's network with eight adapters, half of their gates open: for esp32 its parts once came from different plans.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Eight_adapters_in_parts_compute_what_the_interpreter_does_or_are_refused_all_of_them(int parts)
    {
        string text = ModelWriter.Write(PaperModels.WithAdapters(WeightSetting.All.First(setting => setting is { Bits: 4, Zeros: 0.8 }), open: 0.5));
        // The very model: another would prove nothing about the fault.
        Assert.EndsWith("sha256 e8acf7c27827218b062d015575514c10f74b696c04b412e888d7aa50ae803bf9\n", text, StringComparison.Ordinal);
        var options = new CompilationOptions("AudioModel", "Firmware", "eight-4bit-80-half.adapter", ValueArray<string>.Empty, "esp32", 1, parts);
        var input = ModelInput.Read(text, options);
        ValueArray<CompilationResult> results = ModelCompiler.CompileParts(input, options);
        Assert.Equal(parts, results.Count);
        if (results[0].Program is null)
        {
            Assert.All(results, result => Assert.Contains(result.Diagnostics, mistake => mistake.Rule.Id.StartsWith("ADC04", StringComparison.Ordinal)));
            Assert.All(results, result => Assert.Empty(result.Files));
            return;
        }

        Assert.All(results, result => Assert.True(BudgetDiagnostics.Fits(result.Budget!)));
        Assert.True(new PartsTogether(input.Space!.Network, seed: 7).Compare(results, options) >= 6);
    }
}
