using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>
/// Every kernel, forced in turn and mixed, gives the interpreter's codes after every layer and its logits. ADAPTER_NETWORKS=1000 runs a
/// thousand networks per kernel; seeds are 0, 1, 2 …
/// </summary>
public sealed class KernelTests
{
    private const int BatchSize = 40;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 12;

    public static TheoryData<string> Kernels => [.. ForcedPlans.All.Keys, "mixed"];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_code_and_logit_equals_the_interpreters(string kernel)
    {
        int compared = 0, forced = 0;
        foreach (int[] seeds in Enumerable.Range(0, Count).Chunk(BatchSize))
        {
            GeneratedCase[] cases = [.. seeds.Select(seed => GeneratedCase.Create(
                seed, seed % 4 == 2 ? UnpaddedModels.Of(Model(kernel, seed), seed) : Model(kernel, seed),
                kernel == "mixed" ? network => ForcedPlans.Mixed(network, seed) : ForcedPlans.All[kernel]))];
            forced += cases.Count(c => c.Result.Program!.Plan is { } plan && (kernel is "loop" || plan.Heads.Kind != KernelKind.Loop || plan.Layers.Any(layer => layer.Kind != KernelKind.Loop)));
            var batch = new GeneratedBatch(cases);
            // 3 lanes leave the sign bit free, the others let their top guard wrap.
            GeneratedBatch? throwing = kernel is "loop" or "sums" || kernel.StartsWith('3') ? new GeneratedBatch(cases, checkOverflow: true) : null;
            foreach (GeneratedCase c in cases)
            {
                compared += Compare(c, batch.Type(c), batch.Model(c));
                if (throwing is not null)
                    compared += Compare(c, throwing.Type(c), throwing.Model(c));
            }

            GeneratedAssembly device = GeneratedBatch.ForDevice(cases);
            Assert.Equal("mscorlib", Assert.Single(IlSize.Of(device).References));
            Assert.Empty(DeviceCheck.Findings(device, isBatch: true));
        }

        Assert.True(compared >= Count * 20, $"only {compared} layers compared");
        Assert.True(forced >= Count / 10, $"only {forced} networks have the kernel");
    }

    private static ModelArtifact Model(string kernel, int seed) => kernel.EndsWith("pairs", StringComparison.Ordinal) ? LaneModels.Binary(seed)
        : seed % 8 == 7 ? LaneModels.Wide(seed)
        : seed % 3 == 0 ? RandomArtifacts.Create(seed)
        : LaneModels.Create(seed);

    private static int Compare(GeneratedCase c, Type type, HostedModel model)
    {
        Network network = c.Network;
        byte[]? arena = Array<byte>(type, "arena");
        long[]? lanes = Array<long>(type, "lanes");
        int compared = 0, all = (1 << network.Tasks.Count) - 1;
        foreach (byte[] codes in RandomInputs.For(network.Input, c.Seed, noise: 1))
        {
            Inference expected = FixedPointInterpreter.Run(network, codes);
            foreach (PartLayer layer in c.Result.Program!.Layers)
            {
                MethodInfo method = type.GetMethod(LayerNames.Method(layer.Layer.Index), BindingFlags.NonPublic | BindingFlags.Static)!;
                method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.Name == "codes" ? (object)codes : all)]);
                LayerActivations activations = expected.Layers[layer.Layer.Index - 1];
                foreach (PlacedStep step in layer.Steps)
                {
                    int[][] block = step.Task is { } task ? activations.Adapters[task] : activations.Shared;
                    if (layer.Lanes is { IsGlobal: false } packed)
                        Assert.Equal(block, Unpack(lanes!, packed, packed.Blocks.First(each => each.Task == step.Task)));
                    if (c.Result.Program.Plan.WritesBytes(layer.Layer))
                    {
                        int[] flat = [.. block.Skip(step.First).Take(step.Block.Channels.Count).SelectMany(channel => channel)];
                        Assert.Equal(flat, arena!.Skip(step.Output).Take(flat.Length).Select(code => (int)code));
                    }

                    compared++;
                }
            }

            foreach (int mask in TaskMasks.Of(network.Tasks.Count, compared + c.Seed))
            {
                Assert.True(model.Run(codes, mask));
                for (int k = 0; k < network.Tasks.Count; k++)
                {
                    if ((mask >> k & 1) != 0)
                        Assert.Equal(expected.Logits[k], model.Logits(k));
                }
            }
        }

        return compared;
    }

    private static T[]? Array<T>(Type type, string field) => (T[]?)type.GetField(field, BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null);

    private static int[][] Unpack(long[] lanes, PlacedLaneLayer layer, LaneBlock block)
    {
        LaneImage image = layer.Output;
        int rows = layer.Layer.OutputRows, columns = layer.Layer.OutputColumns;
        return [.. Enumerable.Range(block.FirstOutput, block.Block.Channels.Count).Select(channel => Enumerable.Range(0, rows * columns).Select(position =>
        {
            (int line, int along) = layer.Format.Axis == LaneAxis.Frequency ? (position / columns, position % columns) : (position % columns, position / columns);
            long packed = lanes[layer.OutputStart + image.At(line, along % image.Places) + channel];
            return (int)((packed >> (along / image.Places * layer.Format.Bits)) & (layer.Format.GuardValue - 1));
        }).ToArray())];
    }
}
