using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>A packed image of a random shape inside an arena, and the codes that it stands for; both begin and end with something else.</summary>
/// <param name="Format">Lanes and axis.</param>
/// <param name="Seed">Of the contents.</param>
/// <param name="Lines">Lines.</param>
/// <param name="Along">Places of a strip.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Step">Longs from place to place: the channels and perhaps others beside them.</param>
/// <param name="Stride">Longs from line to line: room for one more place, and perhaps a gap.</param>
/// <param name="Start">First long.</param>
/// <param name="From">First code.</param>
internal sealed record PackedShape(LaneFormat Format, int Seed, int Lines, int Along, int Channels, int Step, int Stride, int Start, int From)
{
    public int LineStep => Format.Axis == LaneAxis.Frequency ? Along * Format.Lanes : 1;

    public int PlaceStep => Format.Axis == LaneAxis.Frequency ? 1 : Lines;

    public int CodeCount => Channels * Lines * Along * Format.Lanes;

    public static PackedShape Random(LaneFormat format, int seed, int places = 0)
    {
        var random = new Random(seed);
        int channels = random.Next(1, 6), step = channels + random.Next(3), along = random.Next(1, 7);
        if (places > 0)
            along = places;
        return new PackedShape(format, seed, random.Next(1, 6), along, channels, step, ((along + 1) * step) + random.Next(3), random.Next(5), random.Next(5));
    }

    /// <summary>Index of a place, that behind the last one included.</summary>
    public int At(int line, int place) => Start + (line * Stride) + (place * Step);

    /// <summary>Index of a code in the image [channel][row][column].</summary>
    public int CodeOf(int channel, int line, int place, int lane)
    {
        int along = (lane * Along) + place, rows = Format.Axis == LaneAxis.Frequency ? Lines : Along * Format.Lanes, columns = Along * Format.Lanes * Lines / rows;
        (int row, int column) = Format.Axis == LaneAxis.Frequency ? (line, along) : (along, line);
        return From + (((channel * rows) + row) * columns) + column;
    }

    /// <summary>Every long that stands for codes.</summary>
    public IEnumerable<(int Channel, int Line, int Place)> Places() =>
        from channel in Enumerable.Range(0, Channels)
        from line in Enumerable.Range(0, Lines)
        from place in Enumerable.Range(0, Along)
        select (channel, line, place);

    /// <summary>Random codes, many of them 0 or 255.</summary>
    public byte[] Codes()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, From + CodeCount + 3).Select(_ => random.Next(3) switch { 0 => (byte)0, 1 => (byte)255, _ => (byte)random.Next(256) })];
    }

    /// <summary>Longs that hold what was there before.</summary>
    public long[] Arena()
    {
        var random = new Random(Seed + 1);
        return [.. Enumerable.Range(0, Start + (Lines * Stride) + 3).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
    }
}
