using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Kernels.Lists;

/// <summary>A channel's weights as the lists that kernels read: which inputs have one that is not 0, and which.</summary>
internal static class ListRow
{
    /// <summary>What numbers of inputs are less in the table.</summary>
    private const int Middle = 128;

    /// <summary>Inputs of an encoder at most: a byte holds their numbers, how many entries a list has, and how many pairs of them.</summary>
    public const int MostInputs = 254;

    private const int Side = 3;

    /// <summary>Lists of a tap, or of a fully connected output: shared inputs, and own ones.</summary>
    public static int Lists(Block block) => block.OwnInputs > 0 ? 2 : 1;

    /// <summary>Weights of some channels that are not 0.</summary>
    public static long Entries(IEnumerable<Channel> channels) => channels.Sum(channel => channel.Weights.Count(weight => weight != 0));

    /// <summary>Pairs of entries of such an output.</summary>
    public static long Pairs(ValueArray<sbyte> weights, int shared) => Lists(weights, shared, 1, 0).Sum(list => (list.Length + 1) / 2);

    /// <summary>The inputs of every encoder can be numbered.</summary>
    public static bool Holds(Layer layer) => layer.Blocks.All(each => each.Block.SharedInputs <= MostInputs && each.Block.OwnInputs <= MostInputs);

    /// <summary>A channel of a convolution: tap by tap, column by column.</summary>
    public static ValueArray<sbyte> Convolution(Channel channel, int shared) => Taps.SelectMany(tap => Lists(channel.Weights, shared, Side * Side, tap)).SelectMany(list =>
        Entries(list).Prepend(Number(list.Length))).ToValueArray();

    /// <summary>An output of a fully connected layer or of a head: always two lists, of pairs.</summary>
    public static ValueArray<sbyte> FullyConnected(ValueArray<sbyte> weights, int shared)
    {
        IEnumerable<sbyte> row = Lists(weights, shared, 1, 0).SelectMany(list =>
            Entries(list).Concat(list.Length % 2 == 0 ? [] : [Number(0), (sbyte)0]).Prepend((sbyte)((list.Length + 1) / 2)));
        return (weights.Count > shared ? row : row.Append((sbyte)0)).ToValueArray();
    }

    /// <summary>Weights of the right column, the others as 0.</summary>
    public static ValueArray<sbyte> Right(Channel channel) => channel.Weights.Select((weight, w) => w % Side == Side - 1 ? weight : (sbyte)0).ToValueArray();

    // Down the left column, the middle one, the right one.
    private static IEnumerable<int> Taps => Enumerable.Range(0, Side * Side).Select(i => (i % Side * Side) + (i / Side));

    private static IEnumerable<(int Input, sbyte Weight)[]> Lists(ValueArray<sbyte> weights, int shared, int taps, int tap)
    {
        int inputs = weights.Count / taps;
        yield return List(0, shared);
        if (inputs > shared)
            yield return List(shared, inputs);

        (int, sbyte)[] List(int first, int end) => [.. Enumerable.Range(first, end - first).Select(input => (input - first, weights[(input * taps) + tap])).Where(entry => entry.Item2 != 0)];
    }

    private static IEnumerable<sbyte> Entries((int Input, sbyte Weight)[] list) => list.SelectMany(entry => new[] { Number(entry.Input), entry.Weight });

    private static sbyte Number(int value) => (sbyte)(value - Middle);
}
