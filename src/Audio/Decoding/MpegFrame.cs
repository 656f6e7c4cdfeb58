using System;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>The header of an MPEG audio frame, layers I to III.</summary>
internal static class MpegFrame
{
    public const int HeadBytes = 4;

    // Kilobits a second by index 1 to 14.
    private static readonly int[] Layer1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
    private static readonly int[] Layer2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] Layer3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Low1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
    private static readonly int[] Low23 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    /// <summary>Bytes of the frame that begins here; 0 where none does: sync, then no reserved version, layer, bit rate or sample rate.</summary>
    public static int Length(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeadBytes || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0)
            return 0;
        int version = (head[1] >> 3) & 3, layer = 4 - ((head[1] >> 1) & 3), bitRate = head[2] >> 4, rate = (head[2] >> 2) & 3, padding = (head[2] >> 1) & 1;
        if (version == 1 || layer == 4 || bitRate is 0 or 15 || rate == 3)
            return 0;
        bool isFull = version == 3;
        int[] kilobits = isFull ? layer switch { 1 => Layer1, 2 => Layer2, _ => Layer3 } : layer == 1 ? Low1 : Low23;
        int hertz = Rates[rate] >> (isFull ? 0 : version == 2 ? 1 : 2);
        int bits = kilobits[bitRate - 1] * 1000;
        return layer switch
        {
            1 => ((12 * bits / hertz) + padding) * 4,
            3 when !isFull => (72 * bits / hertz) + padding,
            _ => (144 * bits / hertz) + padding,
        };
    }
}
