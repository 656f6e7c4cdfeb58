using System.Collections.Generic;
using AdapterCompiler.Arithmetic;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Model;

/// <summary>An accumulator that may wrap.</summary>
/// <param name="Task">Name of the adapter's task; null in the shared encoder.</param>
/// <param name="Layer">Layer from 1; one past the last layer for a head.</param>
/// <param name="Number">Channel or class in the model file, from 1.</param>
/// <param name="Range">What it may hold.</param>
public sealed record RangeViolation(string? Task, int Layer, int Number, AccumulatorRange Range);

/// <summary>The proof that comes before everything else: that no accumulator of a network can leave 32 bits.</summary>
public static class RangeViolations
{
    /// <summary>Every accumulator of the network that does not fit Int32.</summary>
    public static IEnumerable<RangeViolation> Of(Network network)
    {
        foreach (Layer layer in network.Layers)
        {
            foreach ((int? task, Block block) in layer.Blocks)
            {
                InputMaxima maxima = network.MaximaOf(layer, task);
                foreach (Channel channel in block.Channels)
                {
                    AccumulatorRange range = layer.Operator.Range(channel.Bias, channel.Weights, block.SharedInputs, maxima);
                    if (!range.FitsInt32)
                        yield return new RangeViolation(task is { } adapter ? network.Tasks[adapter].Name : null, layer.Index, channel.Number, range);
                }
            }
        }

        for (int k = 0; k < network.Tasks.Count; k++)
        {
            NetworkTask task = network.Tasks[k];
            for (int c = 0; c < task.Classes.Count; c++)
            {
                AccumulatorRange range = LayerOperators.Dense.Range(task.Classes[c].Bias, task.Classes[c].Weights, task.SharedInputs, network.HeadMaximaOf(k));
                if (!range.FitsInt32)
                    yield return new RangeViolation(task.Name, network.Layers.Count + 1, c + 1, range);
            }
        }
    }
}
