using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>Chooses format and shapes. A layer's cost and size depend on its own shape only, so all choices are weighed exactly.</summary>
public static class LanePlanner
{
    /// <summary>The fastest encoder whose methods keep to a number of IL bytes, in the format with the most lanes that is proven.</summary>
    /// <param name="network">What to compute.</param>
    /// <param name="mostIlBytes">Budget of all methods together.</param>
    /// <returns>Null where no format is proven, or nothing is small enough.</returns>
    public static LaneEncoder? Plan(Network network, int mostIlBytes)
    {
        int layers = network.Layers.Count(layer => layer.Kind != LayerKind.Dense);
        return LaneFormat.All.Select(format => Plan(network, format, layers, mostIlBytes)).FirstOrDefault(encoder => encoder is not null);
    }

    private static LaneEncoder? Plan(Network network, LaneFormat format, int layers, int mostIlBytes)
    {
        LaneEncoder?[] uniform = new[] { LaneShape.Unrolled, LaneShape.Single }
            .Select(shape => LaneEncoder.Lower(network, format, Enumerable.Repeat(shape, layers).ToArray()))
            .ToArray();
        return Choices(layers)
            .Select(shapes => (Shapes: shapes, Load: Load(shapes, uniform)))
            .Where(choice => choice.Load is { } load && load.IlBytes <= mostIlBytes)
            .OrderBy(choice => choice.Load!.WeightedCost)
            .Select(choice => LaneEncoder.Lower(network, format, choice.Shapes))
            .FirstOrDefault(encoder => encoder is not null && encoder.IlBytes <= mostIlBytes);
    }

    private static IEnumerable<LaneShape[]> Choices(int layers) =>
        Enumerable.Range(0, 1 << layers).Select(bits => Enumerable.Range(0, layers).Select(i => (LaneShape)((bits >> i) & 1)).ToArray());

    private static LayerLoad? Load(LaneShape[] shapes, LaneEncoder?[] uniform)
    {
        long cost = 0, bytes = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            // Where one shape is impossible in some layer, a choice is weighed by the other's figures and lowered to see.
            LaneEncoder? encoder = uniform[(int)shapes[i]] ?? uniform[1 - (int)shapes[i]];
            if (encoder is null)
                return null;
            cost += encoder.Layers[i].SelectMany(block => block.Methods).Sum(method => method.Figures.WeightedCost);
            bytes += encoder.Layers[i].SelectMany(block => block.Methods).Sum(method => method.Figures.Bytes);
        }

        return new LayerLoad(cost, bytes);
    }

    private sealed record LayerLoad(long WeightedCost, long IlBytes);
}
