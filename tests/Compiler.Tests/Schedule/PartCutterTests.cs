using System.Linq;
using AdapterCompiler.Memory;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Schedule;

/// <summary>Where a cut falls, to the channel.</summary>
public sealed class PartCutterTests
{
    private static readonly Network Network = NetworkBuilder.Build(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music", "1 10 11")));

    [Fact]
    public void A_head_belongs_to_the_part_that_begins_with_it()
    {
        ScheduledProgram whole = Scheduler.Of(Network, "AudioModel", KernelPlan.Loops(Network));
        PlacedProgram placed = Placement.ForMeasuring(whole);
        Piece[] pieces = [.. Piece.Whole(whole, LayerSizing.Of(whole))];
        int heads = pieces.Count(piece => piece.Layer < whole.Layers.Count);
        Assert.Equal([2, 2], Owners(heads));
        Assert.Equal([1, 2], Owners(heads + 1));
        Assert.Equal([2, 2], Owners(heads - 1));

        ValueArray<int> Owners(int end) => PartCutter.Cut(placed, new PartPlan(pieces, [end, pieces.Length], 0), 2).Part.LogitsOwners;
    }

    [Fact]
    public void A_slice_of_a_slice_counts_from_the_block()
    {
        BlockStep step = Scheduler.Of(Network, "AudioModel", KernelPlan.Loops(Network)).Layers[1].Steps[0];
        BlockStep later = step.Part(1, 2), last = later.Part(1, 1);
        Assert.Equal((1, 2), (later.First, later.Block.Channels.Count));
        Assert.Equal((2, 1), (last.First, last.Block.Channels.Count));
        Assert.Equal(step.Block.Channels[2], last.Block.Channels[0]);
        Assert.False(last.IsWhole);
    }

    [Fact]
    public void Codes_of_divided_blocks_lie_where_they_would_lie_undivided()
    {
        ScheduledProgram scheduled = Scheduler.Of(Network, "AudioModel", KernelPlan.Loops(Network));
        PlacedProgram placed = Placement.ForMeasuring(scheduled);
        Piece[] pieces = [.. Piece.Channels(scheduled, LayerSizing.Of(scheduled))];
        int cut = pieces.Count(piece => piece.Layer == 0) + 1;
        var plan = new PartPlan(pieces, [cut, pieces.Length], 0);
        PlacedStep whole = PartCutter.Whole(placed).Layers[1].Steps[0], first = PartCutter.Cut(placed, plan, 1).Layers[1].Steps[0], rest = PartCutter.Cut(placed, plan, 2).Layers[0].Steps[0];
        Assert.Equal((0, 1), (first.First, rest.First));
        Assert.Equal((whole.Output, whole.Output + (Network.Layers[1].OutputRows * Network.Layers[1].OutputColumns)), (first.Output, rest.Output));
        Assert.Equal((whole.SharedOffset, whole.OwnOffset), (rest.SharedOffset, rest.OwnOffset));
        // Tables are each part's own.
        Assert.Equal(new TablePlace(0, 0), rest.Table);
    }
}
