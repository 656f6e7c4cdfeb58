static class Kernels
{
/// <summary>Packs codes, lineStep from line to line and placeStep along a line, into channels of lanes: strip s of a line into lane s.</summary>
private static void Pack(
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

/// <summary>The same into four lanes along a line, whose places come in fours: no branch, and one step for four longs.</summary>
private static void PackFour(byte[] codes, int from, int channels, long[] lanes, int start, int stride, int step, int lines, int places)
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

/// <summary>Packs codes, lineStep from line to line and placeStep along a line, into channels of six lanes of ten bits: strip s of a line into lane s. Three codes fit an int.</summary>
private static void PackSix(
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

/// <summary>Sets channels of every place to 0.</summary>
private static void Clear(long[] lanes, int start, int stride, int step, int channels, int lines, int places)
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

/// <summary>Fills the place behind each line: its first place, moved down one lane, since strip s ends where strip s + 1 begins.</summary>
private static void Halo(long[] lanes, int start, int stride, int step, int channels, int lines, int places, int bits)
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

/// <summary>Channels 2k and 2k + 1 become their sum and their difference, which may be negative.</summary>
private static void Pair(long[] lanes, int start, int stride, int step, int channels, int lines, int places)
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

/// <summary>Output channels of a 3x3 convolution on lanes, padded along a line alone, two lines and two places at a time.</summary>
private static void ListFour(
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

/// <summary>The same, one position at a time, and the maximum of all of them.</summary>
private static void ListOne(
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

/// <summary>Fully connected layer, ReLU, shift to codes; of weights the inputs and values of those that are not 0.</summary>
private static void ConnectLists(
    byte[] codes, int sharedStart, int ownStart, sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max, int next)
{
    // The locals that the inner loop uses most come first.
    int w = weight;
    int sum;
    int from;
    int past;
    for (int end = channel + channels; channel < end; channel++)
    {
        sum = biases[channel];
        from = sharedStart + 128;
        for (int list = 0; list < 2; list++)
        {
            past = w + 1 + (weights[w] * 4);
            for (w++; w < past; w += 4)
                sum = sum + (codes[from + weights[w]] * weights[w + 1]) + (codes[from + weights[w + 2]] * weights[w + 3]);
            from = ownStart + 128;
        }

        codes[next++] = (byte)Requantise(sum, shifts[channel], max);
    }
}

/// <summary>Raw logits: a fully connected layer without ReLU and shift; of weights the inputs and values of those that are not 0.</summary>
private static void ClassifyLists(byte[] codes, int sharedStart, int ownStart, sbyte[] weights, int weight, int[] biases, int channel, int classes, int[] logits, int next)
{
    // The locals that the inner loop uses most come first.
    int w = weight;
    int sum;
    int from;
    int past;
    for (int end = channel + classes; channel < end; channel++)
    {
        sum = biases[channel];
        from = sharedStart + 128;
        for (int list = 0; list < 2; list++)
        {
            past = w + 1 + (weights[w] * 4);
            for (w++; w < past; w += 4)
                sum = sum + (codes[from + weights[w]] * weights[w + 1]) + (codes[from + weights[w + 2]] * weights[w + 3]);
            from = ownStart + 128;
        }

        logits[next++] = sum;
    }
}

/// <summary>Inputs times 1, -1, 2, -2 and so on to the largest weight.</summary>
private static void Multiply(byte[] codes, int from, int inputs, int[] multiples, int at, int largest)
{
    // The locals that the inner loop uses most come first.
    int next = at;
    int multiple;
    int code;
    int past = from + inputs;
    for (; from < past; from++)
    {
        code = codes[from];
        multiple = code;
        for (int end = next + largest + largest; next < end; next += 2)
        {
            multiples[next] = multiple;
            multiples[next + 1] = -multiple;
            multiple += code;
        }
    }
}

/// <summary>Fully connected layer, ReLU, shift to codes; of weights that are not 0 the places of their multiples.</summary>
private static void ConnectMultiples(
    int[] multiples, short[] terms, int term, int[] biases, byte[] shifts, int channel, int channels, int max, byte[] codes, int next)
{
    // The locals that the inner loop uses most come first.
    int t = term;
    int sum;
    int past;
    for (int end = channel + channels; channel < end; channel++)
    {
        sum = biases[channel];
        past = t + 1 + (terms[t] * 4);
        for (t++; t < past; t += 4)
            sum = sum + multiples[terms[t]] + multiples[terms[t + 1]] + multiples[terms[t + 2]] + multiples[terms[t + 3]];
        codes[next++] = (byte)Requantise(sum, shifts[channel], max);
    }
}

/// <summary>Raw logits: a fully connected layer without ReLU and shift; of weights that are not 0 the places of their multiples.</summary>
private static void ClassifyMultiples(int[] multiples, short[] terms, int term, int[] biases, int channel, int classes, int[] logits, int next)
{
    // The locals that the inner loop uses most come first.
    int t = term;
    int sum;
    int past;
    for (int end = channel + classes; channel < end; channel++)
    {
        sum = biases[channel];
        past = t + 1 + (terms[t] * 4);
        for (t++; t < past; t += 4)
            sum = sum + multiples[terms[t]] + multiples[terms[t + 1]] + multiples[terms[t + 2]] + multiples[terms[t + 3]];
        logits[next++] = sum;
    }
}

/// <summary>Output channels, a multiple of four, of a 3x3 convolution on lanes: four at a time. A pair of inputs has so many bytes of weights: 18, 9 or 5.</summary>
private static void ConvolveFour(
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

/// <summary>Output channels, a multiple of four, of a 3x3 convolution on lanes: four at a time. A pair of inputs has so many bytes of weights: 18, 9 or 5.</summary>
private static void ConvolveFourOf4Bits(
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
                long held = weights[w];
                a0 = (held << 60) >> 60;
                a1 = held >> 4;
                held = weights[w + 1];
                a2 = (held << 60) >> 60;
                a3 = held >> 4;
                held = weights[w + 2];
                a4 = (held << 60) >> 60;
                a5 = held >> 4;
                held = weights[w + 3];
                a6 = (held << 60) >> 60;
                a7 = held >> 4;
                held = weights[w + 4];
                a8 = (held << 60) >> 60;
                a9 = held >> 4;
                held = weights[w + 5];
                a10 = (held << 60) >> 60;
                a11 = held >> 4;
                held = weights[w + 6];
                a12 = (held << 60) >> 60;
                a13 = held >> 4;
                held = weights[w + 7];
                a14 = (held << 60) >> 60;
                a15 = held >> 4;
                held = weights[w + 8];
                a16 = (held << 60) >> 60;
                a17 = held >> 4;
                w += row;
                held = weights[w];
                b0 = (held << 60) >> 60;
                b1 = held >> 4;
                held = weights[w + 1];
                b2 = (held << 60) >> 60;
                b3 = held >> 4;
                held = weights[w + 2];
                b4 = (held << 60) >> 60;
                b5 = held >> 4;
                held = weights[w + 3];
                b6 = (held << 60) >> 60;
                b7 = held >> 4;
                held = weights[w + 4];
                b8 = (held << 60) >> 60;
                b9 = held >> 4;
                held = weights[w + 5];
                b10 = (held << 60) >> 60;
                b11 = held >> 4;
                held = weights[w + 6];
                b12 = (held << 60) >> 60;
                b13 = held >> 4;
                held = weights[w + 7];
                b14 = (held << 60) >> 60;
                b15 = held >> 4;
                held = weights[w + 8];
                b16 = (held << 60) >> 60;
                b17 = held >> 4;
                w += row;
                held = weights[w];
                c0 = (held << 60) >> 60;
                c1 = held >> 4;
                held = weights[w + 1];
                c2 = (held << 60) >> 60;
                c3 = held >> 4;
                held = weights[w + 2];
                c4 = (held << 60) >> 60;
                c5 = held >> 4;
                held = weights[w + 3];
                c6 = (held << 60) >> 60;
                c7 = held >> 4;
                held = weights[w + 4];
                c8 = (held << 60) >> 60;
                c9 = held >> 4;
                held = weights[w + 5];
                c10 = (held << 60) >> 60;
                c11 = held >> 4;
                held = weights[w + 6];
                c12 = (held << 60) >> 60;
                c13 = held >> 4;
                held = weights[w + 7];
                c14 = (held << 60) >> 60;
                c15 = held >> 4;
                held = weights[w + 8];
                c16 = (held << 60) >> 60;
                c17 = held >> 4;
                w += row;
                held = weights[w];
                d0 = (held << 60) >> 60;
                d1 = held >> 4;
                held = weights[w + 1];
                d2 = (held << 60) >> 60;
                d3 = held >> 4;
                held = weights[w + 2];
                d4 = (held << 60) >> 60;
                d5 = held >> 4;
                held = weights[w + 3];
                d6 = (held << 60) >> 60;
                d7 = held >> 4;
                held = weights[w + 4];
                d8 = (held << 60) >> 60;
                d9 = held >> 4;
                held = weights[w + 5];
                d10 = (held << 60) >> 60;
                d11 = held >> 4;
                held = weights[w + 6];
                d12 = (held << 60) >> 60;
                d13 = held >> 4;
                held = weights[w + 7];
                d14 = (held << 60) >> 60;
                d15 = held >> 4;
                held = weights[w + 8];
                d16 = (held << 60) >> 60;
                d17 = held >> 4;
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

/// <summary>Output channels, a multiple of four, of a 3x3 convolution on lanes: four at a time. A pair of inputs has so many bytes of weights: 18, 9 or 5.</summary>
private static void ConvolveFourOf2Bits(
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
                long held = weights[w];
                a0 = (held << 62) >> 62;
                a1 = (held << 60) >> 62;
                a2 = (held << 58) >> 62;
                a3 = held >> 6;
                held = weights[w + 1];
                a4 = (held << 62) >> 62;
                a5 = (held << 60) >> 62;
                a6 = (held << 58) >> 62;
                a7 = held >> 6;
                held = weights[w + 2];
                a8 = (held << 62) >> 62;
                a9 = (held << 60) >> 62;
                a10 = (held << 58) >> 62;
                a11 = held >> 6;
                held = weights[w + 3];
                a12 = (held << 62) >> 62;
                a13 = (held << 60) >> 62;
                a14 = (held << 58) >> 62;
                a15 = held >> 6;
                held = weights[w + 4];
                a16 = (held << 62) >> 62;
                a17 = (held << 60) >> 62;
                w += row;
                held = weights[w];
                b0 = (held << 62) >> 62;
                b1 = (held << 60) >> 62;
                b2 = (held << 58) >> 62;
                b3 = held >> 6;
                held = weights[w + 1];
                b4 = (held << 62) >> 62;
                b5 = (held << 60) >> 62;
                b6 = (held << 58) >> 62;
                b7 = held >> 6;
                held = weights[w + 2];
                b8 = (held << 62) >> 62;
                b9 = (held << 60) >> 62;
                b10 = (held << 58) >> 62;
                b11 = held >> 6;
                held = weights[w + 3];
                b12 = (held << 62) >> 62;
                b13 = (held << 60) >> 62;
                b14 = (held << 58) >> 62;
                b15 = held >> 6;
                held = weights[w + 4];
                b16 = (held << 62) >> 62;
                b17 = (held << 60) >> 62;
                w += row;
                held = weights[w];
                c0 = (held << 62) >> 62;
                c1 = (held << 60) >> 62;
                c2 = (held << 58) >> 62;
                c3 = held >> 6;
                held = weights[w + 1];
                c4 = (held << 62) >> 62;
                c5 = (held << 60) >> 62;
                c6 = (held << 58) >> 62;
                c7 = held >> 6;
                held = weights[w + 2];
                c8 = (held << 62) >> 62;
                c9 = (held << 60) >> 62;
                c10 = (held << 58) >> 62;
                c11 = held >> 6;
                held = weights[w + 3];
                c12 = (held << 62) >> 62;
                c13 = (held << 60) >> 62;
                c14 = (held << 58) >> 62;
                c15 = held >> 6;
                held = weights[w + 4];
                c16 = (held << 62) >> 62;
                c17 = (held << 60) >> 62;
                w += row;
                held = weights[w];
                d0 = (held << 62) >> 62;
                d1 = (held << 60) >> 62;
                d2 = (held << 58) >> 62;
                d3 = held >> 6;
                held = weights[w + 1];
                d4 = (held << 62) >> 62;
                d5 = (held << 60) >> 62;
                d6 = (held << 58) >> 62;
                d7 = held >> 6;
                held = weights[w + 2];
                d8 = (held << 62) >> 62;
                d9 = (held << 60) >> 62;
                d10 = (held << 58) >> 62;
                d11 = held >> 6;
                held = weights[w + 3];
                d12 = (held << 62) >> 62;
                d13 = (held << 60) >> 62;
                d14 = (held << 58) >> 62;
                d15 = held >> 6;
                held = weights[w + 4];
                d16 = (held << 62) >> 62;
                d17 = (held << 60) >> 62;
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

/// <summary>Output channels of a 3x3 convolution on lanes, one at a time: those that four at a time leave.</summary>
private static void ConvolveOne(
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

/// <summary>Output channels of a 3x3 convolution on lanes, one at a time: those that four at a time leave.</summary>
private static void ConvolveOneOf4Bits(
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
                long held = weights[w];
                a0 = (held << 60) >> 60;
                a1 = held >> 4;
                held = weights[w + 1];
                a2 = (held << 60) >> 60;
                a3 = held >> 4;
                held = weights[w + 2];
                a4 = (held << 60) >> 60;
                a5 = held >> 4;
                held = weights[w + 3];
                a6 = (held << 60) >> 60;
                a7 = held >> 4;
                held = weights[w + 4];
                a8 = (held << 60) >> 60;
                a9 = held >> 4;
                held = weights[w + 5];
                a10 = (held << 60) >> 60;
                a11 = held >> 4;
                held = weights[w + 6];
                a12 = (held << 60) >> 60;
                a13 = held >> 4;
                held = weights[w + 7];
                a14 = (held << 60) >> 60;
                a15 = held >> 4;
                held = weights[w + 8];
                a16 = (held << 60) >> 60;
                a17 = held >> 4;
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

/// <summary>Output channels of a 3x3 convolution on lanes, one at a time: those that four at a time leave.</summary>
private static void ConvolveOneOf2Bits(
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
                long held = weights[w];
                a0 = (held << 62) >> 62;
                a1 = (held << 60) >> 62;
                a2 = (held << 58) >> 62;
                a3 = held >> 6;
                held = weights[w + 1];
                a4 = (held << 62) >> 62;
                a5 = (held << 60) >> 62;
                a6 = (held << 58) >> 62;
                a7 = held >> 6;
                held = weights[w + 2];
                a8 = (held << 62) >> 62;
                a9 = (held << 60) >> 62;
                a10 = (held << 58) >> 62;
                a11 = held >> 6;
                held = weights[w + 3];
                a12 = (held << 62) >> 62;
                a13 = (held << 60) >> 62;
                a14 = (held << 58) >> 62;
                a15 = held >> 6;
                held = weights[w + 4];
                a16 = (held << 62) >> 62;
                a17 = (held << 60) >> 62;
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

/// <summary>One channel of a tile: ReLU of each sum, the maximum of each pool and of what the output holds, shifted and at most max.</summary>
private static void PoolSums(
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

/// <summary>The greatest lane of each channel, shifted and at most max, as a code; lanes are 0 or more and use all bits but their highest.</summary>
private static void PoolLanes(
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

/// <summary>Writes channels of lanes, 0 to 255 each, as codes: lane s of a line as its strip s.</summary>
private static void Unpack(
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

/// <summary>Writes channels of six lanes of ten bits, 0 to 255 each, as codes: lane s of a line as its strip s.</summary>
private static void UnpackSix(
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

/// <summary>3x3 convolution padded with code 0, of the rows from first to before end; maximum of each pool, ReLU, shift to codes; group output channels at a time, each in its lane of a long.</summary>
private static void Convolve(
    byte[] shared, int sharedStart, int sharedChannels, byte[] own, int ownStart, int ownChannels, int rows, int first, int end, int columns,
    int poolRows, int poolColumns, sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max,
    byte[] output, int next, long[] lanes, int start, int tile, int group)
{
    // From start: nine packed weights, the best sums of a pool, the sums of a tile.
    long packed;
    int lane;
    int w;
    int bits = 64 / group;
    int inputs = sharedChannels + ownChannels;
    int row = inputs * 9;
    int plane = rows * columns;
    int pools = (end - first) * columns / (poolRows * poolColumns);
    for (int past = channel + channels; channel < past; channel += group)
    {
        if (channel + group > past)
            group = past - channel;
        lanes[start + 9] = 0;
        for (int top = first; top < end; top += tile)
        {
            int bottom = top + tile > end ? end : top + tile;
            packed = 0;
            for (lane = group - 1; lane >= 0; lane--)
                packed = (packed << bits) + biases[channel + lane];
            for (int sum = start + 9 + ((bottom - top) * (columns + 1)); sum > start + 9; sum--)
                lanes[sum] = packed;
            for (int input = 0; input < inputs; input++)
            {
                for (int tap = 0; tap < 9; tap++)
                {
                    packed = 0;
                    w = weight + (group * row) + (input * 9) + tap;
                    for (lane = 0; lane < group; lane++)
                    {
                        w -= row;
                        packed = (packed << bits) + weights[w];
                    }

                    lanes[start + tap] = packed;
                }

                if (input < sharedChannels)
                    AddInput(shared, lanes, sharedStart + (input * plane) + (top * columns), start + 10, start, rows, columns, top, bottom);
                else
                    AddInput(own, lanes, ownStart + ((input - sharedChannels) * plane) + (top * columns), start + 10, start, rows, columns, top, bottom);
            }

            PoolGroup(
                lanes, start + 9, bottom - top, columns, poolRows, poolColumns, pools, bits, group, shifts, channel, max,
                output, next + ((top - first) / poolRows * (columns / poolColumns)));
        }

        weight += group * row;
        next += group * pools;
    }
}

/// <summary>Adds what one input channel gives to the sums of some rows: a code, with those above and below, to its column's and both beside it. A row of sums begins with one that nothing reads.</summary>
private static void AddInput(byte[] codes, long[] lanes, int code, int sum, int weights, int rows, int columns, int top, int bottom)
{
    // The locals that the inner loop uses most come first.
    long over;
    long at;
    long under;
    long left;
    long a0 = lanes[weights];
    long a1 = lanes[weights + 1];
    long a2 = lanes[weights + 2];
    long a3 = lanes[weights + 3];
    long a4 = lanes[weights + 4];
    long a5 = lanes[weights + 5];
    long a6 = lanes[weights + 6];
    long a7 = lanes[weights + 7];
    long a8 = lanes[weights + 8];
    for (int row = top; row < bottom; row++)
    {
        // Above the first row and below the last is nothing: all bits of a mask are 0 there.
        int keep = -row >> 31;
        int above = -columns & keep;
        long keepAbove = keep;
        keep = (row + 1 - rows) >> 31;
        int below = columns & keep;
        long keepBelow = keep;
        left = 0;
        long here = 0;
        for (int end = code + columns; code < end; code++)
        {
            over = keepAbove & codes[code + above];
            at = codes[code];
            under = keepBelow & codes[code + below];
            lanes[sum] = lanes[sum] + left + (over * a2) + (at * a5) + (under * a8);
            left = here + (over * a1) + (at * a4) + (under * a7);
            here = (over * a0) + (at * a3) + (under * a6);
            sum++;
        }

        lanes[sum] = lanes[sum] + left;
        sum++;
    }
}

/// <summary>Codes of a group of output channels: of each pool the greatest sum above 0, shifted and at most max. A pool that is the whole image goes on from tile to tile.</summary>
private static void PoolGroup(
    long[] lanes, int start, int rows, int columns, int poolRows, int poolColumns, int pools, int bits, int group, byte[] shifts, int channel, int max,
    byte[] output, int next)
{
    long value;
    long best;
    int sum;
    int lane;
    int guard = bits - 1;
    long below = (1L << guard) - 1;
    long ones = 0;
    for (lane = 0; lane < group; lane++)
        ones = (ones << bits) + 1;
    long guards = ones << guard;
    for (int top = 0; top < rows; top += poolRows)
    {
        for (int left = 0; left < columns; left += poolColumns)
        {
            best = pools == 1 ? lanes[start] : 0;
            for (int row = top; row < top + poolRows && row < rows; row++)
            {
                sum = start + 2 + (row * (columns + 1)) + left;
                for (int end = sum + poolColumns; sum < end; sum++)
                {
                    // The top lane's guard may be the sign bit. ReLU twice: of the sum, and of what it is over the best.
                    value = unchecked(lanes[sum] + guards);
                    value = unchecked((value & (((value >> guard) & ones) * below)) + guards - best);
                    best += value & (((value >> guard) & ones) * below);
                }
            }

            lanes[start] = best;
            for (lane = 0; lane < group; lane++)
            {
                int code = (int)((best & below) >> shifts[channel + lane]);
                int room = max - code;
                output[next + (lane * pools)] = (byte)(code + (room & (room >> 31)));
                best >>= bits;
            }

            next++;
        }
    }
}

/// <summary>Fully connected layer, ReLU, shift to codes.</summary>
private static void Connect(
    byte[] codes, int sharedStart, int sharedChannels, int ownStart, int ownChannels,
    sbyte[] weights, int weight, int[] biases, byte[] shifts, int channel, int channels, int max, int next)
{
    for (int end = channel + channels; channel < end; channel++)
    {
        int sum = biases[channel]
            + Product(codes, sharedStart, sharedChannels, weights, weight)
            + Product(codes, ownStart, ownChannels, weights, weight + sharedChannels);
        codes[next++] = (byte)Requantise(sum, shifts[channel], max);
        weight += sharedChannels + ownChannels;
    }
}

/// <summary>Raw logits: a fully connected layer without ReLU and shift.</summary>
private static void Classify(
    byte[] codes, int sharedStart, int sharedChannels, int ownStart, int ownChannels,
    sbyte[] weights, int weight, int[] biases, int channel, int classes, int[] logits, int next)
{
    for (int end = channel + classes; channel < end; channel++)
    {
        logits[next++] = biases[channel]
            + Product(codes, sharedStart, sharedChannels, weights, weight)
            + Product(codes, ownStart, ownChannels, weights, weight + sharedChannels);
        weight += sharedChannels + ownChannels;
    }
}

/// <summary>Index of the greatest logit, the first of equals.</summary>
private static int Greatest(int[] logits)
{
    int best = 0;
    for (int i = 1; i < logits.Length; i++)
    {
        if (logits[i] > logits[best])
            best = i;
    }

    return best;
}

/// <summary>Sum of weight times code.</summary>
private static int Product(byte[] codes, int start, int count, sbyte[] weights, int weight)
{
    int sum = 0;
    for (int i = 0; i < count; i++)
        sum += codes[start + i] * weights[weight + i];
    return sum;
}

/// <summary>ReLU, shift and clamp of one accumulator to a code from 0 to max. Rounding is in the accumulator's bias.</summary>
private static int Requantise(int accumulator, int shift, int max)
{
    if (accumulator <= 0)
        return 0;
    int code = accumulator >> shift;
    return code > max ? max : code;
}

/// <summary>So many longs, which lie further behind, move to the front of an image.</summary>
private static void MoveUp(long[] lanes, int start, int by, int count)
{
    global::System.Array.Copy(lanes, start + by, lanes, start, count);
}

/// <summary>Of each channel the greatest of some rows, lane by lane, to where the first of them is. Lanes are 0 or more and use all bits but their highest.</summary>
private static void GreatestRows(long[] lanes, int start, int end, int channels, int laneCount, int bits)
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

/// <summary>No frame has come.</summary>
private static void BeginStream(int[] stream)
{
    stream[0] = 0;
    stream[1] = 0;
    stream[2] = 0;
}

/// <summary>A group was taken: one that is due loses a group's time, or its rows, and the next may be due.</summary>
private static void NextFrames(int[] stream, int first, int period, int slack)
{
    // Layers look at its lowest bits only.
    stream[0] = stream[0] + 1;
    int due = stream[2];
    if (due > 0)
    {
        stream[2] = due - 1;
        if (due == 1)
            stream[3] = stream[3] + 1;
    }

    int taken = stream[1] + 1;
    if (taken == first)
    {
        taken = first - period;
        stream[2] = slack;
    }

    stream[1] = taken;
}

/// <summary>A window has all of its rows, and nobody has decided on it.</summary>
private static bool IsDue(int[] stream)
{
    return stream[2] > 0;
}

/// <summary>It was decided on.</summary>
private static void Decided(int[] stream)
{
    stream[2] = 0;
}

/// <summary>Takes the logits of one more decision. Returns the class that is detected, -1 where none is.</summary>
private static int FindDetection(int[] logits, int[] recent, int[] thresholds, int smoothing, int refractory)
{
    int classes = logits.Length;
    int place = recent[0];
    int oldest = 2 + classes + (place * classes);
    int best = 0;
    int first = int.MinValue;
    int second = int.MinValue;
    for (int i = 0; i < classes; i++)
    {
        int sum = recent[2 + i] + logits[i] - recent[oldest + i];
        recent[2 + i] = sum;
        recent[oldest + i] = logits[i];
        if (sum > first)
        {
            second = first;
            first = sum;
            best = i;
        }
        else if (sum > second)
        {
            second = sum;
        }
    }

    place++;
    recent[0] = place < smoothing ? place : 0;
    int rest = recent[1];
    if (rest > 0)
    {
        recent[1] = rest - 1;
        return -1;
    }

    if (thresholds[best] < 0 || first - second < thresholds[best])
        return -1;
    recent[1] = refractory;
    return best;
}

/// <summary>A push of samples from an element on.</summary>
private static void BeginPush(int[] state, int offset, int count)
{
    state[0] = offset;
    state[1] = count > 0 ? count : 0;
}

/// <summary>A push of so many bytes: of samples in little-endian bytes, several channels in turn, of which the first is heard.</summary>
private static void BeginBytes(int[] state, int offset, int count, int bits, int channels)
{
    // Where the highest byte of the first sample is.
    int bytes = bits >> 3;
    int step = bytes * channels;
    state[0] = offset + bytes - 1;
    state[1] = count > 0 ? (count + step - bytes) / step : 0;
}

/// <summary>
/// Copies samples until the group is whole or none are left; 1 where it is whole.
/// </summary>
private static int TakeShorts(short[] sound, short[] samples, int[] state)
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

/// <summary>The same of bytes: a sample is its two highest bytes; with a gain it is shifted up by so many bits more, and held to 16.</summary>
private static int TakeBytes(byte[] raw, short[] samples, int[] state, int bits, int channels, int gain)
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

/// <summary>
/// Takes samples as bytes until the group is whole or none are left; 1 where it is whole.
/// Where nothing was heard yet, what later groups find as longs of four becomes that here.
/// </summary>
private static int PackShorts(short[] sound, byte[] bytes, long[] samples, int[] state, int kept)
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

/// <summary>The same of bytes: a sample is its two highest; with a gain it is shifted up by so many bits more, and held to 16.</summary>
private static int PackBytes(byte[] raw, byte[] bytes, long[] samples, int[] state, int kept, int bits, int channels, int gain)
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

/// <summary>A sample's two highest bytes, and with a gain what it makes of them, for every sample that there is a place for.</summary>
private static void PackSamples(byte[] raw, byte[] bytes, int next, int step, int at, int end, int bits, int gain)
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

/// <summary>Samples from bytes, four in a long.</summary>
private static void PackLongs(byte[] bytes, long[] samples, int from, int to)
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

/// <summary>A sample's two highest bytes, the first of them at <paramref name="next"/>; with a gain it is shifted up by so many bits more, and held to 16.</summary>
private static int SampleOf(byte[] raw, int next, int bits, int gain)
{
    int value = ((raw[next] << 24) >> 8) + (raw[next - 1] << 8);
    if (bits > 16)
        value += raw[next - 2];
    value >>= 8 - gain;
    if (value > 32767)
        return 32767;
    return value < -32768 ? -32768 : value;
}

/// <summary>So many samples were taken; 1 where the group is whole.</summary>
private static int Taken(int[] state, int samples, int elements, int whole)
{
    int filled = state[2] + samples;
    state[0] = state[0] + elements;
    state[1] = state[1] - samples;
    state[2] = filled;
    return filled < whole ? 0 : 1;
}

/// <summary>A group was heard: two rows more, and what the next group has in common with it moves to the front.</summary>
private static void NextGroup(short[] samples, int[] state, int step)
{
    int kept = samples.Length - step;
    global::System.Array.Copy(samples, step, samples, 0, kept);
    state[2] = kept;
    state[3] = state[3] + 2;
}

/// <summary>A group was heard, and four samples lie in a long: two rows more, and what the next group has in common with it moves to the front.</summary>
private static void NextPacked(long[] samples, int[] state, int step, int kept)
{
    global::System.Array.Copy(samples, step >> 2, samples, 0, kept >> 2);
    state[2] = kept;
    state[3] = state[3] + 2;
}

/// <summary>The two rows of a group join the window.</summary>
private static void KeepRows(byte[] rows, byte[] codes, int[] state)
{
    global::System.Array.Copy(rows, 0, codes, state[3] * (rows.Length >> 1), rows.Length);
}

/// <summary>A window was decided on: what the next one has in common with it moves to the front.</summary>
private static void NextWindow(byte[] codes, int[] state, int hop, int bands)
{
    int rows = state[3];
    if (hop > rows)
        hop = rows;
    global::System.Array.Copy(codes, hop * bands, codes, 0, codes.Length - (hop * bands));
    state[3] = rows - hop;
}

/// <summary>Samples that may come before the window after this one has to be decided on, none of them dropped.</summary>
private static int RoomOf(int[] state, int frames, int step, int whole)
{
    return ((frames - state[3]) / 2 * step) + whole - state[2];
}

/// <summary>The window has all of its rows.</summary>
private static bool IsWhole(int[] state, int frames)
{
    return state[3] == frames;
}

/// <summary>Nothing was heard yet.</summary>
private static void Forget(int[] state)
{
    state[2] = 0;
    state[3] = 0;
}

/// <summary>The block shift that the points looked at need: bit 1 + n is set in a half where a point of it needs n bits.</summary>
private static int FirstShift(long seen)
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

/// <summary>Of two entries of the table of which one at least is none of a small sum, those of large sums in their place.</summary>
private static long LoudEntries(long entries)
{
    if ((entries & 0x7FFF00007FFF0000L) != 0)
        entries = HeldSums(entries, 65535);
    long large = ((entries + 0x7FFFF0007FFFF000L) >> 31) & 0x100000001L;
    return (((((entries >> 6) & 0x1FFFFFF01FFFFFFL) + 0x100000001000L) ^ entries) & ((large << 32) - large)) ^ entries;
}

/// <summary>Two sums, neither above the highest.</summary>
private static long HeldSums(long sums, int highest)
{
    int first = (int)sums;
    int second = (int)(sums >> 32);
    if (first > highest)
        first = highest;
    if (second > highest)
        second = highest;
    return ((long)second << 32) + first;
}
}
