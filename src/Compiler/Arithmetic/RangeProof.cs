using System;
using System.Collections.Generic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;

namespace AdapterCompiler.Arithmetic;

/// <summary>The least and the greatest value that an accumulator can hold, over every possible input code.</summary>
/// <param name="Low">bias + sum of the negative weights at the largest code.</param>
/// <param name="High">bias + sum of the positive weights at the largest code.</param>
public readonly record struct AccumulatorRange(long Low, long High)
{
    /// <summary>Nothing wraps in 32 bits, in whatever order the terms are added: every partial sum lies in the range too.</summary>
    public bool FitsInt32 => Low >= int.MinValue && High <= int.MaxValue;
}

/// <summary>An accumulator that may wrap.</summary>
/// <param name="Task">Name of the adapter's task; null in the shared encoder.</param>
/// <param name="Layer">Layer from 1; one past the last layer for a head.</param>
/// <param name="Number">Channel or class in the model file, from 1.</param>
/// <param name="Range">What it may hold.</param>
public sealed record RangeViolation(string? Task, int Layer, int Number, AccumulatorRange Range);

/// <summary>Exact worst cases of every accumulator, from the actual weights.</summary>
public static class RangeProof
{
    /// <summary>Range of one accumulator.</summary>
    /// <param name="bias">Start value.</param>
    /// <param name="weights">Shared inputs' weights, then own inputs'.</param>
    /// <param name="sharedWeights">How many of them belong to shared inputs.</param>
    /// <param name="sharedMax">Largest code of a shared input.</param>
    /// <param name="ownMax">Largest code of an own input.</param>
    public static AccumulatorRange Of(long bias, ValueArray<sbyte> weights, int sharedWeights, int sharedMax, int ownMax)
    {
        long low = bias, high = bias;
        for (int i = 0; i < weights.Count; i++)
        {
            int extreme = weights[i] * (i < sharedWeights ? sharedMax : ownMax);
            low += Math.Min(0, extreme);
            high += Math.Max(0, extreme);
        }

        return new AccumulatorRange(low, high);
    }

    /// <summary>Every accumulator of the network that does not fit Int32.</summary>
    public static IEnumerable<RangeViolation> Violations(Network network)
    {
        int sharedMax = (1 << network.Input.Bits) - 1;
        foreach (Layer layer in network.Layers)
        {
            foreach (RangeViolation violation in InBlock(layer, layer.Shared, null, sharedMax, 0))
                yield return violation;
            for (int k = 0; k < network.Tasks.Count; k++)
            {
                int ownMax = layer.Index == 1 ? 0 : network.Layers[layer.Index - 2].Adapters[k].ActivationMax;
                foreach (RangeViolation violation in InBlock(layer, layer.Adapters[k], network.Tasks[k].Name, sharedMax, ownMax))
                    yield return violation;
            }

            sharedMax = layer.Shared.ActivationMax;
        }

        for (int k = 0; k < network.Tasks.Count; k++)
        {
            NetworkTask task = network.Tasks[k];
            int ownMax = network.Layers[network.Layers.Count - 1].Adapters[k].ActivationMax;
            for (int c = 0; c < task.Classes.Count; c++)
            {
                AccumulatorRange range = Of(task.Classes[c].Bias, task.Classes[c].Weights, task.SharedInputs, sharedMax, ownMax);
                if (!range.FitsInt32)
                    yield return new RangeViolation(task.Name, network.Layers.Count + 1, c + 1, range);
            }
        }
    }

    private static IEnumerable<RangeViolation> InBlock(Layer layer, Block block, string? task, int sharedMax, int ownMax)
    {
        int taps = layer.Kind == LayerKind.Dense ? 1 : 9;
        foreach (Channel channel in block.Channels)
        {
            AccumulatorRange range = Of(channel.Bias, channel.Weights, block.SharedInputs * taps, sharedMax, ownMax);
            if (!range.FitsInt32)
                yield return new RangeViolation(task, layer.Index, channel.Number, range);
        }
    }
}
