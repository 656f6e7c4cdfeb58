namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// The loops around lane convolutions: codes into lanes and back, borders, the maximum over a strip's lanes. The marked methods are
/// compiled here and copied verbatim into generated code (see <see cref="Kernels.Loops.LoopKernels"/>). No branch depends on the data, so that their
/// cost is exact. Codes are images [channel][row][column], a byte a code; packed images are lines x places x channels, strip s of a
/// line in lane s (see <see cref="Programs.LaneImage"/>).
/// </summary>
public static class LaneKernels
{
    // <copied Pack>
    /// <summary>Packs codes, lineStep from line to line and placeStep along a line, into channels of lanes: strip s of a line into lane s.</summary>
    public static void Pack(
        byte[] codes, int from, int channels, long[] lanes, int start, int stride, int step, int lines, int places,
        int lineStep, int placeStep, int laneCount, int bits)
    {
        // Two codes fit an int, and an int costs one conversion where two codes cost two: so halves first.
        int up = 1 << bits;
        long top = 1L << (bits * ((laneCount + 1) / 2));
        int strip = places * placeStep;
        int second = strip * 2;
        int third = strip * 3;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int line = 0; line < lines; line++)
            {
                int code = from + (line * lineStep);
                int next = start + channel + (line * stride);
                for (int end = next + (places * step); next < end; next += step)
                {
                    if (laneCount == 4)
                        lanes[next] = (top * ((codes[code + third] * up) + codes[code + second])) + ((codes[code + strip] * up) + codes[code]);
                    else if (laneCount == 3)
                        lanes[next] = (top * codes[code + second]) + ((codes[code + strip] * up) + codes[code]);
                    else
                        lanes[next] = (top * codes[code + strip]) + codes[code];
                    code += placeStep;
                }
            }

            from += lines * places * laneCount;
        }
    }
    // </copied>

    // <copied PackFour>
    /// <summary>The same into four lanes along a line, whose places come in fours: no branch, and one step for four longs.</summary>
    public static void PackFour(byte[] codes, int from, int channels, long[] lanes, int start, int stride, int step, int lines, int places)
    {
        // The locals that the inner loop uses most come first.
        int first = from;
        int second;
        int third;
        int fourth;
        int up = 1 << 16;
        long top = 1L << 32;
        int twice = step * 2;
        int thrice = step * 3;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int line = 0; line < lines; line++)
            {
                int next = start + channel + (line * stride);
                second = first + places;
                third = second + places;
                fourth = third + places;
                for (int end = second; first < end; first += 4)
                {
                    lanes[next] = (top * ((codes[fourth] * up) + codes[third])) + ((codes[second] * up) + codes[first]);
                    lanes[next + step] = (top * ((codes[fourth + 1] * up) + codes[third + 1])) + ((codes[second + 1] * up) + codes[first + 1]);
                    lanes[next + twice] = (top * ((codes[fourth + 2] * up) + codes[third + 2])) + ((codes[second + 2] * up) + codes[first + 2]);
                    lanes[next + thrice] = (top * ((codes[fourth + 3] * up) + codes[third + 3])) + ((codes[second + 3] * up) + codes[first + 3]);
                    next += step + thrice;
                    second += 4;
                    third += 4;
                    fourth += 4;
                }

                first = fourth;
            }
        }
    }
    // </copied>

    // <copied PackSix>
    /// <summary>Packs codes, lineStep from line to line and placeStep along a line, into channels of six lanes of ten bits: strip s of a line into lane s. Three codes fit an int.</summary>
    public static void PackSix(
        byte[] codes, int from, int channels, long[] lanes, int start, int stride, int step, int lines, int places, int lineStep, int placeStep)
    {
        // The locals that the inner loop uses most come first.
        int first;
        int second;
        int third;
        int up = 1 << 10;
        int twice = 1 << 20;
        int half = places * placeStep * 3;
        long top = 1L << 30;
        int strip = places * placeStep;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int line = 0; line < lines; line++)
            {
                first = from + (line * lineStep);
                second = first + strip;
                third = second + strip;
                int next = start + channel + (line * stride);
                for (int end = next + (places * step); next < end; next += step)
                {
                    lanes[next] = (top * ((codes[third + half] * twice) + (codes[second + half] * up) + codes[first + half])) + ((codes[third] * twice) + (codes[second] * up) + codes[first]);
                    first += placeStep;
                    second += placeStep;
                    third += placeStep;
                }
            }

            from += lines * places * 6;
        }
    }
    // </copied>

    // <copied Unpack>
    /// <summary>Writes channels of lanes, 0 to 255 each, as codes: lane s of a line as its strip s.</summary>
    public static void Unpack(
        long[] lanes, int start, int stride, int step, int channels, byte[] codes, int to, int lines, int places,
        int lineStep, int placeStep, int laneCount, int bits)
    {
        int strip = places * placeStep;
        int second = strip * 2;
        int third = strip * 3;
        int twice = bits * 2;
        int thrice = bits * 3;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int line = 0; line < lines; line++)
            {
                int code = to + (line * lineStep);
                int next = start + channel + (line * stride);
                for (int end = next + (places * step); next < end; next += step)
                {
                    long packed = lanes[next];
                    codes[code] = unchecked((byte)packed);
                    codes[code + strip] = unchecked((byte)(packed >> bits));
                    if (laneCount > 2)
                        codes[code + second] = unchecked((byte)(packed >> twice));
                    if (laneCount > 3)
                        codes[code + third] = unchecked((byte)(packed >> thrice));
                    code += placeStep;
                }
            }

            to += lines * places * laneCount;
        }
    }
    // </copied>

    // <copied UnpackSix>
    /// <summary>Writes channels of six lanes of ten bits, 0 to 255 each, as codes: lane s of a line as its strip s.</summary>
    public static void UnpackSix(
        long[] lanes, int start, int stride, int step, int channels, byte[] codes, int to, int lines, int places, int lineStep, int placeStep)
    {
        // The locals that the inner loop uses most come first.
        int first;
        int second;
        int third;
        int half = places * placeStep * 3;
        int strip = places * placeStep;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int line = 0; line < lines; line++)
            {
                first = to + (line * lineStep);
                second = first + strip;
                third = second + strip;
                int next = start + channel + (line * stride);
                for (int end = next + (places * step); next < end; next += step)
                {
                    long packed = lanes[next];
                    codes[first] = unchecked((byte)packed);
                    codes[second] = unchecked((byte)(packed >> 10));
                    codes[third] = unchecked((byte)(packed >> 20));
                    codes[first + half] = unchecked((byte)(packed >> 30));
                    codes[second + half] = unchecked((byte)(packed >> 40));
                    codes[third + half] = unchecked((byte)(packed >> 50));
                    first += placeStep;
                    second += placeStep;
                    third += placeStep;
                }
            }

            to += lines * places * 6;
        }
    }
    // </copied>

    // <copied Clear>
    /// <summary>Sets channels of every place to 0.</summary>
    public static void Clear(long[] lanes, int start, int stride, int step, int channels, int lines, int places)
    {
        long zero = 0;
        for (int line = 0; line < lines; line++)
        {
            int place = start;
            for (int last = start + (places * step); place < last; place += step)
            {
                int next = place;
                for (int end = place + channels; next < end; next++)
                    lanes[next] = zero;
            }

            start += stride;
        }
    }
    // </copied>

    // <copied Halo>
    /// <summary>Fills the place behind each line: its first place, moved down one lane, since strip s ends where strip s + 1 begins.</summary>
    public static void Halo(long[] lanes, int start, int stride, int step, int channels, int lines, int places, int bits)
    {
        int behind = places * step;
        for (int line = 0; line < lines; line++)
        {
            int next = start;
            for (int end = start + channels; next < end; next++)
                lanes[next + behind] = lanes[next] >> bits;
            start += stride;
        }
    }
    // </copied>

    // <copied Pair>
    /// <summary>Channels 2k and 2k + 1 become their sum and their difference, which may be negative.</summary>
    public static void Pair(long[] lanes, int start, int stride, int step, int channels, int lines, int places)
    {
        int between = step - channels;
        for (int line = 0; line < lines; line++)
        {
            int next = start;
            for (int place = 0; place < places; place++)
            {
                for (int end = next + channels; next < end; next += 2)
                {
                    long first = lanes[next];
                    long second = lanes[next + 1];
                    lanes[next] = first + second;
                    lanes[next + 1] = first - second;
                }

                next += between;
            }

            start += stride;
        }
    }
    // </copied>

    // <copied PoolLanes>
    /// <summary>The greatest lane of each channel, shifted and at most max, as a code; lanes are 0 or more and use all bits but their highest.</summary>
    public static void PoolLanes(
        long[] lanes, int start, int channels, byte[] codes, int to, byte[] shifts, int shift, int max, int laneCount, int bits)
    {
        long below = (1L << bits) - 1;
        for (int channel = 0; channel < channels; channel++)
        {
            long packed = lanes[start + channel];
            long best = packed & below;
            for (int lane = 1; lane < laneCount; lane++)
            {
                // best - (d & (d >> 63)) with d = best - value is the greater of the two.
                packed >>= bits;
                long less = best - (packed & below);
                best -= less & (less >> 63);
            }

            int code = (int)(best >> shifts[shift + channel]);
            int room = max - code;
            codes[to + channel] = (byte)(code + (room & (room >> 31)));
        }
    }
    // </copied>

    // <copied MoveUp>
    /// <summary>So many longs, which lie further behind, move to the front of an image.</summary>
    public static void MoveUp(long[] lanes, int start, int by, int count)
    {
        global::System.Array.Copy(lanes, start + by, lanes, start, count);
    }
    // </copied>
}
