using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Memory;
using AdapterCompiler.Programs;
using Xunit;

namespace AdapterCompiler.Tests.Memory;

/// <summary>Images of packed lanes never take what is still read, and take as little as can be.</summary>
public sealed class ChainSearchTests
{
    [Fact]
    public void The_lead_is_the_least_with_which_no_line_is_overwritten_before_it_has_been_read()
    {
        var random = new Random(11);
        for (int round = 0; round < 400; round++)
        {
            int lines = random.Next(1, 12);
            var input = new ArenaBuffer("input", 2 * lines, random.Next(1, 40), 0, 1);
            var output = new ArenaBuffer("output", lines, random.Next(1, 80), 1, 2, IsInPlace: true);
            int lead = output.Lead(input);
            Assert.True(IsSafe(lead), $"round {round}: {input}, {output}: {lead} is too little");
            Assert.False(IsSafe(lead - 1), $"round {round}: {input}, {output}: {lead - 1} would do");
            Assert.True(At(input, 100).Suffers(At(output, 100 - lead)));
            Assert.False(At(input, 100).Suffers(At(output, 101 - lead)));
            Assert.False(At(input, 100).Suffers(At(output with { IsInPlace = false }, 100 - Math.Min(lead, output.Length - 1))));

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
    public void Images_that_are_alive_together_never_share_a_long_under_either_rule()
    {
        var random = new Random(12);
        for (int round = 0; round < 300; round++)
        {
            ArenaBuffer[] chain = [.. Chain(random)];
            int zeros = random.Next(1, 60);
            ArenaPlan arena = ArenaPlanner.Plan(chain, ChainSearch.Place, zeros), simple = ArenaPlanner.Plan(chain, FirstFit.Place, zeros);
            Assert.Equal(chain, arena.Buffers.Select(buffer => new ArenaBuffer(buffer.Name, buffer.Lines, buffer.Stride, buffer.Birth, buffer.Death, buffer.IsInPlace)));
            Assert.InRange(arena.LowerBound, zeros + chain.Max(image => image.Length), arena.Size);
            // What reads in place is worth the search.
            Assert.InRange(arena.Size, arena.LowerBound, simple.Size);
            foreach (ArenaPlan plan in new[] { arena, simple })
            {
                Assert.All(plan.Buffers, buffer => Assert.InRange(buffer.Offset, zeros, plan.Size - buffer.Length));
                for (int i = 1; i < chain.Length; i++)
                    Assert.True(chain[i - 1].Death < i || IsApart(plan.Buffers[i - 1], plan.Buffers[i]), $"round {round}: image {i} lies over what it is computed from");
            }

            Assert.Equal(arena, ArenaPlanner.Plan(chain, ChainSearch.Place, zeros));
        }
    }

    private static bool IsApart(PlacedBuffer input, PlacedBuffer output)
    {
        int behind = input.Offset - output.Offset;
        return behind >= output.Length || -behind >= input.Length || (output.IsInPlace && behind >= output.Lead(input));
    }

    private static PlacedBuffer At(ArenaBuffer buffer, int offset) => new(buffer.Name, buffer.Lines, buffer.Stride, buffer.Birth, buffer.Death, buffer.IsInPlace, offset);

    // Now and then bytes lie between two layers: the image before is dead when the next one is packed.
    private static List<ArenaBuffer> Chain(Random random)
    {
        int lines = 2 * random.Next(1, 9);
        var chain = new List<ArenaBuffer> { new("0", lines, random.Next(1, 60), 0, 0) };
        for (int i = 0; i < random.Next(1, 5) && lines % 2 == 0; i++)
        {
            lines /= 2;
            if (random.Next(4) == 0)
                chain.Add(new ArenaBuffer("packed", 2 * lines, random.Next(1, 60), chain.Count, chain.Count));
            chain[^1] = chain[^1] with { Death = chain.Count };
            chain.Add(new ArenaBuffer("written", lines, random.Next(1, 60), chain.Count, chain.Count, IsInPlace: random.Next(2) == 0));
        }

        return chain;
    }
}
