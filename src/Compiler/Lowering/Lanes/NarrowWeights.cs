using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>
/// Weights of lane loops in as few bits as their kernel reads: 2 or 4 each, several to a byte of the table. Those of a pair of inputs begin with a
/// byte of their own, so that the kernel knows at which bit each of them stands.
/// </summary>
internal static class NarrowWeights
{
    /// <summary>Weights of a pair of inputs.</summary>
    public const int OfPair = 18;

    private const int BitsOfByte = 8;

    private static readonly int[] Widths = [2, 4];

    /// <summary>Bits that hold every weight of a layer; 0 where that takes a byte.</summary>
    public static int WidthOf(Layer layer)
    {
        sbyte[] weights = [.. layer.Adapters.Prepend(layer.Shared).SelectMany(block => block.Channels).SelectMany(channel => channel.Weights)];
        return Widths.FirstOrDefault(width => weights.All(weight => weight >= -(1 << (width - 1)) && weight < 1 << (width - 1)));
    }

    /// <summary>Name of a lane loop that reads weights of so many bits; 0 for a byte.</summary>
    public static string Kernel(string kernel, int width) => width == 0 ? kernel : string.Format(CultureInfo.InvariantCulture, "{0}Of{1}Bits", kernel, width);

    /// <summary>The lane loop of a name, and the bits of the weights that it reads; 0 for a byte.</summary>
    public static (string Kernel, int Width) Of(string name) =>
        Array.Find(Widths, width => name.EndsWith(Kernel("", width), StringComparison.Ordinal)) is var width and > 0 ? (name.Substring(0, name.Length - Kernel("", width).Length), width) : (name, 0);

    /// <summary>Bytes of a pair of inputs.</summary>
    /// <param name="width">Bits of each weight; 0 for a byte.</param>
    public static int BytesOfPair(int width) => width == 0 ? OfPair : ((OfPair * width) + BitsOfByte - 1) / BitsOfByte;

    /// <summary>Bytes of a row.</summary>
    /// <param name="weights">How many: those of whole pairs.</param>
    /// <param name="width">Bits of each; 0 for a byte.</param>
    public static int Bytes(int weights, int width) => weights / OfPair * BytesOfPair(width);

    /// <summary>A row of the table.</summary>
    /// <param name="weights">Each fits so many bits.</param>
    /// <param name="width">Bits of each; 0 for a byte.</param>
    public static sbyte[] Pack(sbyte[] weights, int width)
    {
        if (width == 0)
            return weights;
        int[] packed = new int[Bytes(weights.Length, width)];
        for (int w = 0; w < weights.Length; w++)
        {
            int bit = w % OfPair * width;
            packed[(w / OfPair * BytesOfPair(width)) + (bit / BitsOfByte)] |= (weights[w] & ((1 << width) - 1)) << (bit % BitsOfByte);
        }

        return [.. packed.Select(value => unchecked((sbyte)value))];
    }
}
