using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// Two weights of the same size on two inputs are one weight on the inputs' sum or on their difference: w1 x1 + w2 x2 = s (w1 + w2) / 2 +
/// d (w1 - w2) / 2 with s = x1 + x2, d = x1 - x2. Sums and differences are computed once in the input image, before any channel reads it;
/// a layer whose weights are all of one size, such as ternary ones without zeros, then has half the additions.
/// </summary>
internal static class LanePairs
{
    /// <summary>Every channel of the blocks can be written so: w1 + w2 is even in every pair.</summary>
    public static bool Suits(IEnumerable<LaneBlock> blocks) => blocks.All(block => block.Block.Channels.All(channel => Pairs(block.Block).All(pair =>
        Enumerable.Range(0, 9).All(tap => ((channel.Weights[(pair.First * 9) + tap] + channel.Weights[(pair.Second * 9) + tap]) & 1) == 0))));

    /// <summary>Weights that the pairs leave fewer of.</summary>
    public static bool Pays(IEnumerable<LaneBlock> blocks) => blocks.Sum(block => block.Block.Channels.Sum(channel => Gain(channel, block.Block))) > 0;

    /// <summary>Weights on sums and differences; of an input without a partner, its own.</summary>
    /// <param name="weights">Inputs in order, shared ones first, nine taps each.</param>
    /// <param name="block">Their block.</param>
    public static sbyte[] Apply(IReadOnlyList<sbyte> weights, Block block)
    {
        sbyte[] paired = [.. weights];
        foreach ((int first, int second) in Pairs(block))
        {
            for (int tap = 0; tap < 9; tap++)
            {
                int a = weights[(first * 9) + tap], b = weights[(second * 9) + tap];
                paired[(first * 9) + tap] = (sbyte)((a + b) / 2);
                paired[(second * 9) + tap] = (sbyte)((a - b) / 2);
            }
        }

        return paired;
    }

    /// <summary>The channel of an image holds differences.</summary>
    /// <param name="layer">A paired layer.</param>
    /// <param name="channel">Channel of its input.</param>
    public static bool IsDifference(LaneLayer layer, int channel)
    {
        int first = 0, count = layer.Layer.Shared.SharedInputs;
        if (channel >= count)
        {
            LaneBlock owner = layer.Blocks.First(block => block.Block.OwnInputs > 0 && channel >= block.OwnInput && channel < block.OwnInput + block.Block.OwnInputs);
            (first, count) = (owner.OwnInput, owner.Block.OwnInputs);
        }

        return (channel - first) % 2 == 1 && channel - first < count;
    }

    private static int Gain(Channel channel, Block block) =>
        channel.Weights.Count(weight => weight != 0) - Apply(channel.Weights, block).Count(weight => weight != 0);

    // Inputs of one encoder, two and two.
    private static IEnumerable<(int First, int Second)> Pairs(Block block)
    {
        for (int input = 0; input + 1 < block.SharedInputs; input += 2)
            yield return (input, input + 1);
        for (int input = block.SharedInputs; input + 1 < block.SharedInputs + block.OwnInputs; input += 2)
            yield return (input, input + 1);
    }
}
