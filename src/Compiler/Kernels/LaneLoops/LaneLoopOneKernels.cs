using static AdapterCompiler.Kernels.LaneLoops.LaneLoopPoolKernels;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>The lane loop for the channels that <see cref="LaneLoopFourKernels"/> leaves.</summary>
public static class LaneLoopOneKernels
{
    // <copied ConvolveOne>
    /// <summary>Output channels of a 3x3 convolution on lanes, one at a time: those that four at a time leave.</summary>
    public static void ConvolveOne(
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
        for (int past = channel + channels; channel < past; channel++)
        {
            for (int top = first; top < end; top += tile)
            {
                int bottom = top + tile > end ? end : top + tile;
                int origin = start + (top * stride);
                int space = (bottom - top + 1) / 2 * 2;
                long a0 = ones * (guard + biases[channel]);
                for (sum = sums + (places * space) - 1; sum >= sums; sum--)
                {
                    lanes[sum] = a0;
                }

                for (int input = 0; input < inputs; input += 2)
                {
                    long a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17;

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
                        column += step;
                    }
                }

                PoolSums(lanes, sums, 1, bottom - top, space, places, poolLines, poolPlaces, output + (top / poolLines * outputStride), outputStride, outputStep, shifts[channel], max, ones, bits);
            }

            weight += row;
            output++;
        }
    }
    // </copied>
}
