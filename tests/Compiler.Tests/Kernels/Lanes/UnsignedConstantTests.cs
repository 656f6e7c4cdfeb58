using System;
using AdapterCompiler.Trees;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>
/// 0x80000000 to 0xFFFFFFFF as a long is unsigned on the device (docs/interpreter.md, trap 2): sums with such a constant are built with its
/// negative.
/// </summary>
public sealed class UnsignedConstantTests
{
    private static readonly Local X = new("x", IlType.Long);

    [Theory]
    [InlineData(0x7FFFFFFFL, false)]
    [InlineData(0x80000000L, true)]
    [InlineData(0xFFFFFFFFL, true)]
    [InlineData(0x100000000L, false)]
    public void Sums_with_it_are_differences_of_its_negative(long constant, bool isUnsigned)
    {
        Literal literal = Expressions.Long(constant);
        Assert.Equal(isUnsigned, literal.IsUnsigned());
        foreach ((Expression sum, Func<long, long> expected) in new (Expression, Func<long, long>)[]
        {
            (X.Plus(literal), x => x + constant), (literal.Plus(X), x => x + constant), (X.Minus(literal), x => x - constant),
        })
        {
            var binary = Assert.IsType<Binary>(sum);
            Assert.DoesNotContain(new[] { binary.Left, binary.Right }, operand => operand.IsUnsigned());
            foreach (long x in new[] { 0L, 5, -7, long.MaxValue, long.MinValue, 0x80000000L })
                Assert.Equal(unchecked(expected(x)), Value(binary, x));
            // Only a constant that was one stays on the left.
            Assert.Equal(isUnsigned ? X : ReferenceEquals(binary.Left, literal) ? literal : X, binary.Left);
        }
    }

    private static long Value(Binary sum, long x) => sum.Operator switch
    {
        Operator.Add => unchecked(Value(sum.Left, x) + Value(sum.Right, x)),
        _ => unchecked(Value(sum.Left, x) - Value(sum.Right, x)),
    };

    private static long Value(Expression operand, long x) => operand is Literal literal ? literal.Value : x;
}
