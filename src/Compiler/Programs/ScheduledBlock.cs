using System.Collections.Generic;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>A block that has channels, in the order of execution.</summary>
internal sealed record ScheduledBlock(Layer Layer, int? Task, Block Block)
{
    public static IEnumerable<ScheduledBlock> Of(Network network)
    {
        foreach (Layer layer in network.Layers)
        {
            yield return new ScheduledBlock(layer, null, layer.Shared);
            for (int k = 0; k < network.Tasks.Count; k++)
            {
                if (layer.Adapters[k].Channels.Count > 0)
                    yield return new ScheduledBlock(layer, k, layer.Adapters[k]);
            }
        }
    }
}
