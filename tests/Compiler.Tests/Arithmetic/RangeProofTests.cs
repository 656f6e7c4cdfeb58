using System;
using System.Linq;
using AdapterCompiler.Arithmetic;
using Xunit;

namespace AdapterCompiler.Tests.Arithmetic;

public sealed class RangeProofTests
{
    [Fact]
    public void The_bounds_are_attained_and_never_passed()
    {
        var random = new Random(3);
        for (int round = 0; round < 500; round++)
        {
            ValueArray<sbyte> weights = Enumerable.Range(0, random.Next(1, 30)).Select(_ => (sbyte)random.Next(-128, 128)).ToValueArray();
            int shared = random.Next(weights.Count + 1), sharedMax = random.Next(1, 256), ownMax = random.Next(1, 256), bias = random.Next(-100000, 100000);
            AccumulatorRange range = RangeProof.Of(bias, weights, shared, sharedMax, ownMax);
            int Max(int i) => i < shared ? sharedMax : ownMax;
            long Sum(Func<int, int> code) => bias + weights.Select((w, i) => (long)w * code(i)).Sum();

            Assert.Equal(range.High, Sum(i => weights[i] > 0 ? Max(i) : 0));
            Assert.Equal(range.Low, Sum(i => weights[i] < 0 ? Max(i) : 0));
            Assert.InRange(Sum(i => random.Next(Max(i) + 1)), range.Low, range.High);
        }
    }

    [Theory]
    [InlineData(0, 3, 127, 0)]
    [InlineData(7, 3, 127, 0)]
    [InlineData(8, 3, 127, 1)]
    [InlineData(-1000000, 0, 127, 0)]
    [InlineData(1000, 3, 127, 125)]
    [InlineData(int.MaxValue, 0, 127, 127)]
    [InlineData(int.MaxValue, 30, 127, 1)]
    [InlineData(int.MinValue, 30, 127, 0)]
    public void Requantise_is_relu_shift_clamp(int accumulator, int shift, int max, int code) =>
        Assert.Equal(code, FixedPointPrimitives.Requantise(accumulator, shift, max));
}
