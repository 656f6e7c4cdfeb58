using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Testing.Following;

/// <summary>
/// A long of generated code that also knows the true value of each of its lanes, in an Int64 of its own. Generated code is compiled with
/// this type in place of long (<see cref="FollowedBatch"/>), so what runs is the device's code, operation by operation.
/// </summary>
/// <remarks>
/// Sums, differences, products with a number and moves by whole lanes are exact in every lane whatever their values are, for the long is
/// their sum modulo 2^64. A shift by less than a lane and the bitwise operations are not: a lane outside [0, 2^(guard + 1)) would reach
/// into its neighbour. There every lane is held to its bounds, and the long to its lanes.
/// </remarks>
public sealed class FollowedLanes
{
    [ThreadStatic]
    private static LaneFormat? current;

    [ThreadStatic]
    private static long leftBetween;

    private readonly long packed;
    private readonly long[]? lanes;

    private FollowedLanes(long packed, long[]? lanes) => (this.packed, this.lanes) = (packed, lanes);

    /// <summary>What generated code calls long.MaxValue.</summary>
    public static FollowedLanes MaxValue { get; } = new(long.MaxValue, null);

    /// <summary>0, also in every lane.</summary>
    public static FollowedLanes Zero { get; } = new(0, null);

    /// <summary>Sums, differences and products so far on this thread that left the lane between two checked operations, which is harmless.</summary>
    public static long LeftBetween => leftBetween;

    /// <summary>The long.</summary>
    public long Packed => packed;

    /// <summary>The true values.</summary>
    public long[] Lanes => lanes ?? Decode(packed);

    private static LaneFormat Format => current ?? throw new InvalidOperationException("no format: call Begin before generated code runs");

    private static long End => 1L << Format.Bits;

    /// <summary>Sets the lanes of what runs next on this thread.</summary>
    public static void Begin(LaneFormat format) => current = format;

    /// <summary>A number, or a constant of lanes.</summary>
    public static implicit operator FollowedLanes(long number) => new(number, null);

    /// <summary>The long itself.</summary>
    public static explicit operator long(FollowedLanes value) => value.packed;

    /// <summary>Sum.</summary>
    public static FollowedLanes operator +(FollowedLanes left, FollowedLanes right) => Linear(unchecked(left.packed + right.packed), left, right, 1);

    /// <summary>Difference.</summary>
    public static FollowedLanes operator -(FollowedLanes left, FollowedLanes right) => Linear(unchecked(left.packed - right.packed), left, right, -1);

    /// <summary>Product with a number.</summary>
    public static FollowedLanes operator *(FollowedLanes left, FollowedLanes right)
    {
        long product = unchecked(left.packed * right.packed);
        if (left.lanes is not null && right.lanes is not null)
            throw new LaneBoundsException("lanes times lanes");
        if ((left.lanes ?? right.lanes) is not { } lanes)
            return new FollowedLanes(product, null);
        long factor = left.lanes is null ? left.packed : right.packed;
        var products = new long[lanes.Length];
        for (int i = 0; i < products.Length; i++)
            products[i] = lanes[i] * factor;
        return Between(product, products);
    }

    /// <summary>Moves lanes up.</summary>
    public static FollowedLanes operator <<(FollowedLanes value, int count)
    {
        if (value.lanes is not { } lanes || count == 0)
            return new FollowedLanes(value.packed << count, value.lanes);
        if (count % Format.Bits != 0)
            throw new LaneBoundsException(FormattableString.Invariant($"lanes << {count}"));
        int up = count / Format.Bits;
        return new FollowedLanes(value.packed << count, [.. lanes.Select((_, i) => i < up ? 0 : lanes[i - up])]);
    }

    /// <summary>Moves lanes down, or shifts each of them: bits of the lane above then come in from the top.</summary>
    public static FollowedLanes operator >>(FollowedLanes value, int count)
    {
        long shifted = value.packed >> count;
        if (value.lanes is not { } lanes || count == 0)
            return new FollowedLanes(shifted, value.lanes);
        if (count % Format.Bits != 0)
        {
            value.Check();
            return new FollowedLanes(shifted, Digits(shifted));
        }

        // What falls out must leave nothing behind, and the highest lane keeps its sign.
        int down = count / Format.Bits;
        foreach (long dropped in lanes.Take(down))
            Demand(dropped, 0, End);
        Demand(lanes[^1], -Format.GuardValue, Format.GuardValue);
        return new FollowedLanes(shifted, [.. lanes.Select((_, i) => i + down < lanes.Length ? lanes[i + down] : 0)]);
    }

    /// <summary>Bitwise and.</summary>
    public static FollowedLanes operator &(FollowedLanes left, FollowedLanes right)
    {
        if (left.lanes is null && right.lanes is null)
            return new FollowedLanes(left.packed & right.packed, null);
        if (right.lanes is null && right.packed == -1)
            return left;
        if (right.lanes is null && right.packed == Format.Used)
        {
            // 3 lanes: drops what a move up has left in the sign bit.
            var kept = new FollowedLanes(left.packed & right.packed, left.lanes);
            kept.Check();
            return kept;
        }

        long[] lefts = left.Check(), rights = right.Check();
        // The lowest lane alone is a number from here on.
        if (right.lanes is null && right.packed >= 0 && right.packed < End)
            return lefts[0] & right.packed;
        var both = new long[lefts.Length];
        for (int i = 0; i < both.Length; i++)
            both[i] = lefts[i] & rights[i];
        return new FollowedLanes(left.packed & right.packed, both);
    }

    /// <summary>Bitwise or.</summary>
    public static FollowedLanes operator |(FollowedLanes left, FollowedLanes right)
    {
        if (left.lanes is null && right.lanes is null)
            return new FollowedLanes(left.packed | right.packed, null);
        long[] lefts = left.Check(), rights = right.Check();
        var either = new long[lefts.Length];
        for (int i = 0; i < either.Length; i++)
            either[i] = lefts[i] | rights[i];
        return new FollowedLanes(left.packed | right.packed, either);
    }

    /// <summary>Complement of a number.</summary>
    public static FollowedLanes operator ~(FollowedLanes value) => value.lanes is null ? new FollowedLanes(~value.packed, null) : throw new LaneBoundsException("complement of lanes");

    /// <summary>As it is stored: lanes inside [-2^guard, 2^(guard + 1)), whether or not they carry the guard.</summary>
    /// <exception cref="LaneBoundsException">One is outside.</exception>
    public FollowedLanes Stored()
    {
        long[] values = Lanes;
        foreach (long lane in values)
            Demand(lane, -Format.GuardValue, End);
        Agree(packed, values);
        return new FollowedLanes(packed, values);
    }

    private static FollowedLanes Linear(long packed, FollowedLanes left, FollowedLanes right, int sign)
    {
        if (left.lanes is null && right.lanes is null)
            return new FollowedLanes(packed, null);
        long[] lefts = left.Lanes, rights = right.Lanes;
        var sums = new long[lefts.Length];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = lefts[i] + (sign * rights[i]);
        return Between(packed, sums);
    }

    private static FollowedLanes Between(long packed, long[] lanes)
    {
        long first = -Format.GuardValue, end = End;
        foreach (long lane in lanes)
        {
            if (lane < first || lane >= end)
                leftBetween++;
        }

        return new FollowedLanes(packed, lanes);
    }

    // A constant holds the same number in every lane, which may be negative, or one of each, which is not.
    private static long[] Decode(long packed)
    {
        long lowest = packed & (End - 1);
        long repeated = lowest >= Format.GuardValue ? lowest - End : lowest;
        if (Format.Repeat(repeated) != packed)
            return Digits(packed);
        var values = new long[Format.Lanes];
        Array.Fill(values, repeated);
        return values;
    }

    private static long[] Digits(long packed)
    {
        int bits = Format.Bits;
        long all = End - 1;
        var values = new long[Format.Lanes];
        for (int i = 0; i < values.Length; i++)
            values[i] = (packed >> (i * bits)) & all;
        return values;
    }

    private long[] Check()
    {
        long[] values = Lanes;
        long end = End;
        foreach (long lane in values)
            Demand(lane, 0, end);
        Agree(packed, values);
        return values;
    }

    private static void Agree(long packed, long[] lanes)
    {
        int bits = Format.Bits;
        long sum = 0;
        for (int i = 0; i < lanes.Length; i++)
            sum = unchecked(sum + (lanes[i] << (i * bits)));
        if (sum != packed)
            throw new LaneBoundsException("0x" + packed.ToString("x16", CultureInfo.InvariantCulture) + " is not " + string.Join(", ", lanes));
    }

    private static void Demand(long lane, long first, long end)
    {
        if (lane < first || lane >= end)
            throw new LaneBoundsException(FormattableString.Invariant($"a lane holds {lane}, outside [{first}, {end})"));
    }
}

/// <summary>A lane has left its bounds.</summary>
public sealed class LaneBoundsException(string message) : Exception(message);
