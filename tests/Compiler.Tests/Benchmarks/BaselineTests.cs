using System;
using System.Linq;
using AdapterCompiler.Benchmarks.Baselines;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Benchmarks;

/// <summary>The loops that generated code is compared with compute the same network.</summary>
public sealed class BaselineTests
{
    [Theory]
    [InlineData(nameof(NaiveInt8))]
    [InlineData(nameof(FlatInt8))]
    public void Loops_over_bytes_equal_the_interpreter(string name)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Network network = NetworkBuilder.Build(RandomArtifacts.Create(seed));
            Baseline baseline = BaselineSet.Create(name, network);
            foreach (byte[] codes in RandomInputs.For(network.Input, seed))
            {
                baseline.Run(codes);
                Assert.Equal(0, baseline.Difference(FixedPointInterpreter.Run(network, codes)));
            }
        }
    }

    [Fact]
    public void Loops_over_floats_differ_by_what_rounding_does()
    {
        Network network = NetworkBuilder.Build(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11")));
        Baseline baseline = BaselineSet.Create(nameof(NaiveFloat), network);
        foreach (byte[] codes in RandomInputs.For(network.Input, 1))
        {
            Inference expected = FixedPointInterpreter.Run(network, codes);
            baseline.Run(codes);
            // Half a code where codes are read; after that, half a code of every input times its weight, over the shift.
            Assert.All(baseline.Blocks.Select((block, index) => (block, index)), each =>
            {
                LayerActivations layer = expected.Layers[each.block.Layer.Index - 1];
                int[] wanted = [.. (each.block.Task < 0 ? layer.Shared : layer.Adapters[each.block.Task]).SelectMany(channel => channel)];
                double most = each.block.Below < 0 ? 0.5 : 0.5 + each.block.Block.Channels.Max(channel => 0.5 * channel.Weights.Sum(weight => Math.Abs((int)weight)) / (1 << channel.Shift));
                Assert.InRange(baseline.Difference(each.index, wanted), 0, most);
            });
        }
    }
}
