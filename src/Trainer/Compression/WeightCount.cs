using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>Counts a model's weights: those between open channels, all tasks asked for.</summary>
internal static class WeightCount
{
    /// <summary>All weights, and those that are 0.</summary>
    public static (long All, long Zeros) Of(ModelArtifact model)
    {
        long all = 0, zeros = 0;
        foreach (sbyte weight in Weights(model))
        {
            all++;
            zeros += weight == 0 ? 1 : 0;
        }

        return (all, zeros);
    }

    private static IEnumerable<sbyte> Weights(ModelArtifact model) => model.Shared.SelectMany(layer => layer.Channels).SelectMany(channel => channel.Weights).Concat(model.Tasks.SelectMany(Weights));

    private static IEnumerable<sbyte> Weights(TaskArtifact task)
    {
        for (int i = 0; i < task.Layers.Count; i++)
        {
            LayerArtifact layer = task.Layers[i];
            int taps = layer.Operator.Weights(1);
            foreach (ChannelArtifact channel in layer.Channels.Where((_, o) => layer.Gates[o]))
            {
                foreach (sbyte weight in channel.Weights.Where((_, j) => IsOpen(task, i, layer.SharedInputs, j / taps)))
                    yield return weight;
            }
        }

        foreach (HeadClassArtifact each in task.Head.Classes)
        {
            foreach (sbyte weight in each.Weights.Where((_, j) => IsOpen(task, task.Layers.Count, task.Head.SharedInputs, j)))
                yield return weight;
        }
    }

    private static bool IsOpen(TaskArtifact task, int above, int shared, int input) => input < shared || task.Layers[above - 1].Gates[input - shared];
}
