namespace AdapterCompiler.Lowering.Kernels;

/// <summary>
/// What surrounds the lane kernels: packing, halos, the maximum over lanes. Loops, since they touch each value once. The marked methods
/// are compiled here and copied verbatim into generated code (see <see cref="LoopKernels"/>).
/// </summary>
public static class LaneKernels
{
    // <copied Pack>
    /// <summary>Packs an image of codes: strip s of every line into lane s. A step along a line is stride codes, one from line to line pitch codes.</summary>
    public static void Pack(byte[] codes, long[] lanes, int start, int lines, int pitch, int places, int stride, int laneCount, int bits, int lineLength)
    {
        for (int line = 0; line < lines; line++)
        {
            int next = start + (line * lineLength);
            for (int place = 0; place < places; place++)
            {
                int code = (line * pitch) + (((laneCount * places) - places + place) * stride);
                long packed = 0;
                for (int lane = 0; lane < laneCount; lane++)
                {
                    packed = (packed << bits) + codes[code];
                    code -= places * stride;
                }

                lanes[next++] = packed;
            }
        }
    }
    // </copied>

    // <copied Halo>
    /// <summary>Fills the place after each line: the neighbour strip's first place, moved down one lane; outside the image 0.</summary>
    public static void Halo(long[] lanes, int start, int lines, int places, int channels, int bits)
    {
        int halo = places * channels;
        for (int line = 0; line < lines; line++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                lanes[start + halo] = lanes[start] >> bits;
                start++;
            }

            start += halo;
        }
    }
    // </copied>

    // <copied Clear>
    /// <summary>Sets longs to 0.</summary>
    public static void Clear(long[] lanes, int start, int count)
    {
        for (int i = start; i < start + count; i++)
            lanes[i] = 0;
    }
    // </copied>

    // <copied Widest>
    /// <summary>The maximum over the lanes of each sum, as a code.</summary>
    public static void Widest(long[] lanes, int start, int laneCount, int bits, byte[] shifts, int channel, int channels, int max, byte[] output, int next)
    {
        long below = (1L << (bits - 1)) - 1;
        for (int i = 0; i < channels; i++)
        {
            long packed = lanes[start + i];
            int best = 0;
            for (int lane = 0; lane < laneCount; lane++)
            {
                int value = (int)(packed & below);
                if (value > best)
                    best = value;
                packed = packed >> bits;
            }

            output[next + i] = (byte)Arithmetic.FixedPointPrimitives.Requantise(best, shifts[channel + i], max);
        }
    }
    // </copied>
}
