namespace AdapterCompiler.FrontEnds.Code;

/// <summary>
/// The loops of the generated front end, in the device's C#; the marked methods are compiled here and copied into generated code. An array
/// of longs, <c>block</c>, holds what belongs to a group's block shift s: 0 what is added to every point before it is looked at, 1 the bits
/// that then mean that it does not fit, 2 s, 3 the bits of a shifted point, 4 and 5 shift and bits of a magnitude. Two frames lie in the
/// halves of every long.
/// </summary>
public static class SoundKernels
{
    // <copied FirstShift>
    /// <summary>Begins the search for the block shift: one less than what the points looked at need.</summary>
    public static void FirstShift(long seen, long[] block)
    {
        int shift = -1;
        for (int bits = (int)(seen | (seen >> 32)) >> 11; bits != 0 && shift < 14; bits >>= 1)
            shift++;
        block[2] = shift;
    }
    // </copied>

    // <copied NextShift>
    /// <summary>One more.</summary>
    public static void NextShift(long[] block)
    {
        int shift = (int)block[2] + 1;
        block[0] = ((1L << (12 + shift)) - (1L << 27)) * 0x100000001L;
        block[1] = ~(((1L << (13 + shift)) - 1) * 0x100000001L);
        block[2] = shift;
        block[3] = ((1L << (28 - shift)) - 1) * 0x100000001L;
        block[4] = 23 - shift;
        block[5] = ((1L << (9 + shift)) - 1) * 0x100000001L;
    }
    // </copied>
}
