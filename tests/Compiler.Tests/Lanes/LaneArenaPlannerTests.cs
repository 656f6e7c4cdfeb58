using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Memory;
using Xunit;

namespace AdapterCompiler.Tests.Lanes;

/// <summary>Images of packed lanes never take what is still read, and take as little as can be.</summary>
public sealed class LaneArenaPlannerTests
{
    [Fact]
    public void The_lead_is_the_least_with_which_no_line_is_overwritten_before_it_has_been_read()
    {
        var random = new Random(11);
        for (int round = 0; round < 400; round++)
        {
            int lines = random.Next(1, 12);
            var input = new LaneImageNeed(2 * lines, random.Next(1, 40), IsFirst: true, ConsumesLines: false);
            var output = new LaneImageNeed(lines, random.Next(1, 80), IsFirst: false, ConsumesLines: true);
            int lead = LaneArenaPlanner.Lead(input, output);
            Assert.True(IsSafe(lead), $"round {round}: {input}, {output}: {lead} is too little");
            Assert.False(IsSafe(lead - 1), $"round {round}: {input}, {output}: {lead - 1} would do");

            // By the walk itself: a 4 x 4 patch for two lines of the input, one line of the output.
            bool IsSafe(int before)
            {
                for (int line = 0; line < lines; line++)
                {
                    int written = (line * output.Stride) - before, end = written + output.Stride;
                    int firstRead = Math.Max(0, (2 * line) - 1) * input.Stride;
                    if (end > firstRead && written < input.Length)
                        return false;
                }

                return true;
            }
        }
    }

    [Fact]
    public void Images_that_are_alive_together_never_share_a_long()
    {
        var random = new Random(12);
        for (int round = 0; round < 300; round++)
        {
            LaneImageNeed[] needs = [.. Chain(random)];
            int zeros = random.Next(1, 60);
            LanePlaces arena = LaneArenaPlanner.Plan(needs, zeros);
            Assert.Equal(needs.Length, arena.Starts.Count);
            Assert.InRange(arena.LowerBound, zeros + needs.Max(need => need.Length), arena.Length);
            for (int i = 0; i < needs.Length; i++)
            {
                Assert.InRange(arena.Starts[i], zeros, arena.Length - needs[i].Length);
                if (i == 0 || needs[i].IsFirst)
                    continue;
                int behind = arena.Starts[i - 1] - arena.Starts[i];
                bool isApart = behind >= needs[i].Length || -behind >= needs[i - 1].Length;
                Assert.True(
                    isApart || (needs[i].ConsumesLines && behind >= LaneArenaPlanner.Lead(needs[i - 1], needs[i])),
                    $"round {round}: image {i} starts {behind} before the one that it is computed from");
            }

            Assert.Equal(arena.Starts, LaneArenaPlanner.Plan(needs, zeros).Starts);
        }
    }

    private static IEnumerable<LaneImageNeed> Chain(Random random)
    {
        int lines = 2 * random.Next(1, 9);
        yield return new LaneImageNeed(lines, random.Next(1, 60), IsFirst: true, ConsumesLines: false);
        for (int i = 0; i < random.Next(1, 5) && lines % 2 == 0; i++)
        {
            lines /= 2;
            if (random.Next(4) == 0)
                yield return new LaneImageNeed(2 * lines, random.Next(1, 60), IsFirst: true, ConsumesLines: false);
            yield return new LaneImageNeed(lines, random.Next(1, 60), IsFirst: false, ConsumesLines: random.Next(2) == 0);
        }
    }
}
