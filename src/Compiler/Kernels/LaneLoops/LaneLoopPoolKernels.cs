namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>The maximum of pools, with which lane loops end.</summary>
public static class LaneLoopPoolKernels
{
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
