using static AdapterCompiler.Kernels.LaneLoops.LaneLoopPoolKernels;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>
/// Convolutions on packed lanes with weights from a table. An interpreter's loads and conversions cost far more than its
/// additions, so what is loaded is used often: the weights of four output channels and two input channels stay in 72 locals while a tile
/// of the image passes, and each 4 x 3 patch serves eight sums. The marked methods are compiled here and copied verbatim into generated
/// code, but for the loads of weights between the marks of a width, which are other ones where 4 or 2 bits hold each (<see cref="NarrowWeights.Loads"/>). No branch
/// depends on the data, so that their cost is exact.
/// </summary>
/// <remarks>
/// A row of the table is one output channel: its inputs in order, shared ones first, padded with zeros to whole pairs; of each the taps by
/// line and place. The weights of a pair of inputs take 18 bytes, or 9 where 4 bits hold each, or 5 where 2 do, the first of a byte in its lowest bits. The sums of a tile lie place by place, line by line, with their guard; lines round up to whole pairs.
/// </remarks>
public static class LaneLoopFourKernels
{
    // <copied ConvolveFour>
    /// <summary>Output channels, a multiple of four, of a 3x3 convolution on lanes: four at a time. A pair of inputs has so many bytes of weights: 18, 9 or 5.</summary>
    public static void ConvolveFour(
        long[] lanes, int start, int stride, int step, int lines, int first, int end, int places, int zero, int shared, int own, int ownStart,
        sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
        int output, int outputStride, int outputStep, int sums, int tile, int poolLines, int poolPlaces, int laneCount, int bits, int pair)
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
        long used = unchecked((ones << bits) - ones);
        int right = places == 1 ? 0 : step;
        int down = places == 1 ? bits : 0;
        int last = (places - 1) * step;
        int inputs = shared + own;
        int row = (inputs + 1) / 2 * pair;
        for (int past = channel + channels; channel < past; channel += 4)
        {
            for (int top = first; top < end; top += tile)
            {
                int bottom = top + tile > end ? end : top + tile;
                int origin = start + (top * stride);
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
                    long a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17;
                    long b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15, b16, b17;
                    long c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17;
                    long d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15, d16, d17;

                    w = weight + ((input >> 1) * pair);
                    // <width>
                    a0 = weights[w];
                    a1 = weights[w + 1];
                    a2 = weights[w + 2];
                    a3 = weights[w + 3];
                    a4 = weights[w + 4];
                    a5 = weights[w + 5];
                    a6 = weights[w + 6];
                    a7 = weights[w + 7];
                    a8 = weights[w + 8];
                    a9 = weights[w + 9];
                    a10 = weights[w + 10];
                    a11 = weights[w + 11];
                    a12 = weights[w + 12];
                    a13 = weights[w + 13];
                    a14 = weights[w + 14];
                    a15 = weights[w + 15];
                    a16 = weights[w + 16];
                    a17 = weights[w + 17];
                    w += row;
                    b0 = weights[w];
                    b1 = weights[w + 1];
                    b2 = weights[w + 2];
                    b3 = weights[w + 3];
                    b4 = weights[w + 4];
                    b5 = weights[w + 5];
                    b6 = weights[w + 6];
                    b7 = weights[w + 7];
                    b8 = weights[w + 8];
                    b9 = weights[w + 9];
                    b10 = weights[w + 10];
                    b11 = weights[w + 11];
                    b12 = weights[w + 12];
                    b13 = weights[w + 13];
                    b14 = weights[w + 14];
                    b15 = weights[w + 15];
                    b16 = weights[w + 16];
                    b17 = weights[w + 17];
                    w += row;
                    c0 = weights[w];
                    c1 = weights[w + 1];
                    c2 = weights[w + 2];
                    c3 = weights[w + 3];
                    c4 = weights[w + 4];
                    c5 = weights[w + 5];
                    c6 = weights[w + 6];
                    c7 = weights[w + 7];
                    c8 = weights[w + 8];
                    c9 = weights[w + 9];
                    c10 = weights[w + 10];
                    c11 = weights[w + 11];
                    c12 = weights[w + 12];
                    c13 = weights[w + 13];
                    c14 = weights[w + 14];
                    c15 = weights[w + 15];
                    c16 = weights[w + 16];
                    c17 = weights[w + 17];
                    w += row;
                    d0 = weights[w];
                    d1 = weights[w + 1];
                    d2 = weights[w + 2];
                    d3 = weights[w + 3];
                    d4 = weights[w + 4];
                    d5 = weights[w + 5];
                    d6 = weights[w + 6];
                    d7 = weights[w + 7];
                    d8 = weights[w + 8];
                    d9 = weights[w + 9];
                    d10 = weights[w + 10];
                    d11 = weights[w + 11];
                    d12 = weights[w + 12];
                    d13 = weights[w + 13];
                    d14 = weights[w + 14];
                    d15 = weights[w + 15];
                    d16 = weights[w + 16];
                    d17 = weights[w + 17];
                    // </width>
                    int column = input < shared ? input : ownStart + input - shared;
                    int next = input + 1 < inputs ? (input + 1 < shared ? input + 1 : ownStart + input + 1 - shared) - column : 0;
                    int left = last;
                    int up = bits;
                    int rightNext = right + next;
                    sum = sums;
                    for (int place = 0; place < places; place++)
                    {
                        int none = zero + column;
                        int leftNext = left + next;
                        here = top == 0 ? none : origin - stride + column;
                        long p0 = (lanes[here + left] << up) & used;
                        long p1 = lanes[here];
                        long p2 = lanes[here + right] >> down;
                        long q0 = (lanes[here + leftNext] << up) & used;
                        long q1 = lanes[here + next];
                        long q2 = lanes[here + rightNext] >> down;
                        here = origin + column;
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
                        column += step;
                    }
                }

                for (w = 0; w < 4; w++)
                    PoolSums(lanes, sums + w, 4, bottom - top, space, places, poolLines, poolPlaces, output + (top / poolLines * outputStride) + w, outputStride, outputStep, shifts[channel + w], max, ones, bits);
            }

            weight += row * 4;
            output += 4;
        }
    }
    // </copied>
}
