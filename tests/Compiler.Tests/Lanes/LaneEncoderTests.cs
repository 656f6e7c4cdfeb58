using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Lanes;

public sealed class LaneEncoderTests
{
    [Fact]
    public void Every_code_equals_the_interpreters()
    {
        int compared = 0;
        var formats = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = 0; seed < 60; seed++)
        {
            Network network = NetworkBuilder.Build(LaneModels.Create(seed));
            foreach (LaneFormat format in LaneFormat.All)
            {
                if (LaneEncoder.Lower(network, format, [.. Enumerable.Range(0, 4).Select(i => (LaneShape)((seed >> i) & 1))]) is not { } encoder)
                    continue;
                formats[format.ToString()] = formats.GetValueOrDefault(format.ToString()) + 1;
                var harness = new LaneHarness(network, encoder);
                foreach (byte[] codes in RandomInputs.For(network.Input, seed))
                {
                    Inference expected = FixedPointInterpreter.Run(network, codes);
                    List<int[][][]> actual = harness.Run(codes);
                    for (int i = 0; i < actual.Count; i++)
                    {
                        int b = 0;
                        Assert.Equal(expected.Layers[i].Shared, actual[i][b++]);
                        foreach (int[][] adapter in expected.Layers[i].Adapters.Where(adapter => adapter.Length > 0))
                            Assert.Equal(adapter, actual[i][b++]);
                        compared++;
                    }
                }
            }
        }

        Assert.True(compared > 1000, string.Join(", ", formats.Select(f => f.Key + ": " + f.Value)));
    }
}
