using System;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;

namespace AdapterCompiler.Interpreter;

/// <summary>
/// Runs a network in the plainest integer loops there are. It is the oracle: trainer, kernels and generated code must give
/// its integers, bit for bit.
/// </summary>
public static class FixedPointInterpreter
{
    /// <summary>Runs the network on one slice.</summary>
    /// <param name="network">What to run.</param>
    /// <param name="codes">Frames x bands codes, row-major, each 0 … 2^bits - 1.</param>
    /// <param name="tasks">Bit k asks for task k of <see cref="Network.Tasks"/>.</param>
    /// <returns>Every intermediate buffer and the logits of the tasks asked for.</returns>
    /// <exception cref="ArgumentException">Not frames x bands codes, or a code is too large.</exception>
    /// <exception cref="OverflowException">An accumulator left Int32: the network was not proven (<see cref="RangeProof"/>).</exception>
    public static Inference Run(Network network, byte[] codes, int tasks = -1)
    {
        if (codes.Length != network.Input.Frames * network.Input.Bands)
            throw new ArgumentException($"{codes.Length} codes given, the input has {network.Input.Frames} x {network.Input.Bands}.", nameof(codes));
        if (codes.Max() >= 1 << network.Input.Bits)
            throw new ArgumentException($"code {codes.Max()} given, the input has {network.Input.Bits} bits.", nameof(codes));

        int[][] shared = [codes.Select(code => (int)code).ToArray()];
        int[][][] adapters = network.Tasks.Select(_ => Array.Empty<int[]>()).ToArray();
        var trace = new LayerActivations[network.Layers.Count];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            adapters = adapters
                .Select((own, k) => (tasks >> k & 1) != 0 ? RunBlock(layer, layer.Adapters[k], shared.Concat(own).ToArray()) : [])
                .ToArray();
            shared = RunBlock(layer, layer.Shared, shared);
            trace[i] = new LayerActivations(shared, adapters);
        }

        int[][] logits = network.Tasks
            .Select((task, k) => (tasks >> k & 1) != 0 ? Logits(task, shared.Concat(adapters[k]).ToArray()) : [])
            .ToArray();
        return new Inference(trace, logits);
    }

    private static int[][] RunBlock(Layer layer, Block block, int[][] inputs) => block.Channels
        .Select(channel => layer.Kind switch
        {
            LayerKind.Convolution => Pool(Convolve(layer, channel, inputs), layer, 2, 2),
            LayerKind.GlobalConvolution => Pool(Convolve(layer, channel, inputs), layer, layer.InputRows, layer.InputColumns),
            _ => [Sum(channel.Bias, channel.Weights, inputs)],
        })
        .Zip(block.Channels, (accumulators, channel) => accumulators
            .Select(accumulator => FixedPointPrimitives.Requantise(accumulator, channel.Shift, block.ActivationMax))
            .ToArray())
        .ToArray();

    private static int[] Convolve(Layer layer, Channel channel, int[][] inputs)
    {
        sbyte[] weights = channel.Weights.ToArray();
        int rows = layer.InputRows, columns = layer.InputColumns;
        var accumulators = new int[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                long sum = channel.Bias;
                for (int input = 0; input < inputs.Length; input++)
                {
                    for (int tap = 0; tap < 9; tap++)
                    {
                        int y = row + (tap / 3) - 1, x = column + (tap % 3) - 1;
                        if (y >= 0 && y < rows && x >= 0 && x < columns)
                            sum += weights[(input * 9) + tap] * inputs[input][(y * columns) + x];
                    }
                }

                accumulators[(row * columns) + column] = checked((int)sum);
            }
        }

        return accumulators;
    }

    private static int[] Pool(int[] image, Layer layer, int height, int width)
    {
        int rows = layer.InputRows / height, columns = layer.InputColumns / width;
        var pooled = new int[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int best = int.MinValue;
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                        best = Math.Max(best, image[(((row * height) + y) * layer.InputColumns) + (column * width) + x]);
                }

                pooled[(row * columns) + column] = best;
            }
        }

        return pooled;
    }

    private static int[] Logits(NetworkTask task, int[][] inputs) => task.Classes.Select(c => Sum(c.Bias, c.Weights, inputs)).ToArray();

    private static int Sum(long bias, ValueArray<sbyte> weights, int[][] inputs) =>
        checked((int)(bias + weights.Select((weight, i) => (long)weight * inputs[i][0]).Sum()));
}
