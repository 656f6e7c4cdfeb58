using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>
/// Interpreter and generated code agree bit for bit on random networks. ADAPTER_NETWORKS=1000 runs the full thousand;
/// seeds are 0, 1, 2 … so that a sample is always the same.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int BatchSize = 50;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 70;

    [Fact]
    public void Every_logit_equals_the_interpreters_and_nothing_overflows()
    {
        int compared = 0;
        foreach (GeneratedCase[] cases in Enumerable.Range(0, Count).Select(Create).Chunk(BatchSize))
        {
            var wrapping = new GeneratedBatch(cases);
            // Lanes let their top guard wrap, loops let nothing.
            GeneratedCase[] loops = [.. cases.Select(c => c.With(KernelPlan.Loops))];
            var throwing = new GeneratedBatch(loops, checkOverflow: true);
            foreach ((GeneratedCase c, GeneratedCase loop) in cases.Zip(loops))
            {
                compared += Compare(c, wrapping.Model(c));
                compared += Compare(loop, throwing.Model(loop));
            }

            GeneratedAssembly device = GeneratedBatch.ForDevice(cases);
            Assert.Equal("mscorlib", Assert.Single(IlSize.Of(device).References));
            Assert.Empty(DeviceCheck.Findings(device, isBatch: true));
        }

        Assert.True(compared >= Count * 24, $"only {compared} runs compared");
    }

    // Every seventh without padding in time.
    private static GeneratedCase Create(int seed) => seed % 7 == 3 ? GeneratedCase.Create(seed, UnpaddedModels.Of(RandomArtifacts.Create(seed), seed)) : GeneratedCase.Create(seed);

    private static int Compare(GeneratedCase c, HostedModel model)
    {
        Network whole = c.Whole;
        int taskCount = whole.Tasks.Count, runs = 0;
        foreach (byte[] codes in RandomInputs.For(c.Network.Input, c.Seed))
        {
            foreach (int mask in TaskMasks.Of(taskCount, runs + c.Seed))
            {
                Inference expected = FixedPointInterpreter.Run(whole, codes, mask);
                Assert.True(model.Run(codes, mask));
                for (int k = 0; k < taskCount; k++)
                {
                    if ((mask >> k & 1) == 0)
                        continue;
                    Assert.Equal(expected.Logits[k], model.Logits(k));
                    Assert.Equal(expected.Class(k), model.Class(k));
                    Assert.Equal(c.Network.Tasks[k].Labels[expected.Class(k)], model.Label(k));
                }

                runs++;
            }
        }

        return runs;
    }
}
