using static AdapterCompiler.Kernels.LaneLoops.LaneLoopPoolKernels;

namespace AdapterCompiler.Kernels.Lists;

/// <summary>
/// Convolutions on packed lanes whose weights are lists of those that are not 0, for images of few places, such as the rows of a stream: there a weight is
/// used so seldom that loading one which is 0 costs more than all else. The marked methods are compiled here and copied verbatim into generated code. No branch depends on the data, so that their cost is exact.
/// </summary>
/// <remarks>
/// An output channel's row is a list for each tap, column by column of the kernel, from the line above to the one below; where a block has own inputs, a second one of those follows each. A list is the
/// number of its entries less 128, then an input, less 128, and its weight for each. The sums of a column of taps are those of a place for the place beside it: so borders need no codes of their own. What the
/// left column sums up at a line's last place is moved up a lane, which a shift does, whatever borrows; what the right one sums up at its first place is moved down, which takes a guard in every lane.
/// </remarks>
public static class ListLaneKernels
{
    // <copied ListFour>
    /// <summary>Output channels of a 3x3 convolution on lanes, padded along a line alone, two lines and two places at a time.</summary>
    public static void ListFour(
        long[] lanes, int start, int stride, int step, int lines, int places, int lists, int ownStart,
        sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
        int output, int outputStride, int outputStep, int sums, int laneCount, int bits)
    {
        // The locals that the inner loop uses most come first.
        int here;
        int w = weight;
        int between;
        int from;
        long factor;
        long ones = 1;
        for (int lane = 1; lane < laneCount; lane++)
            ones = (ones << bits) + 1;
        long guards = ones << (bits - 1);
        long used = unchecked((ones << bits) - ones);
        long below = ones - 1 - (ones >> bits);
        int last = (places - 1) * step;
        for (int past = channel + channels; channel < past; channel++)
        {
            for (int top = 0; top < lines; top += 2)
            {
                int sum = sums;
                for (int place = 0; place < places; place += 2)
                {
                    long a = unchecked((ones * biases[channel]) + guards);
                    long b = a;
                    long c = a;
                    long d = a;
                    w = weight;
                    for (int column = place - 1; column < place + 2; column++)
                    {
                        int origin = start + (top * stride) + (column * step) + 128;
                        between = step;
                        if (column < 0)
                        {
                            origin += places * step;
                            between = -last;
                        }

                        if (column == places - 1)
                            between = -last;
                        long e = 0;
                        long f = 0;
                        long g = 0;
                        long h = 0;
                        for (int line = 0; line < 3; line++)
                        {
                            from = origin;
                            for (int list = 0; list < lists; list++)
                            {
                                int end = w + 257 + (weights[w] * 2);
                                for (w++; w < end; w += 2)
                                {
                                    here = from + weights[w];
                                    factor = weights[w + 1];
                                    e += lanes[here] * factor;
                                    f += lanes[here + between] * factor;
                                    here += stride;
                                    g += lanes[here] * factor;
                                    h += lanes[here + between] * factor;
                                }

                                from += ownStart;
                            }

                            origin += stride;
                        }

                        if (column < 0)
                        {
                            e <<= bits;
                            g <<= bits;
                        }

                        if (column == places - 1)
                        {
                            f = unchecked((((f + guards) >> bits) & below) - ((guards >> bits) & below));
                            h = unchecked((((h + guards) >> bits) & below) - ((guards >> bits) & below));
                        }

                        a = unchecked(a + e);
                        b = unchecked(b + f);
                        c = unchecked(c + g);
                        d = unchecked(d + h);
                    }

                    lanes[sum] = a & used;
                    lanes[sum + 1] = c & used;
                    lanes[sum + 2] = b & used;
                    lanes[sum + 3] = d & used;
                    sum += 4;
                }

                PoolSums(lanes, sums, 1, 2, 2, places, 2, 2, output + (top / 2 * outputStride), outputStride, outputStep, shifts[channel], max, ones, bits);
            }

            weight = w;
            output++;
        }
    }
    // </copied>

    // <copied ListOne>
    /// <summary>The same, one position at a time, and the maximum of all of them.</summary>
    public static void ListOne(
        long[] lanes, int start, int stride, int step, int lines, int places, int lists, int ownStart,
        sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
        int output, int sums, int laneCount, int bits)
    {
        // The locals that the inner loop uses most come first.
        int w = weight;
        int from;
        long e;
        int end;
        long ones = 1;
        for (int lane = 1; lane < laneCount; lane++)
            ones = (ones << bits) + 1;
        long guards = ones << (bits - 1);
        long used = unchecked((ones << bits) - ones);
        long below = ones - 1 - (ones >> bits);
        for (int past = channel + channels; channel < past; channel++)
        {
            int sum = sums;
            lanes[output] = 0;
            for (int place = 0; place < places; place++)
            {
                for (int line = 0; line < lines; line++)
                {
                    long a = unchecked((ones * biases[channel]) + guards);
                    w = weight;
                    for (int column = place - 1; column < place + 2; column++)
                    {
                        int origin = start + (line * stride) + (column * step) + 128;
                        if (column < 0)
                            origin += places * step;
                        if (column == places)
                            origin -= places * step;
                        e = 0;
                        for (int tap = 0; tap < 3; tap++)
                        {
                            from = origin;
                            for (int list = 0; list < lists; list++)
                            {
                                end = w + 257 + (weights[w] * 2);
                                for (w++; w < end; w += 2)
                                    e += lanes[from + weights[w]] * weights[w + 1];
                                from += ownStart;
                            }

                            origin += stride;
                        }

                        if (column < 0)
                            e <<= bits;
                        if (column == places)
                            e = unchecked((((e + guards) >> bits) & below) - ((guards >> bits) & below));
                        a = unchecked(a + e);
                    }

                    lanes[sum] = a & used;
                    sum++;
                }
            }

            PoolSums(lanes, sums, 1, lines, lines, places, lines, places, output, 0, 0, shifts[channel], max, ones, bits);
            weight = w;
            output++;
        }
    }
    // </copied>
}
