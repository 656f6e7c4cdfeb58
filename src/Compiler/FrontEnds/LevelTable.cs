using System;
using System.Numerics;

namespace AdapterCompiler.FrontEnds;

/// <summary>
/// The logarithm as a table of bytes: of a band's sum v it reads entry v >> 6 of 4096, and of larger ones entry v >> 12 of 1024 more. Most
/// sums of speech and music are found with one comparison.
/// </summary>
public sealed class LevelTable
{
    /// <summary>Entries for sums below 2^18.</summary>
    public const int LowEntries = 4096;

    /// <summary>Entries for larger sums; the last one stands for all beyond.</summary>
    public const int HighEntries = 1024;

    /// <summary>Bits that a sum below 2^18 loses.</summary>
    public const int LowShift = 6;

    /// <summary>Bits that a larger one loses.</summary>
    public const int HighShift = 12;

    private readonly byte[] codes = new byte[LowEntries + HighEntries];

    /// <summary>The table that gives code = clamp(floor(codesPerOctave x (log2(entry + 1/2) + lost bits - 6)) - floor, 0, highest) >> unread.</summary>
    /// <param name="codesPerOctave">Codes of a doubling.</param>
    /// <param name="floor">Subtracted.</param>
    /// <param name="highest">Largest code, before bits are dropped.</param>
    /// <param name="unread">Lower bits of a code that nobody reads (<see cref="Artifact.InputBits"/>): dropped here, where it costs nothing.</param>
    public LevelTable(int codesPerOctave, int floor, int highest, int unread = 0)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            int entry = i < LowEntries ? i : i - LowEntries;
            int above = i < LowEntries ? 0 : (HighShift - LowShift) * codesPerOctave;
            codes[i] = (byte)(Math.Min(highest, Math.Max(0, Logarithm(entry, codesPerOctave) + above - floor)) >> unread);
        }

        Codes = codes.ToValueArray();
    }

    /// <summary>The codes: those of small sums, then those of large ones.</summary>
    public ValueArray<byte> Codes { get; }

    /// <summary>The code of a band's sum, which is not negative.</summary>
    internal byte Code(int sum)
    {
        int entry = sum >> LowShift;
        return codes[entry < LowEntries ? entry : LowEntries + Math.Min(sum >> HighShift, HighEntries - 1)];
    }

    // floor(n log2((2 entry + 1) / 2)) = floor(log2 (2 entry + 1)^n) - n, and the floor of a binary logarithm is a length.
    private static int Logarithm(int entry, int codesPerOctave)
    {
        var power = BigInteger.Pow((2 * entry) + 1, codesPerOctave);
        int length = 0;
        for (; power > 1; power >>= 1)
            length++;
        return length - codesPerOctave;
    }
}
