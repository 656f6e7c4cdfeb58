using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Streams;

/// <summary>Predicted cost of what stands around the layers of a stream.</summary>
internal static class StreamCost
{
    /// <summary>Weighted instructions for a decision, besides layers and heads: taking the frames since the one before, and Run.</summary>
    /// <param name="network">The network, streaming.</param>
    /// <param name="code">Of layers and heads.</param>
    public static long OfDecision(Network network, IReadOnlyList<LayerCode> code)
    {
        MethodFigures[] faces = [.. StreamFace.Methods(network, code).Where(method => method.Name is StreamFace.Take or StreamFace.Decide && method.Parameters.Count == (method.Name == StreamFace.Take ? 2 : 1)).Select(IlAssembler.Assemble)];
        long[] costs = [.. faces.Select(figures => figures.CallCost + figures.Costs.Sum(cost => cost.Weighted))];
        return (network.Streaming!.Period * (costs[0] + Of("NextFrames"))) + costs[1] + Of("IsDue") + Of("Decided");
    }

    private static long Of(string section) => CopiedSections.Section(section).CallCost + CopiedSections.Section(section).Methods[0].Costs.Sum();
}
