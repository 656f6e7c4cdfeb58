namespace AdapterCompiler.SelfTest;

/// <summary>
/// What self-tests and clips do on the device. The compiler runs these methods to know what to expect, and the emitters copy the marked
/// lines verbatim: one definition for both sides. Device subset: int and long only, no unsigned types.
/// </summary>
public static class SelfTestKernels
{
    /// <summary>Codes in one packed constant of a clip.</summary>
    public const int CodesPerConstant = 16;

    // <copied FillWindow>
    /// <summary>Makes a test window out of its number: 0 = silence, 1 = all codes at their greatest, 2 = a checkerboard, 3 = extremes by chance, then noise of four loudnesses.</summary>
    public static void FillWindow(byte[] codes, int bands, int max, int window)
    {
        // Two small linear congruential generators; every product stays far inside Int32, so nothing depends on how overflow behaves.
        int a = window + 1, b = window + 101;
        int greatest = max >> (window % 4);
        for (int i = 0; i < codes.Length; i++)
        {
            a = a * 171 % 30269;
            b = b * 172 % 30307;
            int code;
            if (window == 0)
                code = 0;
            else if (window == 1)
                code = max;
            else if (window == 2)
                code = ((i / bands) + i) % 2 * max;
            else if (window == 3)
                code = (a + b) % 2 * max;
            else
                code = (a + b) % (greatest + 1);
            codes[i] = (byte)code;
        }
    }
    // </copied>

    // <copied Hash>
    /// <summary>FNV-1a over the logits, a logit at a time. Each step is one-to-one, so one wrong logit never goes unnoticed.</summary>
    public static int Hash(int[] logits)
    {
        int hash = -2128831035;
        for (int i = 0; i < logits.Length; i++)
            hash = unchecked((hash ^ logits[i]) * 16777619);
        return hash;
    }
    // </copied>

    // <copied UnpackClip>
    /// <summary>Writes 16 codes of 4 bits, the first in the topmost bits, and returns where the next one goes.</summary>
    public static int Unpack(byte[] codes, int next, int scale, long packed)
    {
        for (int shift = 60; shift >= 0 && next < codes.Length; shift -= 4)
            codes[next++] = (byte)((int)((packed >> shift) & 15) << scale);
        return next;
    }
    // </copied>
}
