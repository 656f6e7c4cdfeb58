using AdapterCompiler.Programs;
using AdapterCompiler.Testing.Following;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>A lane that leaves its bounds is noticed, one value too far and no earlier.</summary>
public sealed class FollowedLanesTests
{
    [Fact]
    public void A_shift_takes_what_a_lane_holds_and_no_more()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            FollowedLanes.Begin(format);
            long end = 2 * format.GuardValue;
            for (int lane = 0; lane < format.Lanes; lane++)
            {
                FollowedLanes one = Packed(1L << (lane * format.Bits)), zero = one - one;
                // The highest lane of all copies its sign, others take in what is above them: a mask follows every shift.
                Assert.Equal((end >> 2) - 1, ((one * (end - 1)) >> 2).Lanes[lane] & ((end >> 2) - 1));
                Assert.Equal(0, (zero >> 2).Packed);
                Assert.Throws<LaneBoundsException>(() => (one * end) >> 2);
                Assert.Throws<LaneBoundsException>(() => (zero - one) >> 2);
                Assert.Throws<LaneBoundsException>(() => (zero - one) & one);
                Assert.Throws<LaneBoundsException>(() => one | (one * end));
            }
        }
    }

    [Fact]
    public void A_stored_lane_may_be_negative_as_far_as_its_guard()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            FollowedLanes.Begin(format);
            var arena = new FollowedArena(1);
            FollowedLanes all = Packed(format.Repeat(1)), one = Packed(1);
            arena[0] = one * -format.GuardValue;
            Assert.Equal(-format.GuardValue, arena[0].Lanes[0]);
            Assert.Throws<LaneBoundsException>(() => arena[0] = one * (-format.GuardValue - 1));
            Assert.Throws<LaneBoundsException>(() => arena[0] = all * (2 * format.GuardValue));
        }
    }

    [Fact]
    public void Only_a_guarded_lowest_lane_moves_out_without_a_trace()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            FollowedLanes.Begin(format);
            FollowedLanes all = Packed(format.Repeat(1)), negative = all * -1;
            Assert.Throws<LaneBoundsException>(() => negative >> format.Bits);
            long[] moved = ((negative + format.GuardValue) >> format.Bits).Lanes;
            Assert.Equal(0, moved[^1]);
            Assert.All(moved[..^1], lane => Assert.Equal(-1, lane));
        }
    }

    private static FollowedLanes Packed(long packed) => ((FollowedLanes)packed).Stored();
}
