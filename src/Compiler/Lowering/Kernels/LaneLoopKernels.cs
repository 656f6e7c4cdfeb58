namespace AdapterCompiler.Lowering.Kernels;

/// <summary>
/// Convolutions on packed lanes with weights from a table (<see cref="Planning.KernelKind.LaneLoop"/>). An interpreter's loads and conversions cost far more than its
/// additions, so what is loaded is used often: the weights of four output channels and two input channels stay in 72 locals while a tile
/// of the image passes, and each 4 x 3 patch serves eight sums. The marked methods are compiled here and copied verbatim into generated
/// code (see <see cref="LoopKernels"/>). No branch depends on the data, so that their cost is exact.
/// </summary>
/// <remarks>
/// A row of the table is one output channel: its inputs in order, shared ones first, padded with zeros to whole pairs; of each the taps by
/// line and place. Rows of narrow weights have 2 or 4 bits for each and are widened before they are used. The sums of a tile lie place by place, line by line, with their guard; lines round up to whole pairs.
/// </remarks>
public static class LaneLoopKernels
{
    // <copied ConvolveFour>
    /// <summary>Output channels, a multiple of four, of a 3x3 convolution on lanes: four at a time.</summary>
    public static void ConvolveFour(
        long[] lanes, int start, int stride, int step, int lines, int places, int zero, int shared, int own, int ownStart,
        sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
        int output, int outputStride, int outputStep, int sums, int tile, int poolLines, int poolPlaces, int laneCount, int bits,
        sbyte[] narrow, int from, int width)
    {
        // The locals that the inner loop uses most come first.
        int here;
        int sum;
        int line;
        int w;
        long ones = 1;
        for (int lane = 1; lane < laneCount; lane++)
            ones = (ones << bits) + 1;
        long guard = 1L << (bits - 1);
        long used = laneCount == 3 ? long.MaxValue : -1L;
        int right = places == 1 ? 0 : step;
        int down = places == 1 ? bits : 0;
        int inputs = shared + own;
        int row = (inputs + 1) / 2 * 18;
        int skip = width > 0 ? 0 : row;
        for (int end = channel + channels; channel < end; channel += 4)
        {
            if (width > 0)
            {
                Widen(narrow, from, weights, 4, row, width);
                from += ((row * width) + 7) / 8 * 4;
            }

            for (int top = 0; top < lines; top += tile)
            {
                int bottom = top + tile > lines ? lines : top + tile;
                int space = (bottom - top + 1) / 2 * 8;
                long a0 = ones * (guard + biases[channel]);
                long b0 = ones * (guard + biases[channel + 1]);
                long c0 = ones * (guard + biases[channel + 2]);
                long d0 = ones * (guard + biases[channel + 3]);
                for (sum = sums + (places * space) - 4; sum >= sums; sum -= 4)
                {
                    lanes[sum] = a0;
                    lanes[sum + 1] = b0;
                    lanes[sum + 2] = c0;
                    lanes[sum + 3] = d0;
                }

                for (int input = 0; input < inputs; input += 2)
                {
                    w = weight + (input * 9);
                    a0 = weights[w];
                    long a1 = weights[w + 1];
                    long a2 = weights[w + 2];
                    long a3 = weights[w + 3];
                    long a4 = weights[w + 4];
                    long a5 = weights[w + 5];
                    long a6 = weights[w + 6];
                    long a7 = weights[w + 7];
                    long a8 = weights[w + 8];
                    long a9 = weights[w + 9];
                    long a10 = weights[w + 10];
                    long a11 = weights[w + 11];
                    long a12 = weights[w + 12];
                    long a13 = weights[w + 13];
                    long a14 = weights[w + 14];
                    long a15 = weights[w + 15];
                    long a16 = weights[w + 16];
                    long a17 = weights[w + 17];
                    w += row;
                    b0 = weights[w];
                    long b1 = weights[w + 1];
                    long b2 = weights[w + 2];
                    long b3 = weights[w + 3];
                    long b4 = weights[w + 4];
                    long b5 = weights[w + 5];
                    long b6 = weights[w + 6];
                    long b7 = weights[w + 7];
                    long b8 = weights[w + 8];
                    long b9 = weights[w + 9];
                    long b10 = weights[w + 10];
                    long b11 = weights[w + 11];
                    long b12 = weights[w + 12];
                    long b13 = weights[w + 13];
                    long b14 = weights[w + 14];
                    long b15 = weights[w + 15];
                    long b16 = weights[w + 16];
                    long b17 = weights[w + 17];
                    w += row;
                    c0 = weights[w];
                    long c1 = weights[w + 1];
                    long c2 = weights[w + 2];
                    long c3 = weights[w + 3];
                    long c4 = weights[w + 4];
                    long c5 = weights[w + 5];
                    long c6 = weights[w + 6];
                    long c7 = weights[w + 7];
                    long c8 = weights[w + 8];
                    long c9 = weights[w + 9];
                    long c10 = weights[w + 10];
                    long c11 = weights[w + 11];
                    long c12 = weights[w + 12];
                    long c13 = weights[w + 13];
                    long c14 = weights[w + 14];
                    long c15 = weights[w + 15];
                    long c16 = weights[w + 16];
                    long c17 = weights[w + 17];
                    w += row;
                    d0 = weights[w];
                    long d1 = weights[w + 1];
                    long d2 = weights[w + 2];
                    long d3 = weights[w + 3];
                    long d4 = weights[w + 4];
                    long d5 = weights[w + 5];
                    long d6 = weights[w + 6];
                    long d7 = weights[w + 7];
                    long d8 = weights[w + 8];
                    long d9 = weights[w + 9];
                    long d10 = weights[w + 10];
                    long d11 = weights[w + 11];
                    long d12 = weights[w + 12];
                    long d13 = weights[w + 13];
                    long d14 = weights[w + 14];
                    long d15 = weights[w + 15];
                    long d16 = weights[w + 16];
                    long d17 = weights[w + 17];
                    int first = input < shared ? input : ownStart + input - shared;
                    int next = input + 1 < inputs ? (input + 1 < shared ? input + 1 : ownStart + input + 1 - shared) - first : 0;
                    int left = (places - 1) * step;
                    int up = bits;
                    int rightNext = right + next;
                    sum = sums;
                    for (int place = 0; place < places; place++)
                    {
                        int none = zero + (place * step) + first;
                        int leftNext = left + next;
                        here = top == 0 ? none : start + ((top - 1) * stride) + (place * step) + first;
                        long p0 = (lanes[here + left] << up) & used;
                        long p1 = lanes[here];
                        long p2 = lanes[here + right] >> down;
                        long q0 = (lanes[here + leftNext] << up) & used;
                        long q1 = lanes[here + next];
                        long q2 = lanes[here + rightNext] >> down;
                        here = start + (top * stride) + (place * step) + first;
                        long p3 = (lanes[here + left] << up) & used;
                        long p4 = lanes[here];
                        long p5 = lanes[here + right] >> down;
                        long q3 = (lanes[here + leftNext] << up) & used;
                        long q4 = lanes[here + next];
                        long q5 = lanes[here + rightNext] >> down;
                        for (line = top; line < bottom; line += 2)
                        {
                            here += stride;
                            if (line + 1 >= lines)
                                here = none;
                            long p6 = (lanes[here + left] << up) & used;
                            long p7 = lanes[here];
                            long p8 = lanes[here + right] >> down;
                            long q6 = (lanes[here + leftNext] << up) & used;
                            long q7 = lanes[here + next];
                            long q8 = lanes[here + rightNext] >> down;
                            here += stride;
                            if (line + 2 >= lines)
                                here = none;
                            long p9 = (lanes[here + left] << up) & used;
                            long p10 = lanes[here];
                            long p11 = lanes[here + right] >> down;
                            long q9 = (lanes[here + leftNext] << up) & used;
                            long q10 = lanes[here + next];
                            long q11 = lanes[here + rightNext] >> down;
                            lanes[sum] = lanes[sum] + (p0 * a0) + (p1 * a1) + (p2 * a2) + (p3 * a3) + (p4 * a4)
                                + (p5 * a5) + (p6 * a6) + (p7 * a7) + (p8 * a8)
                                + (q0 * a9) + (q1 * a10) + (q2 * a11) + (q3 * a12) + (q4 * a13)
                                + (q5 * a14) + (q6 * a15) + (q7 * a16) + (q8 * a17);
                            lanes[sum + 1] = lanes[sum + 1] + (p0 * b0) + (p1 * b1) + (p2 * b2) + (p3 * b3) + (p4 * b4)
                                + (p5 * b5) + (p6 * b6) + (p7 * b7) + (p8 * b8)
                                + (q0 * b9) + (q1 * b10) + (q2 * b11) + (q3 * b12) + (q4 * b13)
                                + (q5 * b14) + (q6 * b15) + (q7 * b16) + (q8 * b17);
                            lanes[sum + 2] = lanes[sum + 2] + (p0 * c0) + (p1 * c1) + (p2 * c2) + (p3 * c3) + (p4 * c4)
                                + (p5 * c5) + (p6 * c6) + (p7 * c7) + (p8 * c8)
                                + (q0 * c9) + (q1 * c10) + (q2 * c11) + (q3 * c12) + (q4 * c13)
                                + (q5 * c14) + (q6 * c15) + (q7 * c16) + (q8 * c17);
                            lanes[sum + 3] = lanes[sum + 3] + (p0 * d0) + (p1 * d1) + (p2 * d2) + (p3 * d3) + (p4 * d4)
                                + (p5 * d5) + (p6 * d6) + (p7 * d7) + (p8 * d8)
                                + (q0 * d9) + (q1 * d10) + (q2 * d11) + (q3 * d12) + (q4 * d13)
                                + (q5 * d14) + (q6 * d15) + (q7 * d16) + (q8 * d17);
                            lanes[sum + 4] = lanes[sum + 4] + (p3 * a0) + (p4 * a1) + (p5 * a2) + (p6 * a3) + (p7 * a4)
                                + (p8 * a5) + (p9 * a6) + (p10 * a7) + (p11 * a8)
                                + (q3 * a9) + (q4 * a10) + (q5 * a11) + (q6 * a12) + (q7 * a13)
                                + (q8 * a14) + (q9 * a15) + (q10 * a16) + (q11 * a17);
                            lanes[sum + 5] = lanes[sum + 5] + (p3 * b0) + (p4 * b1) + (p5 * b2) + (p6 * b3) + (p7 * b4)
                                + (p8 * b5) + (p9 * b6) + (p10 * b7) + (p11 * b8)
                                + (q3 * b9) + (q4 * b10) + (q5 * b11) + (q6 * b12) + (q7 * b13)
                                + (q8 * b14) + (q9 * b15) + (q10 * b16) + (q11 * b17);
                            lanes[sum + 6] = lanes[sum + 6] + (p3 * c0) + (p4 * c1) + (p5 * c2) + (p6 * c3) + (p7 * c4)
                                + (p8 * c5) + (p9 * c6) + (p10 * c7) + (p11 * c8)
                                + (q3 * c9) + (q4 * c10) + (q5 * c11) + (q6 * c12) + (q7 * c13)
                                + (q8 * c14) + (q9 * c15) + (q10 * c16) + (q11 * c17);
                            lanes[sum + 7] = lanes[sum + 7] + (p3 * d0) + (p4 * d1) + (p5 * d2) + (p6 * d3) + (p7 * d4)
                                + (p8 * d5) + (p9 * d6) + (p10 * d7) + (p11 * d8)
                                + (q3 * d9) + (q4 * d10) + (q5 * d11) + (q6 * d12) + (q7 * d13)
                                + (q8 * d14) + (q9 * d15) + (q10 * d16) + (q11 * d17);
                            p0 = p6;
                            p1 = p7;
                            p2 = p8;
                            p3 = p9;
                            p4 = p10;
                            p5 = p11;
                            q0 = q6;
                            q1 = q7;
                            q2 = q8;
                            q3 = q9;
                            q4 = q10;
                            q5 = q11;
                            sum += 8;
                        }

                        left = -step;
                        up = 0;
                    }
                }

                for (w = 0; w < 4; w++)
                    PoolSums(lanes, sums + w, 4, bottom - top, space, places, poolLines, poolPlaces, output + (top / poolLines * outputStride) + w, outputStride, outputStep, shifts[channel + w], max, ones, bits);
            }

            weight += skip * 4;
            output += 4;
        }
    }
    // </copied>

    // <copied ConvolveOne>
    /// <summary>Output channels of a 3x3 convolution on lanes, one at a time: those that four at a time leave.</summary>
    public static void ConvolveOne(
        long[] lanes, int start, int stride, int step, int lines, int places, int zero, int shared, int own, int ownStart,
        sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
        int output, int outputStride, int outputStep, int sums, int tile, int poolLines, int poolPlaces, int laneCount, int bits,
        sbyte[] narrow, int from, int width)
    {
        // The locals that the inner loop uses most come first.
        int here;
        int sum;
        int line;
        int w;
        long ones = 1;
        for (int lane = 1; lane < laneCount; lane++)
            ones = (ones << bits) + 1;
        long guard = 1L << (bits - 1);
        long used = laneCount == 3 ? long.MaxValue : -1L;
        int right = places == 1 ? 0 : step;
        int down = places == 1 ? bits : 0;
        int inputs = shared + own;
        int row = (inputs + 1) / 2 * 18;
        int skip = width > 0 ? 0 : row;
        for (int end = channel + channels; channel < end; channel++)
        {
            if (width > 0)
            {
                Widen(narrow, from, weights, 1, row, width);
                from += ((row * width) + 7) / 8;
            }

            for (int top = 0; top < lines; top += tile)
            {
                int bottom = top + tile > lines ? lines : top + tile;
                int space = (bottom - top + 1) / 2 * 2;
                long a0 = ones * (guard + biases[channel]);
                for (sum = sums + (places * space) - 1; sum >= sums; sum--)
                {
                    lanes[sum] = a0;
                }

                for (int input = 0; input < inputs; input += 2)
                {
                    w = weight + (input * 9);
                    a0 = weights[w];
                    long a1 = weights[w + 1];
                    long a2 = weights[w + 2];
                    long a3 = weights[w + 3];
                    long a4 = weights[w + 4];
                    long a5 = weights[w + 5];
                    long a6 = weights[w + 6];
                    long a7 = weights[w + 7];
                    long a8 = weights[w + 8];
                    long a9 = weights[w + 9];
                    long a10 = weights[w + 10];
                    long a11 = weights[w + 11];
                    long a12 = weights[w + 12];
                    long a13 = weights[w + 13];
                    long a14 = weights[w + 14];
                    long a15 = weights[w + 15];
                    long a16 = weights[w + 16];
                    long a17 = weights[w + 17];
                    int first = input < shared ? input : ownStart + input - shared;
                    int next = input + 1 < inputs ? (input + 1 < shared ? input + 1 : ownStart + input + 1 - shared) - first : 0;
                    int left = (places - 1) * step;
                    int up = bits;
                    int rightNext = right + next;
                    sum = sums;
                    for (int place = 0; place < places; place++)
                    {
                        int none = zero + (place * step) + first;
                        int leftNext = left + next;
                        here = top == 0 ? none : start + ((top - 1) * stride) + (place * step) + first;
                        long p0 = (lanes[here + left] << up) & used;
                        long p1 = lanes[here];
                        long p2 = lanes[here + right] >> down;
                        long q0 = (lanes[here + leftNext] << up) & used;
                        long q1 = lanes[here + next];
                        long q2 = lanes[here + rightNext] >> down;
                        here = start + (top * stride) + (place * step) + first;
                        long p3 = (lanes[here + left] << up) & used;
                        long p4 = lanes[here];
                        long p5 = lanes[here + right] >> down;
                        long q3 = (lanes[here + leftNext] << up) & used;
                        long q4 = lanes[here + next];
                        long q5 = lanes[here + rightNext] >> down;
                        for (line = top; line < bottom; line += 2)
                        {
                            here += stride;
                            if (line + 1 >= lines)
                                here = none;
                            long p6 = (lanes[here + left] << up) & used;
                            long p7 = lanes[here];
                            long p8 = lanes[here + right] >> down;
                            long q6 = (lanes[here + leftNext] << up) & used;
                            long q7 = lanes[here + next];
                            long q8 = lanes[here + rightNext] >> down;
                            here += stride;
                            if (line + 2 >= lines)
                                here = none;
                            long p9 = (lanes[here + left] << up) & used;
                            long p10 = lanes[here];
                            long p11 = lanes[here + right] >> down;
                            long q9 = (lanes[here + leftNext] << up) & used;
                            long q10 = lanes[here + next];
                            long q11 = lanes[here + rightNext] >> down;
                            lanes[sum] = lanes[sum] + (p0 * a0) + (p1 * a1) + (p2 * a2) + (p3 * a3) + (p4 * a4)
                                + (p5 * a5) + (p6 * a6) + (p7 * a7) + (p8 * a8)
                                + (q0 * a9) + (q1 * a10) + (q2 * a11) + (q3 * a12) + (q4 * a13)
                                + (q5 * a14) + (q6 * a15) + (q7 * a16) + (q8 * a17);
                            lanes[sum + 1] = lanes[sum + 1] + (p3 * a0) + (p4 * a1) + (p5 * a2) + (p6 * a3) + (p7 * a4)
                                + (p8 * a5) + (p9 * a6) + (p10 * a7) + (p11 * a8)
                                + (q3 * a9) + (q4 * a10) + (q5 * a11) + (q6 * a12) + (q7 * a13)
                                + (q8 * a14) + (q9 * a15) + (q10 * a16) + (q11 * a17);
                            p0 = p6;
                            p1 = p7;
                            p2 = p8;
                            p3 = p9;
                            p4 = p10;
                            p5 = p11;
                            q0 = q6;
                            q1 = q7;
                            q2 = q8;
                            q3 = q9;
                            q4 = q10;
                            q5 = q11;
                            sum += 2;
                        }

                        left = -step;
                        up = 0;
                    }
                }

                PoolSums(lanes, sums, 1, bottom - top, space, places, poolLines, poolPlaces, output + (top / poolLines * outputStride), outputStride, outputStep, shifts[channel], max, ones, bits);
            }

            weight += skip;
            output++;
        }
    }
    // </copied>

    // <copied Widen>
    /// <summary>Rows of weights from a table that has 2 or 4 bits for each, the first in the lowest; a row begins with a byte of its own.</summary>
    public static void Widen(sbyte[] narrow, int from, sbyte[] weights, int rows, int row, int width)
    {
        int held;
        int to;
        for (int first = 0; rows > 0; rows--)
        {
            to = first;
            first += row;
            if (width == 4)
            {
                // Three bytes at a time: a row is whole pairs of inputs, nine bytes each.
                for (; to < first; to += 6)
                {
                    held = narrow[from];
                    weights[to] = (sbyte)((held << 28) >> 28);
                    weights[to + 1] = (sbyte)(held >> 4);
                    held = narrow[from + 1];
                    weights[to + 2] = (sbyte)((held << 28) >> 28);
                    weights[to + 3] = (sbyte)(held >> 4);
                    held = narrow[from + 2];
                    weights[to + 4] = (sbyte)((held << 28) >> 28);
                    weights[to + 5] = (sbyte)(held >> 4);
                    from += 3;
                }
            }
            else
            {
                // Two more may be written than the row has: the next one's, or room behind the last.
                for (; to < first; to += 4)
                {
                    held = narrow[from];
                    from++;
                    weights[to] = (sbyte)((held << 30) >> 30);
                    weights[to + 1] = (sbyte)((held << 28) >> 30);
                    weights[to + 2] = (sbyte)((held << 26) >> 30);
                    weights[to + 3] = (sbyte)(held >> 6);
                }
            }
        }
    }
    // </copied>

    // <copied PoolSums>
    /// <summary>One channel of a tile: ReLU of each sum, the maximum of each pool and of what the output holds, shifted and at most max.</summary>
    public static void PoolSums(
        long[] lanes, int sums, int spacing, int lines, int space, int places, int poolLines, int poolPlaces, int output, int outputStride, int outputStep,
        int shift, int max, long ones, int bits)
    {
        int guard = bits - 1;
        long below = (1L << guard) - 1;
        long guards = ones << guard;
        long greatest = max;
        // Where no sum can pass max, max + 1 shifted may pass the guard: nothing is saturated then.
        long limit = below - (((greatest + 1) << shift) - 1);
        limit = (limit & ~(limit >> 63)) * ones;
        long mask = (greatest & (below >> shift)) * ones;
        for (int top = 0; top < lines; top += poolLines)
        {
            int next = output;
            for (int left = 0; left < places; left += poolPlaces)
            {
                long best = lanes[next];
                int column = sums + (left * space) + (top * spacing);
                for (int place = 0; place < poolPlaces; place++)
                {
                    int sum = column;
                    for (int line = top; line < top + poolLines && line < lines; line++)
                    {
                        long value = lanes[sum];
                        value = (value & (((value >> guard) & ones) * below)) + guards - best;
                        best += value & (((value >> guard) & ones) * below);
                        sum += spacing;
                    }

                    column += space;
                }

                lanes[next] = ((best >> shift) | ((((best + limit) >> guard) & ones) * greatest)) & mask;
                next += outputStep;
            }

            output += outputStride;
        }
    }
    // </copied>
}
