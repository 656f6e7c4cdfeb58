using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing.Counting;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>Tallies of the lane kernels against counted runs: equal, block by block.</summary>
public sealed class LaneTallyTests
{
    private readonly CountedAssembly counter = new([KernelClass.File]);

    [Fact]
    public void Every_block_of_the_lane_kernels_runs_as_often_as_predicted()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            for (int seed = 0; seed < 10; seed++)
            {
                PackedShape s = PackedShape.Random(format, seed);
                byte[] codes = s.Codes();
                long[] lanes = s.Arena();
                var image = new LaneImage(s.Lines, s.Along, s.Channels, HasHalo: false);
                object[] last = s.Format.Lanes == 6 ? [] : [format.Lanes, format.Bits];
                if (LanePacking.Section(format, image) is var section && section != LaneSections.PackFour)
                    AssertSame(LanePacking.Tally(format, image, s.Lines, s.Channels), section, [codes, s.From, s.Channels, lanes, s.Start, s.Stride, s.Step, s.Lines, s.Along, s.LineStep, s.PlaceStep, .. last]);
                if (format == new LaneFormat(4, LaneAxis.Frequency))
                {
                    PackedShape fours = PackedShape.Random(format, seed, places: 4 * (1 + (seed % 4)));
                    AssertSame(
                        LaneTally.PackFour(fours.Lines, fours.Along, fours.Channels),
                        "PackFour", fours.Codes(), fours.From, fours.Channels, fours.Arena(), fours.Start, fours.Stride, fours.Step, fours.Lines, fours.Along);
                }

                AssertSame(
                    LanePacking.Unpacked(format, image, s.Channels),
                    LanePacking.Unpacking(format), [lanes, s.Start, s.Stride, s.Step, s.Channels, codes, s.From, s.Lines, s.Along, s.LineStep, s.PlaceStep, .. last]);
                AssertSame(LaneTally.Clear(s.Lines, s.Along, s.Channels), "Clear", lanes, s.Start, s.Stride, s.Step, s.Channels, s.Lines, s.Along);
                AssertSame(LaneTally.Pair(s.Lines, s.Along, s.Channels / 2 * 2), "Pair", lanes, s.Start, s.Stride, s.Step, s.Channels / 2 * 2, s.Lines, s.Along);
                AssertSame(LaneTally.Halo(s.Lines, s.Channels), "Halo", lanes, s.Start, s.Stride, s.Step, s.Channels, s.Lines, s.Along, format.Bits);
                AssertSame(
                    LaneTally.PoolLanes(s.Channels, format.Lanes),
                    "PoolLanes", lanes, s.Start, s.Channels, codes, s.From, new byte[s.Channels], 0, 127, format.Lanes, format.Bits);
            }
        }
    }

    private void AssertSame(KernelTally predicted, string kernel, params object[] arguments)
    {
        IReadOnlyList<CountedBlock> counted = counter.Count(() => new KernelClass(counter.Loaded).Run(kernel, arguments));
        Assert.Equal([.. counted.Where(block => block.Method == kernel).Select(block => block.Hits)], predicted.Of(kernel));
        Assert.Equal(counted.Sum(block => block.Hits * block.Cost), predicted.Cost);
        Assert.Equal(counted.Sum(block => block.Hits * block.Instructions), predicted.Instructions);
    }
}
