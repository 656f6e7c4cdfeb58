namespace AdapterCompiler.Kernels.Lanes;

/// <summary>What a stream does with the rows that it keeps; the marked methods are compiled here and copied verbatim into generated code.</summary>
public static class StreamRowKernels
{
    // <copied GreatestRows>
    /// <summary>Of each channel the greatest of some rows, lane by lane, to where the first of them is. Lanes are 0 or more and use all bits but their highest.</summary>
    public static void GreatestRows(long[] lanes, int start, int end, int channels, int laneCount, int bits)
    {
        int next;
        long value;
        long best;
        long ones = 1;
        for (int lane = 1; lane < laneCount; lane++)
            ones = (ones << bits) + 1;
        int guard = bits - 1;
        long below = (1L << guard) - 1;
        long guards = ones << guard;
        int past = start + channels;
        for (int channel = start; channel < past; channel++)
        {
            best = lanes[channel];
            for (next = channel + channels; next < end; next += channels)
            {
                // The top lane's guard may be the sign bit.
                value = unchecked(lanes[next] + guards - best);
                best += value & (((value >> guard) & ones) * below);
            }

            lanes[channel] = best;
        }
    }
    // </copied>
}
