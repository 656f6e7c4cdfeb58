using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.SelfTest;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Model;

/// <summary>Random models with planted dead and constant channels: found, removed, and nobody can tell.</summary>
public sealed class ConstantFoldingTests
{
    private const int First = 31_000;

    private static ModelArtifact Create(int seed) => seed % 4 == 0 ? LaneModels.Create(seed) : RandomArtifacts.Create(seed);

    [Fact]
    public void Every_planted_channel_is_found_and_no_logit_changes()
    {
        var seen = new Dictionary<IdleReason, int>();
        for (int seed = First; seed < First + 120; seed++)
        {
            (ModelArtifact artifact, IReadOnlyList<PlantedChannel> planted) = ConstantModels.Plant(RandomArtifacts.Create(seed), seed);
            string[] subset = seed % 3 == 0 ? [artifact.Tasks[seed % artifact.Tasks.Count].Name] : [];
            Network whole = NetworkBuilder.Build(artifact, subset), folded = ConstantFolding.Apply(whole);
            foreach (IdleChannel idle in folded.Idle)
                seen[idle.Reason] = seen.GetValueOrDefault(idle.Reason) + 1;

            foreach (PlantedChannel channel in planted)
            {
                int index = whole.Tasks.ToList().FindIndex(t => t.Name == channel.Task);
                int? task = channel.Task is null ? null : index;
                if (channel.Task is not null && (index < 0 || whole.Layers[channel.Layer - 1].Adapters[index].Channels.All(c => c.Number != channel.Number)))
                    continue;
                IdleChannel found = Assert.Single(folded.Idle, idle => (idle.Layer, idle.Task, idle.Number) == (channel.Layer, task, channel.Number));
                Assert.Equal(channel.Code == 0, found.Reason == IdleReason.AlwaysZero);
                Assert.NotEqual(IdleReason.Unread, found.Reason);
            }

            foreach (byte[] codes in RandomInputs.For(artifact.Input, seed))
                Assert.Equal(FixedPointInterpreter.Run(whole, codes).Logits, FixedPointInterpreter.Run(folded, codes).Logits);
            Assert.Equal(SelfTestVectors.Of(whole), SelfTestVectors.Of(folded));
            Assert.Equal(folded.Layers, ConstantFolding.Apply(folded).Layers);
        }

        // Only a convolution's reader can be a convolution, and only where no centre tap alone reads.
        Assert.All(Enum.GetValues<IdleReason>(), reason => Assert.True(
            seen.GetValueOrDefault(reason) >= (reason == IdleReason.Constant ? 5 : 50), $"{reason} seen {seen.GetValueOrDefault(reason)} times"));
    }

    [Fact]
    public void A_channel_that_a_gate_leaves_open_is_built_or_named_as_removed()
    {
        int built = 0, removed = 0;
        for (int seed = First; seed < First + 60; seed++)
        {
            ModelArtifact artifact = seed % 2 == 0 ? LaneModels.Create(seed) : ConstantModels.Plant(RandomArtifacts.Create(seed), seed).Model;
            string[] chosen = seed % 3 == 0 ? [artifact.Tasks[seed % artifact.Tasks.Count].Name] : [.. artifact.Tasks.Select(task => task.Name)];
            Network network = ConstantFolding.Apply(NetworkBuilder.Build(artifact, chosen));
            Assert.Equal(network.Idle, network.Idle.OrderBy(idle => idle.Layer).ThenBy(idle => idle.Task ?? -1).ThenBy(idle => idle.Number));
            for (int k = 0; k < chosen.Length; k++)
            {
                TaskArtifact task = artifact.Tasks.Single(each => each.Name == network.Tasks[k].Name);
                foreach (Layer layer in network.Layers)
                {
                    for (int number = 1; number <= task.Layers[layer.Index - 1].Gates.Count; number++)
                    {
                        bool isBuilt = layer.Adapters[k].Channels.Any(channel => channel.Number == number);
                        bool isRemoved = network.Idle.Any(idle => (idle.Layer, idle.Task, idle.Number) == (layer.Index, k, number) && idle.Reason != IdleReason.Constant);
                        Assert.Equal(task.Layers[layer.Index - 1].Gates[number - 1], isBuilt || isRemoved);
                        Assert.False(isBuilt && isRemoved);
                        built += isBuilt ? 1 : 0;
                        removed += isRemoved ? 1 : 0;
                    }
                }
            }
        }

        Assert.True(built > 100 && removed > 100, $"{built} {removed}");
    }

    [Fact]
    public void No_code_leaves_its_range_and_a_small_grid_tells_what_the_whole_image_does()
    {
        int positions = 0;
        for (int seed = First; seed < First + 40; seed++)
        {
            Network network = NetworkBuilder.Build(ConstantModels.Plant(Create(seed), seed).Model);
            RangeImage[][][] ranges = CodeRanges.Of(network), exact = CodeRanges.Of(network, grid: 1 << 20);
            foreach (byte[] codes in RandomInputs.For(network.Input, seed))
            {
                Inference run = FixedPointInterpreter.Run(network, codes);
                foreach (Layer layer in network.Layers)
                {
                    int[][][] blocks = [run.Layers[layer.Index - 1].Shared, .. run.Layers[layer.Index - 1].Adapters];
                    for (int b = 0; b < blocks.Length; b++)
                    {
                        for (int c = 0; c < blocks[b].Length; c++)
                            positions += Compare(layer, blocks[b][c], ranges[layer.Index - 1][b][c], exact[layer.Index - 1][b][c]);
                    }
                }
            }
        }

        Assert.True(positions > 40_000, $"only {positions} positions compared");
    }

    [Fact]
    public void The_generated_code_of_what_is_left_gives_the_logits_of_the_whole()
    {
        string[] kernels = [.. ForcedPlans.All.Keys.Where(name => name != "pairs")];
        GeneratedCase[] cases = [.. Enumerable.Range(First, 48).Select(seed =>
        {
            ModelArtifact artifact = ConstantModels.Plant(Create(seed), seed).Model;
            return (seed % 3) switch
            {
                0 => GeneratedCase.Create(seed, artifact),
                1 => GeneratedCase.Create(seed, artifact, network => ForcedPlans.Mixed(network, seed)),
                _ => GeneratedCase.Create(seed, artifact, ForcedPlans.All[kernels[seed % kernels.Length]]),
            };
        })];
        var batch = new GeneratedBatch(cases);
        foreach (GeneratedCase c in cases)
        {
            Network whole = c.Whole;
            HostedModel model = batch.Model(c);
            // All of them up to four tasks; of thirty there are too many.
            int[] masks = [.. whole.Tasks.Count <= 4 ? Enumerable.Range(1, (1 << whole.Tasks.Count) - 1) : TaskMasks.Of(whole.Tasks.Count, c.Seed)];
            foreach (byte[] codes in RandomInputs.For(whole.Input, c.Seed))
            {
                Inference expected = FixedPointInterpreter.Run(whole, codes);
                foreach (int mask in masks)
                {
                    Assert.True(model.Run(codes, mask));
                    for (int k = 0; k < whole.Tasks.Count; k++)
                    {
                        if ((mask >> k & 1) != 0)
                            Assert.Equal(expected.Logits[k], model.Logits(k));
                    }
                }
            }
        }

        Assert.Empty(DeviceCheck.Findings(GeneratedBatch.ForDevice(cases), isBatch: true));
        Assert.True(cases.Count(c => c.Network.Idle.Count > 0) > 40);
    }

    private static int Compare(Layer layer, int[] codes, RangeImage range, RangeImage exact)
    {
        for (int position = 0; position < codes.Length; position++)
        {
            int row = position / layer.OutputColumns, column = position % layer.OutputColumns;
            CodeRange here = range.At(row, column, layer.OutputRows, layer.OutputColumns);
            Assert.Equal(exact.Cells[position], here);
            Assert.InRange(codes[position], here.Least, here.Most);
        }

        return codes.Length;
    }
}
