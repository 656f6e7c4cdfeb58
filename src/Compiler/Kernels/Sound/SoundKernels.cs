namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// The loops of the class that hears, in the device's C#; the marked methods are compiled here and copied into generated code.
/// </summary>
/// <remarks>
/// Two frames lie in the halves of every long. An array of ints, <c>state</c>, holds what a push has come to: 0 the next element of what is pushed, 1 samples of it that
/// are left, 2 samples of the group that is being filled, 3 rows of the window, 4 samples dropped.
/// </remarks>
public static class SoundKernels
{
    /// <summary>Doublings that bytes can be pushed with: a sample is taken from 24 bits.</summary>
    public const int MostGain = 8;

    // <copied BeginPush>
    /// <summary>A push of samples from an element on.</summary>
    public static void BeginPush(int[] state, int offset, int count)
    {
        state[0] = offset;
        state[1] = count > 0 ? count : 0;
    }
    // </copied>

    // <copied BeginBytes>
    /// <summary>A push of so many bytes: of samples in little-endian bytes, several channels in turn, of which the first is heard.</summary>
    public static void BeginBytes(int[] state, int offset, int count, int bits, int channels)
    {
        // Where the highest byte of the first sample is.
        int bytes = bits >> 3;
        int step = bytes * channels;
        state[0] = offset + bytes - 1;
        state[1] = count > 0 ? (count + step - bytes) / step : 0;
    }
    // </copied>

    // <copied TakeShorts>
    /// <summary>
    /// Copies samples until the group is whole or none are left; 1 where it is whole.
    /// </summary>
    public static int TakeShorts(short[] sound, short[] samples, int[] state)
    {
        int filled = state[2];
        int left = state[1];
        int take = samples.Length - filled;
        if (take > left)
            take = left;
        global::System.Array.Copy(sound, state[0], samples, filled, take);
        state[0] = state[0] + take;
        state[1] = left - take;
        filled += take;
        state[2] = filled;
        return filled < samples.Length ? 0 : 1;
    }
    // </copied>

    // <copied TakeBytes>
    /// <summary>The same of bytes: a sample is its two highest bytes; with a gain it is shifted up by so many bits more, and held to 16.</summary>
    public static int TakeBytes(byte[] raw, short[] samples, int[] state, int bits, int channels, int gain)
    {
        int next = state[0];
        int filled = state[2];
        int take = samples.Length - filled;
        if (take > state[1])
            take = state[1];
        int end = filled + take;
        int step = (bits >> 3) * channels;
        if (gain == 0)
        {
            if (step == 2)
            {
                // What microphones' drivers give: four at a time.
                for (int last = end - 3; filled < last; filled += 4)
                {
                    samples[filled] = unchecked((short)((raw[next] << 8) + raw[next - 1]));
                    samples[filled + 1] = unchecked((short)((raw[next + 2] << 8) + raw[next + 1]));
                    samples[filled + 2] = unchecked((short)((raw[next + 4] << 8) + raw[next + 3]));
                    samples[filled + 3] = unchecked((short)((raw[next + 6] << 8) + raw[next + 5]));
                    next += 8;
                }
            }

            for (; filled < end; filled++)
            {
                samples[filled] = unchecked((short)((raw[next] << 8) + raw[next - 1]));
                next += step;
            }
        }
        else
        {
            for (; filled < end; filled++)
            {
                int value = ((raw[next] << 24) >> 8) + (raw[next - 1] << 8);
                if (bits > 16)
                    value += raw[next - 2];
                value >>= 8 - gain;
                if (value > 32767)
                    value = 32767;
                else if (value < -32768)
                    value = -32768;
                samples[filled] = (short)value;
                next += step;
            }
        }

        return Taken(state, take, take * step, samples.Length);
    }
    // </copied>

    // <copied PackShorts>
    /// <summary>
    /// Takes samples as bytes until the group is whole or none are left; 1 where it is whole.
    /// Where nothing was heard yet, what later groups find as longs of four becomes that here.
    /// </summary>
    public static int PackShorts(short[] sound, byte[] bytes, long[] samples, int[] state, int kept)
    {
        int next = state[0];
        int filled = state[2];
        int take = (bytes.Length >> 1) - filled;
        if (take > state[1])
            take = state[1];
        int end = (filled + take) << 1;
        for (int at = filled << 1; at < end; at += 2)
        {
            int sample = sound[next];
            bytes[at] = unchecked((byte)sample);
            bytes[at + 1] = unchecked((byte)(sample >> 8));
            next++;
        }

        if (filled < kept)
            PackLongs(bytes, samples, 0, kept >> 2);
        return Taken(state, take, take, bytes.Length >> 1);
    }
    // </copied>

    // <copied PackBytes>
    /// <summary>The same of bytes: a sample is its two highest; with a gain it is shifted up by so many bits more, and held to 16.</summary>
    public static int PackBytes(byte[] raw, byte[] bytes, long[] samples, int[] state, int kept, int bits, int channels, int gain)
    {
        int filled = state[2];
        int left = state[1];
        int take = (bytes.Length >> 1) - filled;
        if (take > left)
            take = left;
        int step = (bits >> 3) * channels;
        if (step == 2 && gain == 0)
            // What microphones' drivers give: as it shall be.
            global::System.Array.Copy(raw, state[0] - 1, bytes, filled << 1, take << 1);
        else
            PackSamples(raw, bytes, state[0], step, filled << 1, (filled + take) << 1, bits, gain);
        if (filled < kept)
            PackLongs(bytes, samples, 0, kept >> 2);
        state[0] = state[0] + (take * step);
        state[1] = left - take;
        filled += take;
        state[2] = filled;
        return (filled << 1) < bytes.Length ? 0 : 1;
    }
    // </copied>

    // <copied PackSamples>
    /// <summary>A sample's two highest bytes, and with a gain what it makes of them, for every sample that there is a place for.</summary>
    public static void PackSamples(byte[] raw, byte[] bytes, int next, int step, int at, int end, int bits, int gain)
    {
        if (gain == 0)
        {
            for (; at < end; at += 2)
            {
                bytes[at] = raw[next - 1];
                bytes[at + 1] = raw[next];
                next += step;
            }
        }

        for (; at < end; at += 2)
        {
            int sample = SampleOf(raw, next, bits, gain);
            bytes[at] = unchecked((byte)sample);
            bytes[at + 1] = unchecked((byte)(sample >> 8));
            next += step;
        }
    }
    // </copied>

    // <copied PackLongs>
    /// <summary>Samples from bytes, four in a long.</summary>
    public static void PackLongs(byte[] bytes, long[] samples, int from, int to)
    {
        for (; from < to - 3; from += 4)
        {
            int next = from << 3;
            samples[from] = global::System.BitConverter.ToInt64(bytes, next);
            samples[from + 1] = global::System.BitConverter.ToInt64(bytes, next + 8);
            samples[from + 2] = global::System.BitConverter.ToInt64(bytes, next + 16);
            samples[from + 3] = global::System.BitConverter.ToInt64(bytes, next + 24);
        }

        for (; from < to; from++)
            samples[from] = global::System.BitConverter.ToInt64(bytes, from << 3);
    }
    // </copied>

    // <copied SampleOf>
    /// <summary>A sample's two highest bytes, the first of them at <paramref name="next"/>; with a gain it is shifted up by so many bits more, and held to 16.</summary>
    public static int SampleOf(byte[] raw, int next, int bits, int gain)
    {
        int value = ((raw[next] << 24) >> 8) + (raw[next - 1] << 8);
        if (bits > 16)
            value += raw[next - 2];
        value >>= 8 - gain;
        if (value > 32767)
            return 32767;
        return value < -32768 ? -32768 : value;
    }
    // </copied>

    // <copied NextPacked>
    /// <summary>A group was heard, and four samples lie in a long: two rows more, and what the next group has in common with it moves to the front.</summary>
    public static void NextPacked(long[] samples, int[] state, int step, int kept)
    {
        global::System.Array.Copy(samples, step >> 2, samples, 0, kept >> 2);
        state[2] = kept;
        state[3] = state[3] + 2;
    }
    // </copied>

    // <copied Taken>
    /// <summary>So many samples were taken; 1 where the group is whole.</summary>
    public static int Taken(int[] state, int samples, int elements, int whole)
    {
        int filled = state[2] + samples;
        state[0] = state[0] + elements;
        state[1] = state[1] - samples;
        state[2] = filled;
        return filled < whole ? 0 : 1;
    }
    // </copied>

    // <copied NextGroup>
    /// <summary>A group was heard: two rows more, and what the next group has in common with it moves to the front.</summary>
    public static void NextGroup(short[] samples, int[] state, int step)
    {
        int kept = samples.Length - step;
        global::System.Array.Copy(samples, step, samples, 0, kept);
        state[2] = kept;
        state[3] = state[3] + 2;
    }
    // </copied>

    // <copied KeepRows>
    /// <summary>The two rows of a group join the window.</summary>
    public static void KeepRows(byte[] rows, byte[] codes, int[] state)
    {
        global::System.Array.Copy(rows, 0, codes, state[3] * (rows.Length >> 1), rows.Length);
    }
    // </copied>

    // <copied NextWindow>
    /// <summary>A window was decided on: what the next one has in common with it moves to the front.</summary>
    public static void NextWindow(byte[] codes, int[] state, int hop, int bands)
    {
        int rows = state[3];
        if (hop > rows)
            hop = rows;
        global::System.Array.Copy(codes, hop * bands, codes, 0, codes.Length - (hop * bands));
        state[3] = rows - hop;
    }
    // </copied>

    // <copied RoomOf>
    /// <summary>Samples that may come before the window after this one has to be decided on, none of them dropped.</summary>
    public static int RoomOf(int[] state, int frames, int step, int whole)
    {
        return ((frames - state[3]) / 2 * step) + whole - state[2];
    }
    // </copied>

    // <copied IsWhole>
    /// <summary>The window has all of its rows.</summary>
    public static bool IsWhole(int[] state, int frames)
    {
        return state[3] == frames;
    }
    // </copied>

    // <copied Forget>
    /// <summary>Nothing was heard yet.</summary>
    public static void Forget(int[] state)
    {
        state[2] = 0;
        state[3] = 0;
    }
    // </copied>

    // <copied HeldSums>
    /// <summary>Two sums, neither above the highest.</summary>
    public static long HeldSums(long sums, int highest)
    {
        int first = (int)sums;
        int second = (int)(sums >> 32);
        if (first > highest)
            first = highest;
        if (second > highest)
            second = highest;
        return ((long)second << 32) + first;
    }
    // </copied>

    // <copied LoudEntries>
    /// <summary>Of two entries of the table of which one at least is none of a small sum, those of large sums in their place.</summary>
    public static long LoudEntries(long entries)
    {
        if ((entries & 0x7FFF00007FFF0000L) != 0)
            entries = HeldSums(entries, 65535);
        long large = ((entries + 0x7FFFF0007FFFF000L) >> 31) & 0x100000001L;
        return (((((entries >> 6) & 0x1FFFFFF01FFFFFFL) + 0x100000001000L) ^ entries) & ((large << 32) - large)) ^ entries;
    }
    // </copied>

    // <copied FirstShift>
    /// <summary>The block shift that the points looked at need: bit 1 + n is set in a half where a point of it needs n bits.</summary>
    public static int FirstShift(long seen)
    {
        int bits = ((int)(seen | (seen >> 32)) & 268435455) >> 12;
        int shift = 0;
        if (bits > 255)
        {
            bits >>= 8;
            shift = 8;
        }

        if (bits > 15)
        {
            bits >>= 4;
            shift += 4;
        }

        if (bits > 3)
        {
            bits >>= 2;
            shift += 2;
        }

        shift += bits > 1 ? 2 : bits;
        return shift > 15 ? 15 : shift;
    }
    // </copied>
}
