using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Model;

/// <summary>Decides which adapter channels exist at run time. Shared channels always do: no adapter's gate removes them.</summary>
internal static class ChannelPruning
{
    /// <summary>
    /// One flag per layer and channel: the gate is open, and some kept channel above (or the head) has a weight other than 0 on it.
    /// A channel that nothing reads adds exactly 0 to every logit, so dropping it changes no result.
    /// </summary>
    public static bool[][] KeptChannels(TaskArtifact task)
    {
        var kept = new bool[task.Layers.Count][];
        for (int i = task.Layers.Count - 1; i >= 0; i--)
        {
            bool top = i == task.Layers.Count - 1;
            int sharedInputs = top ? task.Head.SharedInputs : task.Layers[i + 1].SharedInputs;
            LayerOperator reader = top ? LayerOperators.Dense : task.Layers[i + 1].Operator;
            ValueArray<sbyte>[] readers = top
                ? task.Head.Classes.Select(c => c.Weights).ToArray()
                : task.Layers[i + 1].Channels.Where((_, c) => kept[i + 1][c]).Select(c => c.Weights).ToArray();
            kept[i] = task.Layers[i].Gates
                .Select((open, c) => open && readers.Any(weights => Reads(weights, reader.Weights(sharedInputs + c), reader.Taps)))
                .ToArray();
        }

        return kept;
    }

    private static bool Reads(ValueArray<sbyte> weights, int first, int taps)
    {
        for (int tap = first; tap < first + taps; tap++)
        {
            if (weights[tap] != 0)
                return true;
        }

        return false;
    }
}
