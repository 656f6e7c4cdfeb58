using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Following;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>
/// Proven, not hoped: every lane kernel at inputs that attain the bounds of its channels, in models close to what a lane holds. The
/// generated code gives the codes of a plain convolution, and so does the same code with every lane followed in an Int64 of its own,
/// which throws where one leaves its bounds. ADAPTER_NETWORKS=1000 runs a hundred networks per kernel.
/// </summary>
public sealed class LaneBoundsTests
{
    /// <summary>Output channels tried in each block of a layer.</summary>
    private const int ChannelsOfBlock = 2;

    /// <summary>Networks for each kernel by default, and the first of them: with these, every rule of the proofs is met in 4 lanes.</summary>
    private const int DefaultSeeds = 3, FirstSeed = 1;

    /// <summary>Networks for each format whose bounds are tried without generated code.</summary>
    private const int ProofSeeds = 100;

    private const int BatchSize = 10;

    public static TheoryData<int, LaneAxis> Formats
    {
        get
        {
            var formats = new TheoryData<int, LaneAxis>();
            foreach (LaneFormat format in LaneFormat.All)
                formats.Add(format.Lanes, format.Axis);
            return formats;
        }
    }

    // A tenth of what the other kernel tests run: every layer of a network is run some twenty times here.
    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        ? Math.Max(DefaultSeeds, count / 10)
        : DefaultSeeds;

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lanes_stay_inside_their_bounds_where_inputs_attain_them(int lanes, LaneAxis axis)
    {
        LayerKernel[] kernels = [.. Of(new LaneFormat(lanes, axis))];
        Counts[] counts = [.. kernels.Select(_ => new Counts())];
        foreach (int[] seeds in Enumerable.Range(FirstSeed, Seeds).Chunk(BatchSize))
        {
            // All kernels of a format in one assembly; their classes need names apart.
            GeneratedCase[][] cases = [.. kernels.Select((kernel, k) => seeds.Select(seed => Create(kernel, seed, (seed * kernels.Length) + k)).ToArray())];
            var longs = new GeneratedBatch([.. cases.SelectMany(c => c)]);
            var followed = new FollowedBatch([.. cases.SelectMany(c => c)]);
            for (int k = 0; k < kernels.Length; k++)
            {
                long before = FollowedLanes.LeftBetween;
                foreach (GeneratedCase c in cases[k])
                {
                    foreach (PartLayer layer in c.Result.Program!.Layers.Where(layer => layer.Lanes is { } found && found.IsPaired == kernels[k].IsPaired))
                        Try(c, layer, [new LaneRun(c.Result.Program, layer, longs.Type(c)), new LaneRun(c.Result.Program, layer, followed.Type(c))], counts[k]);
                }

                counts[k].LeftBetween += FollowedLanes.LeftBetween - before;
            }
        }

        for (int k = 0; k < kernels.Length; k++)
            Judge(kernels[k], counts[k]);
    }

    private static GeneratedCase Create(LayerKernel kernel, int seed, int name) => GeneratedCase.CreateWhole(
        name, LaneLimits.Create(seed, kernel.Format!, kernel.Kind == KernelKind.PositionLanes && !kernel.IsPaired, kernel.IsPaired), network => ForcedPlans.Everywhere(network, kernel));

    private static void Judge(LayerKernel kernel, Counts counts)
    {
        foreach (int count in new[] { counts.Layers, 3 * counts.Clamped, counts.Unclamped, counts.NearHigh })
            Assert.True(count >= Seeds, counts.ToString());
        // A wide step has no room for the one layer of the first networks that has a sum near its lower bound.
        Assert.True(3 * counts.NearLow >= Seeds || (kernel.Shape == LaneShape.Wide && Seeds == DefaultSeeds), counts.ToString());
        if (kernel.Kind == KernelKind.LaneLoop || kernel.IsPaired)
        {
            // Weights are added as they are, so every partial sum lies inside too, although nothing would come of it if one did not.
            Assert.Equal(0, counts.LeftBetween);
        }
        else
        {
            Assert.True(kernel.Format!.Lanes == 2 || counts.Digits > 0, counts.ToString());
            Assert.True(kernel.Format!.Lanes < 4 || counts.ReluFirst > 0, counts.ToString());
        }
    }

    [Fact]
    public void Bounds_are_attained_close_to_every_limit_and_clamps_bind_as_proven()
    {
        foreach (LaneFormat format in LaneFormat.All)
        {
            var counts = new Counts();
            foreach (int seed in Enumerable.Range(0, ProofSeeds))
            {
                Network network = NetworkBuilder.Build(LaneLimits.Create(seed, format, usesDigits: true, isBinary: false));
                var proofs = new LaneProofs(network);
                foreach (Layer layer in network.Layers.Where(layer => proofs.Of(layer, format) is not null))
                    Prove(seed, network, LaneLayers.Of(proofs, layer, new LayerKernel(KernelKind.PositionLanes, format, LaneShape.Single), null), counts);
            }

            foreach (int count in new[] { counts.Layers, counts.Clamped, counts.Unclamped, counts.NearHigh, counts.NearLow, counts.NearJoint })
                Assert.True(count >= ProofSeeds / 4, counts.ToString());
            Assert.True(format.Lanes == 2 || counts.Digits >= ProofSeeds, counts.ToString());
            Assert.True(format.Lanes < 4 || counts.ReluFirst >= ProofSeeds / 4, counts.ToString());
        }
    }

    private static void Prove(int seed, Network network, LaneLayer lanes, Counts counts)
    {
        counts.Layers++;
        int[] maxima = Maxima(network, lanes.Layer);
        var images = new BoundImages(lanes, maxima, new Random(seed));
        foreach (LaneBlock block in lanes.Blocks)
        {
            for (int channel = 0; channel < block.Block.Channels.Count; channel++)
            {
                foreach (Bound bound in Bounds(lanes))
                {
                    int[][] image = images.Create(block, block.Block.Channels[channel], bound);
                    Attained(lanes, block, channel, bound, Plain(lanes, block, channel, image), maxima, counts);
                }
            }
        }
    }

    private static Bound[] Bounds(LaneLayer lanes) => lanes.IsGlobal ? Enum.GetValues<Bound>() : [Bound.High, Bound.Low, Bound.Noise];

    private static PlainConvolution Plain(LaneLayer lanes, LaneBlock block, int channel, int[][] image) => new(
        lanes.Layer, block.Block.Channels[channel], block.Block.ActivationMax, [.. BoundImages.Read(block).Select(input => image[input])]);

    private static IEnumerable<LayerKernel> Of(LaneFormat format)
    {
        foreach (LaneShape shape in new[] { LaneShape.Unrolled, LaneShape.Single })
        {
            yield return new LayerKernel(KernelKind.PositionLanes, format, shape);
            if (format.Used == -1)
                yield return new LayerKernel(KernelKind.PositionLanes, format, shape, IsPaired: true);
        }

        // Two places at a time are for lines that have no more, and the planner takes them with four lanes.
        if (format.Lanes == 4)
            yield return new LayerKernel(KernelKind.PositionLanes, format, LaneShape.Wide);

        yield return LayerKernel.LaneLoop(format);
    }

    private static void Try(GeneratedCase c, PartLayer layer, LaneRun[] runs, Counts counts)
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
                foreach (Bound bound in Bounds(lanes))
                {
                    int[][] image = images.Create(block, block.Block.Channels[channel], bound);
                    PlainConvolution[][] expected = [.. lanes.Blocks.Select(each => Enumerable.Range(0, each.Block.Channels.Count).Select(other => Plain(lanes, each, other, image)).ToArray())];
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
        else if (bound == Bound.Both && lanes.Input.Lines >= BoundImages.BothLines)
        {
            Assert.Equal(range, new AccumulatorRange(least, greatest));
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

        public long LeftBetween { get; set; }
    }
}
