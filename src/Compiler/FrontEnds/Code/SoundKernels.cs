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

    // <copied Levels>
    /// <summary>Looks up the codes of two frames and packs them, a quarter of the bands a lane of 16 bits.</summary>
    public static void Levels(long[] sums, byte[] levels, long[] image, int start, int quarter)
    {
        int entry;
        long sum;
        int first;
        int second;
        for (int column = 0; column < quarter; column++)
        {
            sum = sums[column + (2 * quarter)];
            entry = (int)sum >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            first = levels[entry];
            entry = (int)(sum >> 32) >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            second = levels[entry];
            sum = sums[column + (3 * quarter)];
            entry = (int)sum >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            first += levels[entry] << 16;
            entry = (int)(sum >> 32) >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            second += levels[entry] << 16;
            image[start + column] = (long)first << 32;
            image[start + quarter + column] = (long)second << 32;
            sum = sums[column];
            entry = (int)sum >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            first = levels[entry];
            entry = (int)(sum >> 32) >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            second = levels[entry];
            sum = sums[column + quarter];
            entry = (int)sum >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            first += levels[entry] << 16;
            entry = (int)(sum >> 32) >> 6;
            if (entry >= 4096)
                entry = entry < 65536 ? (entry >> 6) + 4096 : 5119;
            second += levels[entry] << 16;
            image[start + column] += first;
            image[start + quarter + column] += second;
        }
    }
    // </copied>
}
