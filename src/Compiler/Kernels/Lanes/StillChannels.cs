using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// Channels without weights: one code everywhere, which stays because borders read padding in its place (<see cref="ConstantFolding"/>). Nothing is summed up of them, their code is
/// stored as it is. A method of such channels alone computes them like others: it would have variables that nothing reads.
/// </summary>
internal static class StillChannels
{
    /// <summary>A method of these channels stores codes of some.</summary>
    public static bool AreStored(LaneLayer layer, IEnumerable<ChannelSpan> spans) =>
        !layer.IsGlobal && spans.Any(span => Enumerable.Range(span.First, span.Count).Any(channel => !IsStill(span.Block.Block.Channels[channel])));

    /// <summary>The channel has no weight that is not 0.</summary>
    public static bool IsStill(Channel channel) => channel.Weights.All(weight => weight == 0);

    /// <summary>Its code in every lane.</summary>
    public static long Code(LaneLayer layer, LaneBlock block, int channel)
    {
        Channel still = block.Block.Channels[channel];
        return layer.Format.Repeat(FixedPointPrimitives.Requantise(checked((int)still.Bias), still.Shift, block.Block.ActivationMax));
    }
}
