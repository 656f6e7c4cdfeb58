namespace AdapterCompiler.Kernels.Lanes;

/// <summary>What a stream does with the rows that it keeps; the marked methods are compiled here and copied verbatim into generated code.</summary>
public static class StreamRowKernels
{
    // <copied MoveMaxima>
    /// <summary>So many codes, which lie further behind, move to the front of those that are kept.</summary>
    public static void MoveMaxima(byte[] codes, int start, int by, int count)
    {
        global::System.Array.Copy(codes, start + by, codes, start, count);
    }
    // </copied>

    // <copied GreatestRows>
    /// <summary>The greatest code of each channel in some rows.</summary>
    public static void GreatestRows(byte[] codes, int start, int end, int channels, int to)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            int best = 0;
            for (int next = start + channel; next < end; next += channels)
            {
                int less = best - codes[next];
                best -= less & (less >> 31);
            }

            codes[to + channel] = (byte)best;
        }
    }
    // </copied>
}
