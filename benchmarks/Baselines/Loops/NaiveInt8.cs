namespace AdapterCompiler.Benchmarks.Baselines
{
    /// <summary>What a beginner writes, with bytes: seven nested loops, the image's borders tested inside them.</summary>
    public static class NaiveInt8
    {
        /// <summary>3x3 convolution with zero padding, maximum of each pool, ReLU, shift to codes.</summary>
        /// <param name="input">Channels x rows x columns.</param>
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
            byte[] input, int inputs, int rows, int columns, int poolRows, int poolColumns,
            sbyte[] weights, int[] biases, byte[] shifts, int max, byte[] output)
        {
            for (int o = 0; o < biases.Length; o++)
            {
                for (int pooledRow = 0; pooledRow < rows / poolRows; pooledRow++)
                {
                    for (int pooledColumn = 0; pooledColumn < columns / poolColumns; pooledColumn++)
                    {
                        int best = 0;
                        for (int y = pooledRow * poolRows; y < (pooledRow + 1) * poolRows; y++)
                        {
                            for (int x = pooledColumn * poolColumns; x < (pooledColumn + 1) * poolColumns; x++)
                            {
                                int sum = biases[o];
                                for (int i = 0; i < inputs; i++)
                                {
                                    for (int ky = 0; ky < 3; ky++)
                                    {
                                        int row = y + ky - 1;
                                        if (row < 0 || row >= rows)
                                            continue;
                                        int line = ((i * rows) + row) * columns, taps = ((((o * inputs) + i) * 3) + ky) * 3;
                                        for (int kx = 0; kx < 3; kx++)
                                        {
                                            int column = x + kx - 1;
                                            if (column >= 0 && column < columns)
                                                sum += input[line + column] * weights[taps + kx];
                                        }
                                    }
                                }

                                if (sum > best)
                                    best = sum;
                            }
                        }

                        int code = best >> shifts[o];
                        output[(((o * (rows / poolRows)) + pooledRow) * (columns / poolColumns)) + pooledColumn] = (byte)(code > max ? max : code);
                    }
                }
            }
        }
    }
}
