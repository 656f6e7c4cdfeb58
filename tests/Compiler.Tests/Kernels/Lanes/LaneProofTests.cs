using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>What a lane holds, from both sides: sums one below the guard pass, sums that reach it do not.</summary>
public sealed class LaneProofTests
{
    // One weight of 1 and one of -1 on codes up to 100: sums of -100 to 100 around the bias.
    private static readonly ValueArray<sbyte> Weights = ValueArray.Of<sbyte>(1, -1);

    [Theory]
    [InlineData(4, 15)]
    [InlineData(3, 20)]
    [InlineData(2, 31)]
    public void The_guard_is_never_reached_and_nothing_below_it_is_refused(int lanes, int guardBit)
    {
        long guard = 1L << guardBit;
        Assert.Equal((MaximumRule.Joint, guard - 201, guard - 1), Rule(lanes, guard - 101));
        Assert.Equal(MaximumRule.None, Rule(lanes, guard - 100).Rule);
        Assert.Equal((MaximumRule.Joint, -guard, -guard + 200), Rule(lanes, -guard + 100));
        Assert.Equal(MaximumRule.None, Rule(lanes, -guard + 99).Rule);
    }

    [Theory]
    [InlineData(4, 15)]
    [InlineData(3, 20)]
    [InlineData(2, 31)]
    public void A_difference_of_two_sums_stays_below_the_guard_too(int lanes, int guardBit)
    {
        // Weights of 128 and -128 on codes up to c: sums of -128 c to 128 c, whose difference is 256 c.
        var format = new LaneFormat(lanes, LaneAxis.Frequency);
        long half = 1L << (guardBit - 1);
        var fits = ChannelProof.Of(format, new Channel(1, 0, 7, ValueArray.Of<sbyte>(-128)), 1, (int)(half / 64), 0, int.MaxValue);
        Assert.Equal((MaximumRule.Joint, -2 * half), (fits.Rule, fits.Range.Low));
        Assert.Equal(MaximumRule.Joint, With(half, -half).Rule);
        Assert.Equal(MaximumRule.ReluFirst, With(half, -half - 1).Rule);
        Assert.Equal(MaximumRule.ReluFirst, With((2 * half) - 1, -2 * half).Rule);

        // Two weights of 1 or -1, a code of which the greatest is the sum asked for.
        ChannelProof With(long high, long low) =>
            ChannelProof.Of(format, new Channel(1, 0, 0, Weights), 1, (int)high, (int)-low, int.MaxValue);
    }

    [Fact]
    public void A_clamp_is_there_from_the_first_sum_that_passes_the_largest_code()
    {
        // Sums up to the bias and 100 more, shifted by 8: 127 from 32,512 on.
        Assert.False(Clamps(bias: 32_412 - 1, max: 126));
        Assert.True(Clamps(bias: 32_412, max: 126));
        Assert.False(Clamps(bias: 32_412, max: 127));

        static bool Clamps(int bias, int max) =>
            ChannelProof.Of(new LaneFormat(4, LaneAxis.Frequency), new Channel(1, bias, 8, ValueArray.Of<sbyte>(1)), 1, 100, 0, max).Clamps;
    }

    [Fact]
    public void A_low_digit_stays_inside_its_lane_as_well()
    {
        // 40,000 in steps of 2: sums too wide for a lane of 16 bits, halves that are not.
        var format = new LaneFormat(4, LaneAxis.Frequency);
        var proof = ChannelProof.Of(format, new Channel(1, 0, 4, ValueArray.Of<sbyte>(100, -100)), 2, 400, 0, 1 << 20);
        Assert.Equal((1, -20_000L, 20_000L), (proof.Digits, proof.Range.Low, proof.Range.High));
        Assert.Equal(3, proof.Shift);
        // Without a shift there is no digit to take.
        Assert.Equal(MaximumRule.None, ChannelProof.Of(format, new Channel(1, 0, 0, ValueArray.Of<sbyte>(100, -100)), 2, 400, 0, 1 << 20).Rule);
        for (int weight = sbyte.MinValue; weight <= sbyte.MaxValue; weight++)
        {
            for (int digits = 1; digits <= 4; digits++)
            {
                sbyte high = ChannelProof.High((sbyte)weight, digits), low = ChannelProof.Low((sbyte)weight, digits);
                Assert.Equal(weight, (high << digits) + low);
                Assert.InRange(low, -(1 << (digits - 1)), 1 << (digits - 1));
                Assert.Equal(high, -ChannelProof.High((sbyte)System.Math.Max(-127, -weight), digits) is var mirrored && weight > sbyte.MinValue ? (sbyte)mirrored : high);
            }
        }
    }

    [Fact]
    public void The_sum_of_low_digits_stays_below_the_guard_too()
    {
        // Weights of 112 have no low digit of four bits and make the sum too wide for fewer digits; those of 8 and 7 are low digits alone.
        Assert.Equal((4, MaximumRule.Joint), Digits(15, 7));
        Assert.Equal(MaximumRule.None, Digits(16, 0).Rule);
        Assert.Equal((4, MaximumRule.Joint), Digits(-15, -7));
        Assert.Equal((4, MaximumRule.Joint), Digits(-16, 0));
        Assert.Equal(MaximumRule.None, Digits(-16, -1).Rule);

        static (int Digits, MaximumRule Rule) Digits(int eights, int last)
        {
            int sign = eights < 0 ? -1 : 1;
            ValueArray<sbyte> weights = Enumerable.Repeat((sbyte)(112 * sign), 10).Concat(Enumerable.Repeat((sbyte)(8 * sign), eights * sign)).Append((sbyte)last).ToValueArray();
            var proof = ChannelProof.Of(new LaneFormat(4, LaneAxis.Frequency), new Channel(1, 0, 8, weights), weights.Count, 256, 0, 1 << 20);
            return (proof.Digits, proof.Rule);
        }
    }

    private static (MaximumRule Rule, long Low, long High) Rule(int lanes, long bias)
    {
        var proof = ChannelProof.Of(new LaneFormat(lanes, LaneAxis.Time), new Channel(1, bias, 0, Weights), 2, 100, 0, int.MaxValue);
        return (proof.Rule, proof.Range.Low, proof.Range.High);
    }
}
