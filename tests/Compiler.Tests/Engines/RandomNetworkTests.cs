using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Lowering;
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

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 150;

    [Fact]
    public void Every_logit_equals_the_interpreters_and_nothing_overflows()
    {
        int compared = 0;
        foreach (GeneratedCase[] cases in Enumerable.Range(0, Count).Select(GeneratedCase.Create).Chunk(BatchSize))
        {
            var wrapping = new GeneratedBatch(cases);
            var throwing = new GeneratedBatch(cases, checkOverflow: true);
            foreach (GeneratedCase c in cases)
            {
                compared += Compare(c, wrapping.Model(c));
                compared += Compare(c, throwing.Model(c));
            }

            GeneratedAssembly device = GeneratedBatch.ForDevice(cases);
            Assert.Equal("mscorlib", Assert.Single(IlSize.Of(device).References));
            Assert.Empty(DeviceCheck.Findings(device, isBatch: true));
        }

        Assert.True(compared >= Count * 24, $"only {compared} runs compared");
    }

    [Fact]
    public void Every_intermediate_buffer_equals_the_interpreters()
    {
        GeneratedCase[] cases = [.. Enumerable.Range(10_000, 40).Select(GeneratedCase.Create)];
        var batch = new GeneratedBatch(cases);
        int buffers = 0;
        foreach (GeneratedCase c in cases)
        {
            Type type = batch.Type(c);
            var arena = (byte[])type.GetField("arena", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
            foreach (byte[] codes in RandomInputs.For(c.Network.Input, c.Seed))
            {
                Inference expected = FixedPointInterpreter.Run(c.Network, codes);
                foreach (LoweredLayer layer in c.Result.Program!.Layers)
                {
                    Call(type, layer, codes);
                    foreach (BlockStep step in layer.Steps)
                    {
                        LayerActivations activations = expected.Layers[layer.Layer.Index - 1];
                        int[] flat = [.. (step.Task < 0 ? activations.Shared : activations.Adapters[step.Task]).SelectMany(channel => channel)];
                        Assert.Equal(flat, arena.Skip(step.OutputOffset).Take(flat.Length).Select(code => (int)code));
                        buffers++;
                    }
                }
            }
        }

        Assert.True(buffers > 500, $"only {buffers} buffers compared");
    }

    private static void Call(Type type, LoweredLayer layer, byte[] codes)
    {
        MethodInfo method = type.GetMethod(Lowerer.LayerMethod(layer.Layer.Index), BindingFlags.NonPublic | BindingFlags.Static)!;
        IEnumerable<object> arguments = method.GetParameters().Select(parameter => parameter.Name == "codes" ? (object)codes : -1);
        method.Invoke(null, [.. arguments]);
    }

    private static int Compare(GeneratedCase c, HostedModel model)
    {
        int taskCount = c.Network.Tasks.Count, runs = 0;
        foreach (byte[] codes in RandomInputs.For(c.Network.Input, c.Seed))
        {
            foreach (int mask in new[] { (1 << taskCount) - 1, 1 << (runs % taskCount) })
            {
                Inference expected = FixedPointInterpreter.Run(c.Network, codes, mask);
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
