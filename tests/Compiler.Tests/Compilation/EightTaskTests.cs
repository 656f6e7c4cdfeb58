using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks;
using AdapterCompiler.Compilation;
using AdapterCompiler.Model;
using AdapterCompiler.Tests.Engines;
using Xunit;

namespace AdapterCompiler.Tests.Compilation;

/// <summary>
/// The paper's network with eight tasks, 4 bit, 80 % zeros, half of the gates open. Its first part once held channels 1 to 52 of layer 5 and
/// its second 29 to 96, for each build tried plans of its own.
/// </summary>
public sealed class EightTaskTests
{
    private const string Sha256 = "e8acf7c27827218b062d015575514c10f74b696c04b412e888d7aa50ae803bf9";

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Its_parts_together_give_the_interpreters_logits_and_each_is_the_one_that_its_project_gets(int count)
    {
        string text = ModelWriter.Write(PaperModels.WithAdapters(WeightSetting.All.Single(setting => setting.Name == "4 bit, 80 % zeros"), 0.5));
        Assert.EndsWith("sha256 " + Sha256 + "\n", text, StringComparison.Ordinal);
        var options = new CompilationOptions("EightModel", "", "eight-4bit-80-half.adapter", ValueArray<string>.Empty, "esp32", 1, count);

        CompilationResult[] parts = [.. Enumerable.Range(1, count).Select(number => ModelCompiler.Compile(text, options with { Part = number }))];
        Assert.All(parts, part => Assert.Empty(part.Diagnostics));
        Assert.All(parts, part => Assert.True(BudgetDiagnostics.Fits(part.Budget!)));
        Network network = parts[0].Program!.Network;
        for (int layer = 1; layer <= network.Layers.Count; layer++)
        {
            int computed = parts.Sum(part => part.Program!.Layers.Where(lowered => lowered.Layer.Index == layer).Sum(lowered => lowered.Steps.Sum(step => step.Block.Channels.Count)));
            Layer whole = network.Layers[layer - 1];
            Assert.Equal(whole.Shared.Channels.Count + whole.Adapters.Sum(block => block.Channels.Count), computed);
        }

        Assert.True(new PartsTogether(network, count).Compare(parts, options) >= 9);
    }
}
