using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Following;
using Xunit;

namespace AdapterCompiler.Tests.Lanes;

/// <summary>
/// Proven, not hoped: every lane kernel at inputs that attain the bounds of its channels, in models close to what a lane holds. The
/// generated code gives the codes of a plain convolution, and so does the same code with every lane followed in an Int64 of its own,
/// which throws where one leaves its bounds. ADAPTER_NETWORKS scales the seeds.
/// </summary>
public sealed class LaneBoundsTests
{
    /// <summary>Output channels tried in each block of a layer.</summary>
    private const int ChannelsOfBlock = 2;

    private const int BatchSize = 25;

    private static readonly SortedDictionary<string, LayerKernel> Forced = new(
        LaneFormat.All.SelectMany(Kernels0).ToDictionary(kernel => kernel.ToText(isDense: false), StringComparer.Ordinal), StringComparer.Ordinal);

    public static TheoryData<string> Kernels => [.. Forced.Keys];

    // 40 networks are what the other kernel tests run by default; one in ten of them here, for every layer of one is run some twenty times.
    private static int Seeds => (int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 40) / 10;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Lanes_stay_inside_their_bounds_where_inputs_attain_them(string name)
    {
        LayerKernel kernel = Forced[name];
        var counts = new Counts();
        long before = FollowedLanes.LeftBetween;
        foreach (int[] seeds in Enumerable.Range(0, Seeds).Chunk(BatchSize))
        {
            GeneratedCase[] cases = [.. seeds.Select(seed => GeneratedCase.Create(
                seed, LaneLimits.Create(seed, kernel.Format!, kernel.Kind == KernelKind.PositionLanes && !kernel.IsPaired, kernel.IsPaired), network => ForcedPlans.Everywhere(network, kernel)))];
            var longs = new GeneratedBatch(cases);
            var followed = new FollowedBatch(cases);
            foreach (GeneratedCase c in cases)
            {
                foreach (LoweredLayer layer in c.Result.Program!.Layers.Where(layer => layer.Lanes is { } lanes && lanes.IsPaired == kernel.IsPaired))
                    Try(c, layer, [new LaneRun(c.Result.Program, layer, longs.Type(c)), new LaneRun(c.Result.Program, layer, followed.Type(c))], counts);
            }
        }

        Assert.True(counts.Layers >= Seeds, counts.ToString());
        Console.WriteLine(name + ": " + counts + ", left between " + (FollowedLanes.LeftBetween - before));
    }

    private static IEnumerable<LayerKernel> Kernels0(LaneFormat format)
    {
        foreach (LaneShape shape in new[] { LaneShape.Unrolled, LaneShape.Single })
        {
            yield return new LayerKernel(KernelKind.PositionLanes, format, shape);
            if (format.Used == -1)
                yield return new LayerKernel(KernelKind.PositionLanes, format, shape, IsPaired: true);
        }

        yield return LayerKernel.LaneLoop(format);
    }

    private static void Try(GeneratedCase c, LoweredLayer layer, LaneRun[] runs, Counts counts)
    {
        LaneLayer lanes = layer.Lanes!;
        var random = new Random(c.Seed);
        int[] maxima = Maxima(c.Network, layer.Layer);
        var images = new BoundImages(lanes, maxima, random);
        counts.Layers++;
        foreach (LaneBlock block in lanes.Blocks)
        {
            int[] order = [.. Enumerable.Range(0, block.Block.Channels.Count)];
            random.Shuffle(order);
            foreach (int channel in order.Take(ChannelsOfBlock))
            {
                foreach (Bound bound in lanes.IsGlobal ? Enum.GetValues<Bound>() : [Bound.High, Bound.Low, Bound.Noise])
                {
                    int[][] image = images.Create(block, block.Block.Channels[channel], bound);
                    PlainConvolution[][] expected = [.. lanes.Blocks.Select(each => each.Block.Channels
                        .Select(other => new PlainConvolution(layer.Layer, other, each.Block.ActivationMax, [.. BoundImages.Read(each).Select(input => image[input])])).ToArray())];
                    foreach (LaneRun run in runs)
                    {
                        run.Run(image);
                        for (int b = 0; b < lanes.Blocks.Count; b++)
                        {
                            for (int o = 0; o < expected[b].Length; o++)
                            {
                                foreach (int[] codes in run.Codes(lanes.Blocks[b], o))
                                    Assert.Equal(expected[b][o].Codes, codes);
                            }
                        }
                    }

                    PlainConvolution tried = expected[lanes.Blocks.ToList().IndexOf(block)][channel];
                    Attained(lanes, block, channel, bound, tried, maxima, counts);
                }
            }
        }
    }

    private static void Attained(LaneLayer lanes, LaneBlock block, int channel, Bound bound, PlainConvolution tried, int[] maxima, Counts counts)
    {
        Channel weights = block.Block.Channels[channel];
        ChannelProof proof = block.Proofs[channel];
        AccumulatorRange range = RangeProof.Of(
            weights.Bias, weights.Weights, block.Block.SharedInputs * 9, maxima[0], block.Block.OwnInputs == 0 ? 0 : maxima[block.OwnInput]);
        Assert.Equal(new AccumulatorRange(range.Low >> proof.Digits, range.High >> proof.Digits), proof.Range);
        long greatest = tried.Sums.Max(), least = tried.Sums.Min();
        Assert.True(greatest <= range.High && least >= range.Low);
        bool clamped = tried.Pooled.Max() >> weights.Shift > block.Block.ActivationMax;
        Assert.False(clamped && !proof.Clamps);
        long near = lanes.Format.GuardValue - (lanes.Format.GuardValue / 32);
        if (bound == Bound.High)
        {
            Assert.Equal(range.High, greatest);
            Assert.Equal(proof.Clamps, clamped);
            counts.Clamped += clamped ? 1 : 0;
            counts.Unclamped += clamped ? 0 : 1;
            counts.NearHigh += proof.Range.High >= near ? 1 : 0;
        }
        else if (bound == Bound.Low)
        {
            Assert.Equal(range.Low, least);
            counts.NearLow += proof.Range.Low <= -near ? 1 : 0;
        }
        else if (bound == Bound.Both && greatest == range.High && least == range.Low && proof.Rule == MaximumRule.Joint)
        {
            counts.NearJoint += Math.Max(0, proof.Range.High) - proof.Range.Low >= near ? 1 : 0;
        }

        counts.ReluFirst += proof.Rule == MaximumRule.ReluFirst ? 1 : 0;
        counts.Digits += proof.Digits > 0 ? 1 : 0;
    }

    // Of the shared channels below, then of every adapter's.
    private static int[] Maxima(Network network, Layer layer) => layer.Index == 1
        ? [(1 << network.Input.Bits) - 1]
        : [.. network.Layers[layer.Index - 2].Adapters.Prepend(network.Layers[layer.Index - 2].Shared).SelectMany(block => Enumerable.Repeat(block.ActivationMax, block.Channels.Count))];

    private sealed record Counts
    {
        public int Layers { get; set; }

        public int Clamped { get; set; }

        public int Unclamped { get; set; }

        public int NearHigh { get; set; }

        public int NearLow { get; set; }

        public int NearJoint { get; set; }

        public int ReluFirst { get; set; }

        public int Digits { get; set; }
    }
}
