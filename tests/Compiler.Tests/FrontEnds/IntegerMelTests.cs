using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>The integer front end against the float of its definition, on sound and on what no microphone gives.</summary>
public sealed class IntegerMelTests
{
    private static readonly IntegerMelSpec Spec = new(16_000, 400, 160, 60, 7800, 10, 28);
    private static readonly IntegerMelSpec Fine = Spec with { IsFine = true };
    private static readonly InputSpec Input = new(96, 64, 7);

    public static TheoryData<string, double, int> Sounds => new()
    {
        { "speech", 0.3, 3 },
        { "music", 0.4, 5 },
        { "quiet speech", 0.3, 3 },
        { "noise", 0.1, 1 },
        { "quiet noise", 0.1, 1 },
    };

    [Theory]
    [MemberData(nameof(Sounds))]
    public void Sound_gives_the_codes_of_the_float_but_for_a_rounding(string sound, double mean, int highest)
    {
        int[] errors = Errors(Sound(sound), Spec, Input);
        Assert.InRange(errors.Average(), 0, mean);
        Assert.InRange(errors.Order().ElementAt(errors.Length * 99 / 100), 0, highest);
        Assert.True(errors.Length > 5000);
    }

    public static TheoryData<string> Hostile => ["square 1", "square 2", "square 3", "square 80", "square 120", "extremes", "extremes again", "impulses", "tone", "low tone", "high tone", "constant", "least constant"];

    // A sum that left 32 bits would be off by tens of codes; loud tones leave nothing but rounding in most bands, where 0.6 dB is little.
    [Theory]
    [MemberData(nameof(Hostile))]
    public void Full_scale_overflows_nothing(string sound) => Agrees(sound, Spec);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nor_does_it_where_bands_are_fine(string sound) => Agrees(sound, Fine);

    private static void Agrees(string sound, IntegerMelSpec spec)
    {
        short[] samples = Sound(sound);
        var plain = new PlainMel(spec, Input);
        byte[] codes = new IntegerMel(spec, Input).Codes(samples);
        for (int frame = 0; frame < codes.Length / Input.Bands; frame++)
        {
            int[] exact = plain.Frame(samples, frame);
            for (int band = 0; band < Input.Bands; band++)
            {
                int code = codes[(frame * Input.Bands) + band];
                // 90 dB below full scale, a part of 2^31 is a few units: loud bands agree, quiet ones are quiet.
                Assert.True(Math.Abs(code - exact[band]) <= 2 || (code < 45 && exact[band] < 45), $"{sound}, frame {frame}, band {band}: {code} for {exact[band]}");
            }
        }
    }

    [Fact]
    public void Silence_is_code_0() => Assert.All(new IntegerMel(Spec, Input).Codes(Signals.Silence(4000)), code => Assert.Equal(0, code));

    [Theory]
    [InlineData(7800, 10)]
    [InlineData(7800, 32)]
    [InlineData(7800, 64)]
    [InlineData(7800, 116)]
    [InlineData(8000, 64)]
    public void No_sum_leaves_32_bits_and_no_band_31(int highHertz, int bands)
    {
        var frontEnd = new IntegerMel(Spec with { HighHertz = highHertz }, Input with { Bands = bands });
        Assert.InRange(new MelBounds(frontEnd).HighestPart, 1L << 30, int.MaxValue);
        Assert.InRange(new MelBounds(frontEnd).HighestBand, 1L << 25, int.MaxValue);
    }

    [Theory]
    [InlineData(240)]
    [InlineData(321)]
    [InlineData(400)]
    [InlineData(480)]
    public void Folded_samples_fit_27_bits_and_a_sign(int length)
    {
        var window = new FoldedWindow(length);
        foreach (int offset in new[] { 0, 1, 160, 239 })
        {
            int[] reach = new int[240];
            for (int i = 0; i < length; i++)
                reach[window.Point(i, offset)] += window.Weights[i];
            Assert.InRange(reach.Max() * 32_768L, 1L << 26, (1L << FoldedWindow.FoldedBits) - 1);
        }
    }

    [Fact]
    public void A_recording_is_heard_as_its_groups_alone()
    {
        short[] recording = Signals.Speech(16_000, 5);
        var frontEnd = new IntegerMel(Spec, Input);
        byte[] whole = frontEnd.Codes(recording);
        int groups = frontEnd.FrameCount(recording.Length) / IntegerMel.GroupFrames;
        Assert.True(groups > 40);
        for (int group = 0; group < groups; group++)
        {
            int start = group * IntegerMel.GroupFrames * Spec.HopLength;
            byte[] alone = frontEnd.Codes(recording[start..(start + frontEnd.GroupSamples)]);
            Assert.Equal(whole[(group * 128)..((group + 1) * 128)], alone);
        }
    }

    [Fact]
    public void A_last_frame_without_its_second_hears_silence_behind_it()
    {
        short[] recording = Signals.Speech(10_000, 6);
        var frontEnd = new IntegerMel(Spec, Input);
        byte[] odd = frontEnd.Codes(recording[..720]);
        Assert.Equal(3 * 64, odd.Length);
        short[] silent = [.. recording[..720], .. new short[160]];
        Assert.Equal(frontEnd.Codes(silent)[..192], odd);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2047, 0, 0)]
    [InlineData(-2048, 0, 0)]
    [InlineData(2048, 0, 1)]
    [InlineData(-2049, 0, 1)]
    [InlineData(0, 4095, 0)]
    [InlineData(0, -4096, 0)]
    [InlineData(0, 4096, 1)]
    [InlineData(0, 1 << 26, 15)]
    [InlineData(1 << 26, 0, 15)]
    [InlineData(-(1 << 27), 0, 15)]
    [InlineData(4096, 8192, 2)]
    public void The_block_shift_goes_by_few_points_as_long_as_the_others_fit(int sampled, int other, int shift)
    {
        int[][] frames = [new int[240], new int[240]];
        frames[0][BlockShift.Sampled[5]] = sampled;
        frames[1][100] = other;
        Assert.DoesNotContain(100, BlockShift.Sampled);
        Assert.Equal(shift, BlockShift.Of(frames));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(20)]
    public void Sparse_bands_are_as_exact(int bands)
    {
        int[] errors = Errors(Signals.Speech(20_000, 8), Spec with { IsSparse = true }, Input with { Bands = bands });
        Assert.InRange(errors.Average(), 0, 0.3);
        var frontEnd = new IntegerMel(Spec with { IsSparse = true }, Input with { Bands = bands });
        Assert.InRange(new MelBounds(frontEnd).HighestPart, 1, int.MaxValue);
        Assert.InRange(new MelBounds(frontEnd).HighestBand, 1, int.MaxValue);
    }

    // Hops that turn by a third and by other parts, by a half (no sine) and not at all; of windows of 480 samples and shorter ones.
    [Theory]
    [InlineData(400, 160, 64)]
    [InlineData(400, 160, 32)]
    [InlineData(480, 200, 48)]
    [InlineData(400, 240, 64)]
    [InlineData(321, 480, 64)]
    [InlineData(400, 361, 64)]
    public void Fine_bands_are_as_exact_and_their_sums_fit(int window, int hop, int bands)
    {
        IntegerMelSpec spec = Fine with { WindowLength = window, HopLength = hop };
        InputSpec input = Input with { Bands = bands };
        int[] errors = Errors(Signals.Speech(20_000, 8), spec, input);
        Assert.InRange(errors.Average(), 0, 0.3);
        Assert.InRange(errors.Order().ElementAt(errors.Length * 99 / 100), 0, 3);
        var frontEnd = new IntegerMel(spec, input);
        Assert.Equal(9, frontEnd.HalfBins.All.Count);
        Assert.InRange(new MelBounds(frontEnd).HighestHalf, 1L << 29, int.MaxValue);
        Assert.InRange(new MelBounds(frontEnd).HighestMagnitude, 1L << 31, uint.MaxValue);
        Assert.InRange(new MelBounds(frontEnd).HighestPart, 1L << 30, int.MaxValue);
        Assert.InRange(new MelBounds(frontEnd).HighestBand, 1L << 25, int.MaxValue);
    }

    // The bound is the truth: points at the ends of their range, chosen for one part of one half bin, come within a thousandth of the highest.
    [Fact]
    public void The_highest_half_bin_is_attained_and_not_passed()
    {
        var frontEnd = new IntegerMel(Fine, Input);
        int[] points = new int[240], parts = new int[frontEnd.Transform.Outputs.Count];
        long most = 0;
        for (int half = 0; half < frontEnd.HalfBins.All.Count; half++)
        {
            foreach ((int frame, bool isReal) in new[] { (0, true), (1, true), (0, false), (1, false) })
            {
                long Part() => isReal ? frontEnd.HalfBins.Real(half, frame, parts) : frontEnd.HalfBins.Imaginary(half, frame, parts);
                int[] best = new int[240];
                for (int point = 0; point < 240; point++)
                {
                    points[point] = 4095;
                    frontEnd.Transform.Run(points, parts);
                    best[point] = Part() >= 0 ? 4095 : -4096;
                    points[point] = 0;
                }

                frontEnd.Transform.Run(best, parts);
                most = Math.Max(most, Math.Abs(Part()));
            }
        }

        Assert.InRange(most, new MelBounds(frontEnd).HighestHalf * 999 / 1000, new MelBounds(frontEnd).HighestHalf);
    }

    [Theory]
    [InlineData(400, 320, 32)]
    [InlineData(480, 240, 40)]
    [InlineData(240, 120, 10)]
    public void Other_windows_hops_and_bands_are_as_exact(int window, int hop, int bands)
    {
        var spec = Spec with { WindowLength = window, HopLength = hop };
        int[] errors = Errors(Signals.Speech(20_000, 8), spec, Input with { Bands = bands });
        Assert.InRange(errors.Average(), 0, 0.4);
    }

    [Fact]
    public void Twice_the_amplitude_is_ten_codes()
    {
        short[] quiet = Signals.Noise(16_000, 2000, 3);
        short[] loud = [.. quiet.Select(sample => (short)(2 * sample))];
        byte[] codes = new IntegerMel(Spec, Input).Codes(quiet), louder = new IntegerMel(Spec, Input).Codes(loud);
        // The block shift follows, so it is exact but for sums that two magnitudes round differently.
        Assert.All(codes.Zip(louder), pair => Assert.InRange(pair.Second - pair.First, 9, 11));
    }

    [Theory]
    [InlineData(239, 160, 64)]
    [InlineData(481, 160, 64)]
    [InlineData(400, 160, 117)]
    [InlineData(400, 160, 9)]
    public void What_does_not_fit_is_refused(int window, int hop, int bands) =>
        Assert.ThrowsAny<ArgumentException>(() => new IntegerMel(Spec with { WindowLength = window, HopLength = hop }, Input with { Bands = bands }));

    [Fact]
    public void Bands_are_sparse_or_fine() => Assert.Throws<ArgumentException>(() => new IntegerMel(Fine with { IsSparse = true }, Input));

    private static int[] Errors(short[] samples, IntegerMelSpec spec, InputSpec input)
    {
        var plain = new PlainMel(spec, input);
        byte[] codes = new IntegerMel(spec, input).Codes(samples);
        return [.. Enumerable.Range(0, codes.Length / input.Bands)
            .SelectMany(frame => plain.Frame(samples, frame).Select((exact, band) => Math.Abs(exact - codes[(frame * input.Bands) + band])))];
    }

    private static short[] Sound(string name) => name switch
    {
        "speech" => Signals.Speech(16_000, 1),
        "quiet speech" => [.. Signals.Speech(16_000, 2).Select(sample => (short)(sample / 16))],
        "music" => Signals.Music(16_000, 3),
        "noise" => Signals.Noise(16_000, 32_767, 4),
        "quiet noise" => Signals.Noise(16_000, 60, 4),
        "extremes" => Signals.Extremes(4000, 5),
        "extremes again" => Signals.Extremes(4000, 6),
        "impulses" => Signals.Impulses(4000, 301),
        "tone" => Signals.Tone(4000, 1000, 32_767),
        "low tone" => Signals.Tone(4000, 66.67, 32_767),
        "high tone" => Signals.Tone(4000, 7539, 32_767),
        "constant" => Signals.Constant(4000, short.MaxValue),
        "least constant" => Signals.Constant(4000, short.MinValue),
        _ => Signals.Square(4000, int.Parse(name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
    };
}
