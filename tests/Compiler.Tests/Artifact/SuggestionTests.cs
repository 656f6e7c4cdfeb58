using AdapterCompiler.Diagnostics;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("bat", "cat", "cat,rat")]
    [InlineData("bat", "rat", "rat,cat")]
    [InlineData("frmaes", "frames", "bands,frames,frame")]
    [InlineData("xy", null, "ab,cd")]
    [InlineData("inputs", "inputs", "input,inputs")]
    public void The_nearest_word_is_meant_and_of_equals_the_first(string found, string? expected, string allowed) =>
        Assert.Equal(expected, Suggestion.Nearest(found, allowed.Split(',')));
}
