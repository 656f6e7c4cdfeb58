namespace AdapterCompiler.Benchmarks.Baselines
{
    /// <summary>Written for speed: a padded copy of the input, so that no border is tested, indices hoisted, the nine taps written out.</summary>
    public static class FlatInt8
    {
        /// <summary>3x3 convolution with zero padding, maximum of each pool, ReLU, shift to codes.</summary>
        /// <param name="input">Channels x rows x columns.</param>
        /// <param name="padded">Room for the copy: channels x (rows + 2) x (columns + 2).</param>
        /// <param name="inputs">Channels read.</param>
        /// <param name="rows">Rows of the input.</param>
        /// <param name="columns">Columns of the input.</param>
        /// <param name="poolRows">Rows of a pool.</param>
        /// <param name="poolColumns">Columns of a pool.</param>
        /// <param name="weights">Nine taps for each output channel and input channel.</param>
        /// <param name="biases">One for each output channel.</param>
        /// <param name="shifts">One for each output channel.</param>
        /// <param name="max">Largest code.</param>
        /// <param name="output">Channels x pooled rows x pooled columns.</param>
        public static void Convolve(
            byte[] input, byte[] padded, int inputs, int rows, int columns, int poolRows, int poolColumns,
            sbyte[] weights, int[] biases, byte[] shifts, int max, byte[] output)
        {
            Pad(input, padded, inputs, rows, columns);
            int stride = columns + 2, plane = (rows + 2) * stride, taps = inputs * 9, next = 0;
            for (int o = 0; o < biases.Length; o++)
            {
                int bias = biases[o], first = o * taps, end = first + taps;
                for (int top = 0; top < rows; top += poolRows)
                {
                    for (int left = 0; left < columns; left += poolColumns)
                    {
                        int best = 0;
                        for (int y = top; y < top + poolRows; y++)
                        {
                            for (int x = left; x < left + poolColumns; x++)
                            {
                                int sum = bias, above = (y * stride) + x;
                                for (int w = first; w < end; w += 9)
                                {
                                    int here = above + stride, under = here + stride;
                                    sum += (padded[above] * weights[w]) + (padded[above + 1] * weights[w + 1]) + (padded[above + 2] * weights[w + 2])
                                        + (padded[here] * weights[w + 3]) + (padded[here + 1] * weights[w + 4]) + (padded[here + 2] * weights[w + 5])
                                        + (padded[under] * weights[w + 6]) + (padded[under + 1] * weights[w + 7]) + (padded[under + 2] * weights[w + 8]);
                                    above += plane;
                                }

                                if (sum > best)
                                    best = sum;
                            }
                        }

                        int code = best >> shifts[o];
                        output[next++] = (byte)(code > max ? max : code);
                    }
                }
            }
        }

        private static void Pad(byte[] input, byte[] padded, int inputs, int rows, int columns)
        {
            int from = 0, to = 0;
            for (int i = 0; i < inputs; i++)
            {
                for (int x = 0; x < columns + 2; x++)
                    padded[to++] = 0;
                for (int y = 0; y < rows; y++)
                {
                    padded[to++] = 0;
                    for (int x = 0; x < columns; x++)
                        padded[to++] = input[from++];
                    padded[to++] = 0;
                }

                for (int x = 0; x < columns + 2; x++)
                    padded[to++] = 0;
            }
        }
    }
}
