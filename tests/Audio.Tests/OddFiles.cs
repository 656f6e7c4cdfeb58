using System.Collections.Generic;
using System.Linq;
using static AdapterCompiler.Audio.Tests.OddBytes;

namespace AdapterCompiler.Audio.Tests;

/// <summary>A file and its samples, interleaved.</summary>
internal sealed record OddFile(string Name, byte[] Bytes, int Rate, int Channels, float[] Samples);

/// <summary>Sound files that are valid, and not what most programs write.</summary>
internal static class OddFiles
{
    private static readonly byte[] List = Chunk("LIST", [.. "INFOISFT"u8, 4, 0, 0, 0, .. "test"u8]);
    private static readonly byte[] Odd = Chunk("note", [1, 2, 3]);

    /// <summary>Sixty and more, by name.</summary>
    public static readonly IReadOnlyDictionary<string, OddFile> All = Waves().Concat(Orders()).Concat(Lengths()).Concat(Aiffs()).ToDictionary(file => file.Name);

    // Depths, channels and rates.
    private static IEnumerable<OddFile> Waves()
    {
        foreach ((int rate, int channels, int bits) in new[]
        {
            (4_000, 1, 8), (4_000, 2, 16), (5_512, 1, 24), (6_000, 1, 32), (7_350, 3, 16), (8_000, 1, 8), (11_025, 2, 8), (12_000, 1, 16), (16_000, 1, 16), (16_000, 5, 24),
            (22_050, 2, 32), (24_000, 1, 24), (32_000, 4, 16), (37_800, 2, 16), (44_056, 2, 24), (44_100, 6, 16), (47_952, 1, 16), (48_000, 8, 24), (64_000, 2, 16), (88_200, 1, 24),
            (96_000, 2, 32), (176_400, 2, 24), (192_000, 1, 16), (192_000, 2, 32),
        })
        {
            (byte[] bytes, float[] values) = Integers(Tones(rate, channels, 600), bits, bits / 8, isUnsigned: bits == 8);
            yield return new($"wav-{rate}-{channels}-{bits}", Riff(Format(rate, channels, bits), Chunk("data", bytes)), rate, channels, values);
        }

        foreach ((int rate, int channels, int size) in new[] { (16_000, 1, 4), (44_100, 2, 4), (96_000, 3, 4), (8_000, 1, 8), (48_000, 2, 8) })
        {
            (byte[] bytes, float[] values) = Floats(Tones(rate, channels, 500), size);
            yield return new($"float-{rate}-{channels}-{size}", Riff(Format(rate, channels, size * 8, 3), Chunk("data", bytes)), rate, channels, values);
        }

        foreach (bool isMu in new[] { true, false })
        {
            (byte[] bytes, float[] values) = Laws(512, isMu);
            string name = isMu ? "mulaw" : "alaw";
            yield return new(name, Riff(Format(8_000, 1, 8, isMu ? 7 : 6), Chunk("data", bytes)), 8_000, 1, values);
            yield return new(name + "-18", Riff(Format(11_025, 2, 8, isMu ? 7 : 6, more: [0, 0]), Chunk("fact", [0, 1, 0, 0]), Chunk("data", bytes)), 11_025, 2, values);
            yield return new(name + "-ext", Riff(Format(16_000, 1, 8, 0xFFFE, more: Extension(8, isMu ? 7 : 6)), Chunk("data", bytes)), 16_000, 1, values);
        }

        // Valid bits in the upper end of their bytes.
        foreach ((int bits, int bytes) in new[] { (12, 2), (20, 3), (24, 4), (10, 2) })
        {
            (byte[] data, float[] values) = Integers(Tones(16_000, 2, 400), bits, bytes);
            yield return new($"ext-{bits}-in-{bytes}", Riff(Format(16_000, 2, bytes * 8, 0xFFFE, more: Extension(bits, 1)), Chunk("data", data)), 16_000, 2, values);
        }

        (byte[] twelve, float[] twelveValues) = Integers(Tones(16_000, 1, 400), 12, 2);
        yield return new("wav-12-bits", Riff(Format(16_000, 1, 12), Chunk("data", twelve)), 16_000, 1, twelveValues);
        (byte[] wide, float[] wideValues) = Floats(Tones(16_000, 2, 300), 4);
        yield return new("ext-float", Riff(Format(16_000, 2, 32, 0xFFFE, more: Extension(32, 3)), Chunk("data", wide)), 16_000, 2, wideValues);
        (byte[] big, float[] bigValues) = Integers(Tones(22_050, 2, 300), 16, 2, big: true);
        yield return new("rifx", Riff("RIFX", null, Format(22_050, 2, 16, big: true), Chunk("data", big, big: true)), 22_050, 2, bigValues);
    }

    // What else may be in a file, and where.
    private static IEnumerable<OddFile> Orders()
    {
        byte[] format = Format(16_000, 1, 16);
        (byte[] bytes, float[] values) = Integers(Tones(16_000, 1, 700), 16, 2);
        byte[] data = Chunk("data", bytes);
        OddFile Of(string name, params byte[][] chunks) => new(name, Riff(chunks), 16_000, 1, values);
        yield return Of("list-first", List, format, data);
        yield return Of("list-between", format, List, data);
        yield return Of("list-last", format, data, List);
        yield return Of("junk-28", Chunk("JUNK", new byte[28]), format, data);
        yield return Of("odd-first", Odd, format, data);
        yield return Of("odd-between", format, Odd, data);
        yield return Of("two-odd", Odd, Odd, format, Odd, data, Odd);
        yield return Of("pad-space", format, Chunk("axml", [1, 2, 3], pad: [0x20]), data);
        yield return Of("pad-high", format, Chunk("axml", [1, 2, 3], pad: [0xE9]), data);
        yield return Of("empty-chunk", format, Chunk("PAD ", []), data);
        yield return Of("fmt-18", Format(16_000, 1, 16, more: [0, 0]), data);
        yield return Of("fmt-40", Format(16_000, 1, 16, 0xFFFE, more: Extension(16, 1)), data);
        yield return Of("fmt-long", Format(16_000, 1, 16, more: new byte[30]), data);
        yield return Of("bext-602", Chunk("bext", new byte[602]), format, data);
        yield return Of("tail", format, data, [1, 2, 3, 4, 5, 6, 7]);
        yield return new("id3", [.. Tag(20), .. Riff(format, data)], 16_000, 1, values);
        yield return new("two-id3", [.. Tag(0), .. Tag(300), .. Riff(format, data)], 16_000, 1, values);
    }

    // Lengths that a writer could not fill in, and very short files.
    private static IEnumerable<OddFile> Lengths()
    {
        byte[] format = Format(16_000, 1, 16);
        (byte[] bytes, float[] values) = Integers(Tones(16_000, 1, 700), 16, 2);
        yield return new("riff-0", Riff("RIFF", 0, format, Chunk("data", bytes)), 16_000, 1, values);
        yield return new("riff-open", Riff("RIFF", uint.MaxValue, format, Chunk("data", bytes, uint.MaxValue)), 16_000, 1, values);
        yield return new("data-0", Riff("RIFF", 0, format, Chunk("data", bytes, 0)), 16_000, 1, values);
        yield return new("data-open", Riff(format, Chunk("data", bytes, uint.MaxValue)), 16_000, 1, values);
        byte[] sizes = Chunk("ds64", [.. Number(0, 8), .. Number(bytes.Length, 8), .. Number(values.Length, 8), 0, 0, 0, 0]);
        yield return new("rf64", Riff("RF64", uint.MaxValue, sizes, format, Chunk("data", bytes, uint.MaxValue), List), 16_000, 1, values);
        yield return new("one-sample", Riff(format, Chunk("data", bytes[40..42])), 16_000, 1, values[20..21]);
        yield return new("nearly-a-frame-more", Riff(Format(16_000, 2, 16), Chunk("data", bytes[..1202])), 16_000, 2, values[..600]);
        (byte[] small, float[] smallValues) = Integers(Tones(16_000, 1, 333), 8, 1, isUnsigned: true);
        yield return new("odd-bytes", Riff(Format(16_000, 1, 8), Chunk("data", small)), 16_000, 1, smallValues);
    }

    private static IEnumerable<OddFile> Aiffs()
    {
        foreach ((int rate, int channels, int bits) in new[] { (4_000, 1, 8), (16_000, 1, 16), (44_100, 2, 24), (192_000, 2, 32), (22_050, 1, 12) })
        {
            int bytes = (bits + 7) / 8;
            (byte[] data, float[] values) = Integers(Tones(rate, channels, 400), bits, bytes, big: true);
            yield return new($"aiff-{rate}-{channels}-{bits}", Form("AIFF", Common(rate, channels, bits, 400), Sound(data)), rate, channels, values);
        }

        (byte[] big, float[] bigValues) = Integers(Tones(16_000, 1, 400), 16, 2, big: true);
        yield return new("aiff-sound-first", Form("AIFF", Chunk("NAME", [65], big: true), Sound(big), Common(16_000, 1, 16, 400)), 16_000, 1, bigValues);
        yield return new("aifc-none", Form("AIFC", Chunk("FVER", [0xA2, 0x80, 0x51, 0x40], big: true), Common(16_000, 1, 16, 400, "NONE"), Sound(big)), 16_000, 1, bigValues);
        (byte[] little, float[] littleValues) = Integers(Tones(16_000, 1, 400), 16, 2);
        yield return new("aifc-sowt", Form("AIFC", Common(16_000, 1, 16, 400, "sowt"), Sound(little)), 16_000, 1, littleValues);
        (byte[] single, float[] singleValues) = Floats(Tones(48_000, 2, 400), 4, big: true);
        yield return new("aifc-fl32", Form("AIFC", Common(48_000, 2, 32, 400, "fl32"), Sound(single)), 48_000, 2, singleValues);
        (byte[] wide, float[] wideValues) = Floats(Tones(8_000, 1, 400), 8, big: true);
        yield return new("aifc-fl64", Form("AIFC", Common(8_000, 1, 64, 400, "fl64"), Sound(wide)), 8_000, 1, wideValues);
        foreach (bool isMu in new[] { true, false })
        {
            (byte[] law, float[] lawValues) = Laws(512, isMu);
            string codec = isMu ? "ulaw" : "alaw";
            yield return new("aifc-" + codec, Form("AIFC", Common(8_000, 1, 16, 512, codec), Sound(law)), 8_000, 1, lawValues);
        }
    }
}
