using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>What an adapter's channels are charged for.</summary>
public enum CostMeasure
{
    /// <summary>Weights, in thousands: flash and RAM.</summary>
    Parameters,

    /// <summary>Operations, two per weight and position, in millions: time and battery.</summary>
    Flops,

    /// <summary>Weighted instructions of the generated code, in millions: a device's own time (<see cref="DeviceCost"/>).</summary>
    Device,
}

/// <summary>What a task is charged for.</summary>
/// <param name="Pair">eta: per layer, for each of its channels and each channel that it reads.</param>
/// <param name="Channel">Per layer, for each of its channels, whatever it reads: pooling, ReLU, shift and clamp.</param>
/// <param name="Class">For each class and each channel that the head reads.</param>
internal sealed record CostPrices(double[] Pair, double[] Channel, double Class);

/// <summary>The cost of a task (paper, equations 1 and 6), its head included, the shared encoder not.</summary>
public static class AdapterCost
{
    private const double Thousand = 1e3, Million = 1e6;

    /// <summary>C_k = sum over layers of eta[i] * n[i] * (C[0,i-1] + n[i-1]), and the head's share. A device charges a channel for itself too.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="prices">What is counted.</param>
    /// <param name="classes">Classes of the task.</param>
    /// <param name="open">n: per layer the sum of gate values, a scalar that may carry gradients. Empty without adapters.</param>
    internal static Tensor Of(NetworkShape shape, CostPrices prices, int classes, IReadOnlyList<Tensor> open)
    {
        Tensor cost = zeros(1).squeeze();
        for (int i = 1; i <= open.Count; i++)
        {
            cost += prices.Pair[i - 1] * open[i - 1] * (i == 1 ? shape.Shared(0) : shape.Shared(i - 1) + open[i - 2]);
            if (prices.Channel[i - 1] != 0)
                cost += prices.Channel[i - 1] * open[i - 1];
        }

        return cost + (prices.Class * classes * (open.Count == 0 ? shape.Shared(shape.Layers) : shape.Shared(shape.Layers) + open[^1]));
    }

    /// <summary>The same by a measure.</summary>
    public static Tensor Of(NetworkShape shape, CostMeasure measure, int classes, IReadOnlyList<Tensor> open) => Of(shape, Prices(shape, measure), classes, open);

    /// <summary>What a measure charges in a network; a device's is found by compiling, which takes seconds.</summary>
    internal static CostPrices Prices(NetworkShape shape, CostMeasure measure) => measure == CostMeasure.Device
        ? DeviceCost.Prices(shape)
        : new CostPrices(
            [.. Enumerable.Range(1, shape.Layers).Select(layer => Eta(shape, measure, layer))], new double[shape.Layers], measure == CostMeasure.Parameters ? 1 / Thousand : 2 / Million);

    /// <summary>The same of gates that are open or closed.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="measure">What is counted.</param>
    /// <param name="classes">Classes of the task.</param>
    /// <param name="open">Open channels of each layer. Empty without adapters.</param>
    public static double Of(NetworkShape shape, CostMeasure measure, int classes, IReadOnlyList<int> open)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        return Of(shape, measure, classes, [.. open.Select(count => tensor((double)count))]).to_type(ScalarType.Float64).item<double>();
    }

    /// <summary>eta[i]: the cost of one pair of channels, in parameters or operations.</summary>
    public static double Eta(NetworkShape shape, CostMeasure measure, int layer) => measure == CostMeasure.Parameters
        ? shape.Operator(layer).Taps / Thousand
        : 2.0 * shape.Operator(layer).MultiplyAccumulates(shape.Image(layer), pairs: 1) / Million;

    /// <summary>Operations of the shared encoder, in millions.</summary>
    public static double SharedFlops(NetworkShape shape) =>
        Enumerable.Range(1, shape.Layers).Sum(layer => Eta(shape, CostMeasure.Flops, layer) * shape.Shared(layer) * shape.Shared(layer - 1));

    /// <summary>Weights of the shared encoder's convolutions and of its embedding, biases and norms not counted.</summary>
    public static (int Convolutions, int Embedding) SharedWeights(NetworkShape shape)
    {
        int convolutions = 0, embedding = 0;
        for (int i = 1; i <= shape.Layers; i++)
        {
            int weights = shape.Operator(i).Weights(shape.Shared(i - 1)) * shape.Shared(i);
            if (shape.Operator(i).ReadsImage)
                convolutions += weights;
            else
                embedding += weights;
        }

        return (convolutions, embedding);
    }
}
