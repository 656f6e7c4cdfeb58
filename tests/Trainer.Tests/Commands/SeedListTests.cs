using AdapterCompiler.Trainer.Commands;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Commands;

public sealed class SeedListTests
{
    [Theory]
    [InlineData("3", new[] { 3 })]
    [InlineData("1-4", new[] { 1, 2, 3, 4 })]
    [InlineData("7, 2,2-3", new[] { 2, 3, 7 })]
    public void Ranges_and_numbers(string text, int[] expected) => Assert.Equal(expected, SeedList.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("1,")]
    [InlineData("0-2000000000")]
    public void Anything_else_is_none(string text) => Assert.Null(SeedList.Parse(text));
}
