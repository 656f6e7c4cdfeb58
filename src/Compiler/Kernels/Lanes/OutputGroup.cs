using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>How many output channels of a convolution one long holds the sums of, each in a lane of its own: signed, so that a lane may borrow from the one above.</summary>
internal static class OutputGroup
{
    /// <summary>The most that every channel's sum is proven for; two always, since every sum fits 32 bits.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">A convolution of it.</param>
    /// <param name="task">Index of the block's task; null for the shared encoder.</param>
    /// <param name="block">The block, or some of its channels.</param>
    public static int Of(Network network, Layer layer, int? task, Block block)
    {
        InputMaxima maxima = network.MaximaOf(layer, task);
        AccumulatorRange[] ranges = [.. block.Channels.Select(channel => layer.Operator.Range(channel.Bias, channel.Weights, block.SharedInputs, maxima))];
        return Fits(4) ? 4 : Fits(3) ? 3 : 2;

        bool Fits(int lanes)
        {
            long half = 1L << ((64 / lanes) - 1);
            return ranges.All(range => range.Low >= -half && range.High < half);
        }
    }
}
