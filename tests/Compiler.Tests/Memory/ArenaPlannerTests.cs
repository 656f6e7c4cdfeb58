using System;
using System.Linq;
using AdapterCompiler.Memory;
using AdapterCompiler.Programs;
using Xunit;

namespace AdapterCompiler.Tests.Memory;

public sealed class ArenaPlannerTests
{
    [Fact]
    public void Buffers_alive_together_never_share_a_byte()
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            ArenaBuffer[] buffers = [.. Enumerable.Range(0, random.Next(1, 20)).Select(birth =>
                new ArenaBuffer($"b{birth}", 1, random.Next(1, 500), birth, birth + random.Next(1, 6)))];
            ArenaPlan plan = ArenaPlanner.Plan(buffers, FirstFit.Place);

            Assert.InRange(plan.LowerBound, 1, plan.Size);
            Assert.Equal(buffers.Length, plan.Buffers.Count);
            Assert.All(plan.Buffers, b => Assert.InRange(b.Offset, 0, plan.Size - b.Length));
            foreach (PlacedBuffer a in plan.Buffers)
            {
                foreach (PlacedBuffer b in plan.Buffers.Where(b => b.Birth > a.Birth && a.Overlaps(b)))
                    Assert.True(a.Offset + a.Length <= b.Offset || b.Offset + b.Length <= a.Offset, $"round {round}: {a} and {b}");
            }

            Assert.Equal(plan, ArenaPlanner.Plan(buffers, FirstFit.Place));
        }
    }

    [Fact]
    public void A_chain_of_shrinking_layers_needs_its_largest_neighbours_and_no_more()
    {
        ArenaPlan plan = ArenaPlanner.Plan([new("1", 1, 9216, 0, 1), new("2", 1, 4608, 1, 2), new("3", 1, 2304, 2, 3), new("4", 1, 1152, 3, 4)], FirstFit.Place);
        Assert.Equal(9216 + 4608, plan.Size);
        Assert.Equal(plan.LowerBound, plan.Size);
    }
}
