using System;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Testing;

/// <summary>
/// Random models most of whose convolutions come as close to what a lane holds as their proof allows: biases move the greatest sum to the
/// guard or the least to minus the guard, weights grow until the two are one guard apart or two, shifts put the clamp on either side of the sum.
/// </summary>
public static class LaneLimits
{
    /// <summary>The model of this seed.</summary>
    /// <param name="seed">Of all randomness.</param>
    /// <param name="format">Whose limits.</param>
    /// <param name="usesDigits">Some sums need digits.</param>
    /// <param name="isBinary">All weights 1 or -1.</param>
    public static ModelArtifact Create(int seed, LaneFormat format, bool usesDigits, bool isBinary)
    {
        var random = new Random(seed);
        int convolutions = random.Next(8) == 0 ? 3 : 2, unit = 1 << (convolutions - 1);
        // Strips of one place to six, images of four to twelve places a side where nothing is pooled any more.
        int cut = unit * format.Lanes * random.Next(format.Lanes == 2 ? 2 : 1, 4), other = unit * random.Next(4, 9);
        (int frames, int bands) = format.Axis == LaneAxis.Frequency ? (other, cut) : (cut, other);
        int[] shared = [.. Enumerable.Range(0, convolutions + 1).Select(_ => random.Next(1, random.Next(4) == 0 ? 14 : 7))];
        int[] adapters = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(1, 4))];
        // Ten bits hold no sum of wide codes.
        int widest = format.Lanes == LaneFormat.MostLanes ? 5 : 9;
        ModelArtifact artifact = isBinary
            ? LaneModels.Create(seed, frames, bands, shared, adapters, 2, random.Next(1, 8), 0)
            : LaneModels.Create(seed, frames, bands, shared, adapters, random.Next(2, widest), random.Next(1, widest), random.NextDouble());
        Network network = NetworkBuilder.Build(artifact);
        return artifact with
        {
            Shared = artifact.Shared.Select((layer, i) => Push(layer, network, network.Layers[i], -1)).ToValueArray(),
            Tasks = artifact.Tasks.Select((task, k) => task with { Layers = task.Layers.Select((layer, i) => Push(layer, network, network.Layers[i], k)).ToValueArray() }).ToValueArray(),
        };

        LayerArtifact Push(LayerArtifact artifact, Network network, Layer layer, int task)
        {
            if (layer.Kind == LayerKind.Dense)
                return artifact;
            Block block = task < 0 ? layer.Shared : layer.Adapters[task];
            Layer? below = layer.Index == 1 ? null : network.Layers[layer.Index - 2];
            var push = new ChannelPush(
                random, format, usesDigits, block, below?.Shared.ActivationMax ?? (1 << network.Input.Bits) - 1, task < 0 || below is null ? 0 : below.Adapters[task].ActivationMax);
            ChannelArtifact[] channels = [.. artifact.Channels];
            foreach (Channel channel in block.Channels)
                channels[channel.Number - 1] = push.Apply(channel, channels[channel.Number - 1]);
            return artifact with { Channels = channels.ToValueArray() };
        }
    }

    private sealed class ChannelPush(Random random, LaneFormat format, bool usesDigits, Block block, int sharedMax, int ownMax)
    {
        private readonly int sharedWeights = block.SharedInputs * 9;

        public ChannelArtifact Apply(Channel channel, ChannelArtifact artifact)
        {
            int digits = usesDigits && format.Lanes > 2 && random.Next(3) == 0 ? random.Next(1, 5) : 0;
            long limit = format.GuardValue << digits;
            int target = random.Next(5);
            // Where closed gates took no input away, weights are the file's own.
            sbyte[] weights = target == 4 && channel.Weights.SequenceEqual(artifact.Weights) ? Grow([.. channel.Weights], random.Next(2) == 0 ? limit : (2 * limit) - 1) : [.. channel.Weights];
            AccumulatorRange sums = RangeProof.Of(0, weights.ToValueArray(), sharedWeights, sharedMax, ownMax);
            long room = random.Next(3) == 0 ? 0 : random.NextInt64(Math.Min(limit / 40, 1000));
            long lowest = -limit - sums.Low, highest = limit - 1 - sums.High;
            long bias = target switch
            {
                0 => channel.Bias,
                1 or 2 => highest - room,
                3 => lowest + room,
                _ => random.NextInt64(lowest, Math.Max(lowest, highest) + 1),
            };
            for (int attempt = 0; attempt < 8; attempt++)
            {
                int shift = Math.Clamp(Bits(Math.Max(0, sums.High + bias)) - Bits(block.ActivationMax) + random.Next(-3, 3), digits, ArtifactLimits.Shift);
                var pushed = new Channel(channel.Number, bias, shift, weights.ToValueArray());
                ChannelProof proof = ChannelProof.Of(format, pushed, sharedWeights, sharedMax, ownMax, block.ActivationMax);
                if (bias == (int)bias && proof.Rule != MaximumRule.None && (usesDigits || proof.Digits == 0))
                {
                    return artifact with
                    {
                        Bias = (int)bias,
                        Shift = shift,
                        Weights = channel.Weights.SequenceEqual(artifact.Weights) ? pushed.Weights : artifact.Weights,
                    };
                }
            }

            return artifact;
        }

        // Non-zero weights a step at a time, as long as the greatest sum and the least stay so far apart.
        private sbyte[] Grow(sbyte[] weights, long limit)
        {
            int[] order = [.. Enumerable.Range(0, weights.Length).Where(w => weights[w] != 0)];
            random.Shuffle(order);
            long spread = weights.Select((weight, w) => Math.Abs((long)weight) * Max(w)).Sum();
            int most = (1 << (block.WeightBits - 1)) - 1;
            for (bool grows = true; grows;)
            {
                grows = false;
                foreach (int w in order.Where(w => Math.Abs((int)weights[w]) < most))
                {
                    if (spread + Max(w) > limit)
                        continue;
                    weights[w] += (sbyte)Math.Sign((int)weights[w]);
                    spread += Max(w);
                    grows = true;
                }
            }

            return weights;
        }

        private int Max(int weight) => weight < sharedWeights ? sharedMax : ownMax;

        private static int Bits(long value) => 64 - (int)long.LeadingZeroCount(value);
    }
}
