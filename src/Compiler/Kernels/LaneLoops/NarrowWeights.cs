using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>
/// Weights of lane loops in as few bits as their kernel reads: 2 or 4 each, several to a byte of the table. Those of a pair of inputs begin with a
/// byte of their own, so that the kernel knows at which bit each of them stands.
/// </summary>
internal static class NarrowWeights
{
    /// <summary>Weights of a pair of inputs.</summary>
    public const int OfPair = 18;

    private const int BitsOfByte = 8;
    private const int BitsOfLong = 64;

    private static readonly ValueArray<int> Widths = ValueArray.Of(2, 4);

    /// <summary>Bits that hold every weight of a layer; 0 where that takes a byte.</summary>
    public static int WidthOf(Layer layer)
    {
        sbyte[] weights = [.. layer.Adapters.Prepend(layer.Shared).SelectMany(block => block.Channels).SelectMany(channel => channel.Weights)];
        return Widths.FirstOrDefault(width => weights.All(weight => weight >= -(1 << (width - 1)) && weight < 1 << (width - 1)));
    }

    /// <summary>So many bits hold every weight of a layer, less than a byte that is; for 0, a byte, true.</summary>
    public static bool Holds(int width, Layer layer) => width == 0 || (WidthOf(layer) is > 0 and int least && least <= width);

    /// <summary>Name of a lane loop that reads weights of so many bits; 0 for a byte.</summary>
    public static string Kernel(string kernel, int width) => width == 0 ? kernel : string.Format(CultureInfo.InvariantCulture, "{0}Of{1}Bits", kernel, width);

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

    /// <summary>A lane loop's text for weights of so many bits, 0 for a byte: between the marks of a width are the loads of weights of a byte each.</summary>
    public static ValueArray<string> OfWidth(ValueArray<string> lines, int width)
    {
        string[] trimmed = [.. lines.Select(line => line.Trim())];
        int first = Array.IndexOf(trimmed, "// <width>"), end = Array.IndexOf(trimmed, "// </width>");
        string indent = lines[first].Substring(0, lines[first].Length - trimmed[first].Length);
        string[] loads = [.. lines.Skip(first + 1).Take(end - first - 1)];
        int channels = 1 + loads.Count(line => line.Trim() == "w += row;");
        return lines.Take(first).Concat(width == 0 ? loads : Loads(width, channels).Select(line => indent + line)).Concat(lines.Skip(end + 1)).ToValueArray();
    }

    /// <summary>
    /// How a lane loop loads the weights of a pair of inputs for some channels, each into locals named by a letter and the weight's number: a byte holds
    /// several, so each is shifted up, whatever is above it falling out, and down again with its sign.
    /// </summary>
    /// <param name="width">Bits of each weight.</param>
    /// <param name="channels">Output channels at a time.</param>
    public static IEnumerable<string> Loads(int width, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            if (channel > 0)
                yield return "w += row;";
            for (int weight = 0; weight < OfPair; weight++)
            {
                int from = weight * width, end = (from % BitsOfByte) + width;
                if (from % BitsOfByte == 0)
                    yield return FormattableString.Invariant($"{(channel + weight == 0 ? "long " : "")}held = weights[{(from == 0 ? "w" : FormattableString.Invariant($"w + {from / BitsOfByte}"))}];");
                string held = end == BitsOfByte ? "held" : FormattableString.Invariant($"(held << {BitsOfLong - end})");
                yield return FormattableString.Invariant($"{(char)('a' + channel)}{weight} = {held} >> {(end == BitsOfByte ? BitsOfByte : BitsOfLong) - width};");
            }
        }
    }
}
