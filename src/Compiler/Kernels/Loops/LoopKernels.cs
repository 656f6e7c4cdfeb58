using static AdapterCompiler.Arithmetic.FixedPointPrimitives;

namespace AdapterCompiler.Kernels.Loops;

/// <summary>
/// The compact kernels: loops over arrays, weights and biases in tables. The marked methods are compiled here, where tests call them,
/// and copied verbatim into generated code, so they keep to the device's subset of C#: int, long and arrays, no unsigned types, no allocation.
/// Images are [channel][row][column], a byte a code; tables run channel by channel, inputs in order, taps row-major.
/// </summary>
/// <remarks>
/// A convolution keeps the nine weights of one input channel in locals while rows of the image pass. A weight is that of several output channels:
/// one in each lane of a long, of 64 / group bits, so that one multiplication serves all of them. Two channels of 32 bits are always possible.
/// </remarks>
public static class LoopKernels
{
    // <copied Convolve>
    /// <summary>3x3 convolution padded with code 0, of the rows from first to before end; maximum of each pool, ReLU, shift to codes; group output channels at a time, each in its lane of a long.</summary>
    public static void Convolve(
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
    public static void AddInput(byte[] codes, long[] lanes, int code, int sum, int weights, int rows, int columns, int top, int bottom)
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
    public static void PoolGroup(
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
    // </copied>

    // <copied Connect>
    /// <summary>Fully connected layer, ReLU, shift to codes.</summary>
    public static void Connect(
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
    // </copied>

    // <copied Classify>
    /// <summary>Raw logits: a fully connected layer without ReLU and shift.</summary>
    public static void Classify(
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
    // </copied>

    // <copied Product>
    /// <summary>Sum of weight times code.</summary>
    public static int Product(byte[] codes, int start, int count, sbyte[] weights, int weight)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += codes[start + i] * weights[weight + i];
        return sum;
    }
    // </copied>
}
