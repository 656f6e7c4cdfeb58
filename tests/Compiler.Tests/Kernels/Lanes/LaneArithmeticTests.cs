using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>The primitives alone, their trees evaluated here, at and around every boundary value.</summary>
public sealed class LaneArithmeticTests
{
    [Fact]
    public void Groups_of_a_channel_add_up_to_its_weights()
    {
        var random = new Random(5);
        for (int round = 0; round < 400; round++)
        {
            int max = random.Next(1, 129);
            sbyte[] weights = [.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => (sbyte)Math.Clamp(random.Next(-max, max + 1), -128, 127))];
            int[] sums = new int[weights.Length];
            foreach (MagnitudeGroup group in MagnitudeBasis.Groups(weights))
            {
                foreach (Term term in group.Terms)
                    sums[term.Input] += term.IsNegative ? -group.Factor : group.Factor;
            }

            Assert.Equal(weights.Select(weight => (int)weight), sums);
        }
    }

    [Fact]
    public void Digits_give_the_weight_back()
    {
        for (int weight = -128; weight <= 127; weight++)
        {
            for (int digits = 0; digits <= 4; digits++)
            {
                int high = ChannelProof.High((sbyte)weight, digits), low = ChannelProof.Low((sbyte)weight, digits);
                Assert.Equal(weight, (high << digits) + low);
                Assert.InRange(Math.Abs(low), 0, 1 << digits >> 1);
            }
        }
    }

    [Fact]
    public void Relu_keeps_or_clears_each_lane_alone()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            long top = format.GuardValue - 1;
            foreach (long[] lanes in Mixtures(format, [-format.GuardValue, -top, -2, -1, 0, 1, 2, top]))
            {
                var constants = new LaneConstants(format);
                var value = new Local("v", IlType.Long);
                Expression relu = LaneChannel.Relu(value, format, constants);
                long packed = Pack(format, lanes.Select(lane => lane + format.GuardValue));
                Assert.Equal(Pack(format, lanes.Select(lane => Math.Max(0, lane))), Evaluate(relu, constants, ("v", packed)));
            }
        }
    }

    [Fact]
    public void Requantise_shifts_and_clamps_each_lane_alone()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            foreach (int max in new[] { 1, 7, 127, 255 })
            {
                for (int shift = 0; (max + 1L) << shift <= format.GuardValue && shift < 12; shift++)
                {
                    long limit = (max + 1L) << shift, top = format.GuardValue - 1;
                    foreach (bool clamps in new[] { true, false })
                    {
                        long high = clamps ? top : Math.Min(top, limit - 1);
                        var proof = new ChannelProof(0, new AccumulatorRange(-5, high), MaximumRule.Joint, shift, clamps);
                        foreach (long[] lanes in Mixtures(format, [0, 1, Math.Max(0, limit - 2), Math.Max(0, limit - 1), Math.Min(high, limit), Math.Min(high, limit + 1), high]))
                        {
                            var constants = new LaneConstants(format);
                            Expression codes = LaneChannel.Requantise(new Local("v", IlType.Long), proof, max, format, constants);
                            long expected = Pack(format, lanes.Select(lane => Math.Min(max, lane >> shift)));
                            Assert.Equal(expected, Evaluate(codes, constants, ("v", Pack(format, lanes))));
                        }
                    }
                }
            }
        }
    }

    // Every value in every lane, with neighbours that differ.
    private static IEnumerable<long[]> Mixtures(LaneFormat format, long[] values)
    {
        for (int first = 0; first < values.Length; first++)
        {
            for (int step = 0; step < values.Length; step++)
                yield return [.. Enumerable.Range(0, format.Lanes).Select(lane => values[(first + (lane * step)) % values.Length])];
        }
    }

    private static long Pack(LaneFormat format, IEnumerable<long> lanes) =>
        lanes.Select((lane, i) => unchecked(lane << (i * format.Bits))).Aggregate(0L, (sum, lane) => unchecked(sum + lane));

    private static long Evaluate(Expression expression, LaneConstants constants, params (string Name, long Value)[] variables)
    {
        var known = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        foreach (Assign constant in constants.Declarations().OfType<Assign>())
            known[((Local)constant.Target).Name] = ((Literal)constant.Value).Value;
        return Evaluate(expression, known);
    }

    private static long Evaluate(Expression expression, Dictionary<string, long> known) => expression switch
    {
        Literal literal => literal.Value,
        Local local => known[local.Name],
        Conversion convert => Evaluate(convert.Operand, known),
        Binary binary => Apply(binary.Operator, Evaluate(binary.Left, known), Evaluate(binary.Right, known)),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    private static long Apply(Operator operation, long left, long right) => unchecked(operation switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.And => left & right,
        Operator.Or => left | right,
        Operator.ShiftLeft => left << (int)right,
        _ => left >> (int)right,
    });
}
