using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Lowering;

/// <summary>Where a cut falls, to the channel.</summary>
public sealed class PartCutterTests
{
    private static readonly Network Network = NetworkBuilder.Build(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music", "1 10 11")));

    [Fact]
    public void A_head_belongs_to_the_part_that_begins_with_it()
    {
        LoweredProgram whole = Lowerer.Lower(Network, "AudioModel", KernelPlan.Loops(Network));
        Piece[] pieces = [.. Piece.Whole(whole, StageSizing.Of(whole))];
        int heads = pieces.Count(piece => piece.Layer < whole.Layers.Count);
        Assert.Equal([2, 2], Owners(heads));
        Assert.Equal([1, 2], Owners(heads + 1));
        Assert.Equal([2, 2], Owners(heads - 1));

        ValueArray<int> Owners(int end) => PartCutter.Cut(whole, new PartPlan(pieces, [end, pieces.Length], 0), 2).Part.LogitsOwners;
    }

    [Fact]
    public void A_slice_of_a_slice_counts_from_the_block()
    {
        LoweredLayer second = Lowerer.Lower(Network, "AudioModel", KernelPlan.Loops(Network)).Layers[1];
        BlockStep later = Lowerer.Part(second.Steps[0], second.Layer, 1, 2), last = Lowerer.Part(later, second.Layer, 1, 1);
        Assert.Equal((1, 2, second.Steps[0].OutputOffset + 1), (later.First, later.Block.Channels.Count, later.OutputOffset));
        Assert.Equal((2, 1, second.Steps[0].OutputOffset + 2), (last.First, last.Block.Channels.Count, last.OutputOffset));
        Assert.Equal(second.Steps[0].Block.Channels[2], last.Block.Channels[0]);
        Assert.False(last.IsWhole);
    }
}
