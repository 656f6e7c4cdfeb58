using System;
using System.Linq;
using Xunit;

namespace AdapterCompiler.Audio.Tests;

public sealed class SliceLayoutTests
{
    private static readonly SliceLayout Layout = new(FrontEnd.Default, FrontEnd.DefaultInput);

    [Theory]
    [InlineData(400, 7_600)]
    [InlineData(401, 7_599)]
    [InlineData(15_599, 0)]
    public void A_short_clip_lies_in_the_middle_of_silence(int length, int start)
    {
        float[] clip = [.. Enumerable.Repeat(0.5f, length)];
        float[] slice = Layout.Filled(clip);
        Assert.Equal(15_600, slice.Length);
        Assert.Equal(Enumerable.Range(start, length), Enumerable.Range(0, slice.Length).Where(i => slice[i] != 0));
        Assert.Equal([0], Layout.Starts(slice.Length, 48));
    }

    [Fact]
    public void A_clip_of_a_slice_or_more_stays_as_it_is()
    {
        float[] clip = new float[15_600];
        Assert.Same(clip, Layout.Filled(clip));
    }

    [Fact]
    public void A_clip_may_lie_anywhere_and_never_reaches_beyond()
    {
        Assert.Equal(1, Layout.Filled([1f], 15_599)[^1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Layout.Filled([1f], 15_600));
    }
}
