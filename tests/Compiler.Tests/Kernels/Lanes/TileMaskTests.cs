using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>Methods that hold blocks of several adapters run when any of their tasks is asked for.</summary>
public sealed class TileMaskTests
{
    [Fact]
    public void A_mask_has_every_task_of_its_blocks_and_none_where_the_shared_encoder_is_among_them()
    {
        ChannelSpan[] spans = [.. Layer(Many()).Whole];
        Assert.Equal(0, LaneTile.Mask(spans));
        Assert.Equal(0b10110, LaneTile.Mask([spans[2], spans[3], spans[5]]));
        Assert.Equal(0b01000, LaneTile.Mask([spans[4]]));
        Assert.True(LaneTile.IsGuarded([spans[2], spans[3]]));
        Assert.False(LaneTile.IsGuarded([spans[2], spans[2]]));
    }

    [Fact]
    public void Every_task_alone_and_every_pair_is_computed_where_methods_hold_several_adapters()
    {
        ModelArtifact artifact = Many();
        GeneratedCase c = GeneratedCase.Create(1, artifact, network => ForcedPlans.Everywhere(network, new LayerKernel(KernelKind.PositionLanes, new LaneFormat(3, LaneAxis.Time))));
        CodedProgram program = c.Result.Program!;
        PartLayer second = program.Layers[1];
        LaneTileCode[] tiles = [.. LaneTiles.Assemble(second.Lanes!, [.. second.Lanes!.Whole], "", LaneNames.None)!];
        // Otherwise this test shows nothing.
        Assert.Contains(tiles, tile => tile.Spans.Count > 1 && tile.Spans.All(span => span.Block.Task is not null));

        HostedModel model = new GeneratedBatch([c]).Model(c);
        Network network = program.Network;
        byte[] codes = RandomInputs.For(network.Input, 5).Last();
        for (int first = 0; first < network.Tasks.Count; first++)
        {
            for (int other = first; other < network.Tasks.Count; other++)
            {
                int mask = (1 << first) | (1 << other);
                // What an earlier run left must not help.
                Assert.True(model.Run(RandomInputs.For(network.Input, 6 + first).Last(), ~mask & ((1 << network.Tasks.Count) - 1)));
                Assert.True(model.Run(codes, mask));
                Inference expected = FixedPointInterpreter.Run(network, codes, mask);
                Assert.Equal(expected.Logits[first], model.Logits(first));
                Assert.Equal(expected.Logits[other], model.Logits(other));
            }
        }
    }

    // Six adapters whose second layer takes several methods.
    private static ModelArtifact Many()
    {
        bool[][] open = [[true, true], [.. Enumerable.Repeat(true, 9)], [true, true], [true, true]];
        LaneTask task = new([2, 9, 2, 2], open, 2);
        return LaneModels.Create(21, 24, 24, [4, 10, 3, 3], [.. Enumerable.Repeat(task, 6)], 5, 4, 0);
    }

    private static LaneLayer Layer(ModelArtifact artifact)
    {
        Network network = NetworkBuilder.Build(artifact);
        return LaneLayers.Of(new LaneProofs(network), network.Layers[1], new LayerKernel(KernelKind.PositionLanes, new LaneFormat(3, LaneAxis.Time)), null);
    }
}
