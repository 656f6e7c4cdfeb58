using System;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;

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
    /// <exception cref="OverflowException">An accumulator left Int32: the network was not proven (<see cref="RangeViolations"/>).</exception>
    public static Inference Run(Network network, byte[] codes, int tasks = -1)
    {
        // Whole windows are what a stream is held to.
        if (network.Streaming is { } streaming)
            return Run(streaming.Windows, codes, tasks);
        if (codes.Length != network.Input.Frames * network.Input.Bands)
            throw new ArgumentException($"{codes.Length} codes given, the input has {network.Input.Frames} x {network.Input.Bands}.", nameof(codes));
        if (codes.Max() > network.Input.CodeMax)
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
        .Select(channel => layer.Operator.Accumulate(layer.Input, channel.Bias, channel.Weights, inputs)
            .Select(accumulator => FixedPointPrimitives.Requantise(accumulator, channel.Shift, block.ActivationMax))
            .ToArray())
        .ToArray();

    private static int[] Logits(NetworkTask task, int[][] inputs) => task.Classes.Select(c => LayerOperators.Dense.Accumulate(new ImageShape(1, 1), c.Bias, c.Weights, inputs)[0]).ToArray();
}
