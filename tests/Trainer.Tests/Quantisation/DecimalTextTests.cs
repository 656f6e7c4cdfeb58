using AdapterCompiler.Trainer.Quantisation;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Quantisation;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData(0.00123456789, "0.00123457")]
    [InlineData(1, "1.00000")]
    [InlineData(123456.789, "123456.8")]
    [InlineData(1.5e-20, "0.0000000000000000000150000")]
    public void Numbers_have_six_digits_and_no_exponent(double value, string expected) => Assert.Equal(expected, DecimalText.Of(value));
}
