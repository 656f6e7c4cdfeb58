using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>Where the bands lie, and what the logarithm's table says.</summary>
public sealed class BandTests
{
    private static readonly IntegerMelSpec Spec = new(16_000, 400, 160, 60, 7800, 10, 28);

    [Fact]
    public void The_lowest_bands_of_64_are_single_bins_and_the_highest_end_by_the_edge()
    {
        var bands = new MelBands(Spec, 64);
        for (int band = 0; band < 21; band++)
            Assert.Equal(new BandShare(band + 1, 4), Assert.Single(bands[band]));
        Assert.Equal(116, bands.LastBin);
        Assert.InRange(bands[63].Single(share => share.Quarters == 4).Bin, 112, 114);
    }

    [Theory]
    [InlineData(16_000, 60, 7800, 64)]
    [InlineData(16_000, 60, 7800, 32)]
    [InlineData(16_000, 60, 7800, 10)]
    [InlineData(16_000, 60, 7800, 116)]
    [InlineData(16_000, 0, 4000, 40)]
    [InlineData(8_000, 100, 3900, 48)]
    public void Between_two_centres_the_weights_of_two_bands_are_4_together(int rate, int low, int high, int count)
    {
        var bands = new MelBands(Spec with { SampleRate = rate, LowHertz = low, HighHertz = high }, count);
        int[] sums = new int[121];
        for (int band = 0; band < count; band++)
        {
            Assert.NotEmpty(bands[band]);
            Assert.Equal(bands[band].Select(share => share.Bin).Distinct().Order(), bands[band].Select(share => share.Bin));
            foreach (BandShare share in bands[band])
                sums[share.Bin] += share.Quarters;
        }

        int first = bands[0][0].Bin, last = bands[count - 1].Last(share => share.Quarters == bands[count - 1].Max(each => each.Quarters)).Bin;
        Assert.All(Enumerable.Range(first, last - first), bin => Assert.Equal(4, sums[bin]));
        Assert.True(bands.LastBin * (long)rate / 240 <= high);
    }

    [Theory]
    [InlineData(64, 400)]
    [InlineData(32, 400)]
    [InlineData(10, 320)]
    public void Sparse_bands_leave_out_odd_bins_where_centres_lie_two_bins_apart_and_keep_the_others_weights(int count, int window)
    {
        IntegerMelSpec spec = Spec with { WindowLength = window };
        MelBands all = new(spec, count), sparse = new(spec with { IsSparse = true }, count);
        int[] left = [.. all.Bins.Except(sparse.Bins)];
        Assert.All(left, bin => Assert.Equal(1, bin % 2));
        Assert.InRange(left.Length, 30, 60);
        // Once two bins lie between centres, they do for good: above the first that is left out, nothing odd is read.
        Assert.All(sparse.Bins.Where(bin => bin > left[0]), bin => Assert.Equal(0, bin % 2));
        for (int band = 0; band < count; band++)
        {
            Assert.NotEmpty(sparse[band]);
            Assert.Equal(all[band].Where(share => !left.Contains(share.Bin)), sparse[band]);
        }
    }

    [Theory]
    [InlineData(60, 64, 9)]
    [InlineData(60, 40, 9)]
    [InlineData(400, 60, 4)]
    [InlineData(1000, 60, 0)]
    public void Fine_bands_are_bins_and_half_bins_in_turn_up_to_the_tenth_and_then_bands_as_before(int low, int count, int halves)
    {
        var bands = new MelBands(Spec with { LowHertz = low, IsFine = true }, count);
        Assert.Equal(Enumerable.Range(10 - halves, halves), bands.Halves);
        for (int i = 0; i < halves; i++)
        {
            Assert.Equal(new BandShare(10 - halves + i, 4), Assert.Single(bands[2 * i]));
            Assert.Equal(0, bands.Half(2 * i));
            Assert.Empty(bands[(2 * i) + 1]);
            Assert.Equal(10 - halves + i, bands.Half((2 * i) + 1));
        }

        Assert.All(Enumerable.Range(2 * halves, count - (2 * halves)), band => Assert.NotEmpty(bands[band]));
        Assert.InRange(bands.LastBin, 110, 116);
    }

    [Theory]
    [InlineData(27, false)]
    [InlineData(28, true)]
    [InlineData(125, true)]
    [InlineData(126, false)]
    public void As_many_fine_bands_fit_as_lie_a_bin_apart_and_half_a_bin_below_the_tenth(int count, bool fits) =>
        Assert.Equal(fits, IntegerMelLimits.BandProblem(Spec with { IsFine = true }, count) is null);

    [Fact]
    public void A_step_of_the_table_is_a_tenth_of_an_octave_from_the_sixth_bit_on()
    {
        var levels = new LevelTable(10, 28, 127);
        for (int sum = 32 << LevelTable.LowShift; sum < 1 << 28; sum += 1 + (sum / 700))
        {
            double clamped = Math.Clamp((10 * Math.Log2(sum / 64.0)) - 28, 0, 127);
            int code = levels.Code(sum);
            Assert.True(code <= clamped + 0.25 && code > clamped - 1.25, $"{sum}: {code} for {clamped}");
        }
    }

    [Fact]
    public void The_table_never_falls_and_reaches_both_ends()
    {
        var levels = new LevelTable(10, 28, 127);
        int before = 0;
        for (int sum = 0; sum < 1 << 22; sum++)
        {
            int code = levels.Code(sum);
            Assert.True(code >= before);
            before = code;
        }

        Assert.Equal(0, levels.Code(0));
        Assert.Equal(127, levels.Code(int.MaxValue));
        Assert.Equal(127, new LevelTable(1, -1000, 127).Code(0));
        Assert.Equal(0, new LevelTable(40, 1000, 255).Code(int.MaxValue));
    }
}
