using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>
/// The convolutions that <see cref="MultiTaskNetwork"/> asks of Torch: what is checked before training. A first layer that is padded and pooled has a kernel of its own
/// (<see cref="Kernels.FirstLayer"/>) and is none of them; oneDNN may get it wrong without harm.
/// </summary>
internal static class NetworkConvolutions
{
    /// <summary>Those of training and of evaluation, each size once.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="perTask">Samples of a task in a batch: a task's rows pass a layer together, shared and own channels as one convolution.</param>
    public static IReadOnlyList<ConvolutionCase> Of(NetworkShape shape, int perTask) => Of(shape, perTask, [.. Enumerable.Range(0, shape.Layers + 1).Select(shape.Adapter)]);

    /// <summary>Those of a network that computes its open channels only, as <see cref="Compression.QuantisedNetwork"/> does.</summary>
    /// <param name="network">Its gates locked.</param>
    /// <param name="perTask">Samples of a task in a batch.</param>
    public static IReadOnlyList<ConvolutionCase> OfOpen(MultiTaskNetwork network, int perTask) =>
    [
        .. Enumerable.Range(0, network.Shape.Tasks.Count)
            .SelectMany(task => Of(network.Shape, perTask, [0, .. network.OpenGates(task).Select(gates => gates.Count(isOpen => isOpen))])).Distinct(),
    ];

    private static IReadOnlyList<ConvolutionCase> Of(NetworkShape shape, int perTask, int[] own) =>
    [
        .. Enumerable.Range(1, shape.Layers).Where(layer => AsksTorch(shape, layer)).SelectMany(layer => new[]
        {
            At(shape, layer, own, perTask, trained: true),
            At(shape, layer, own, Evaluator.Rows, trained: false),
        }).Distinct(),
    ];

    private static bool AsksTorch(NetworkShape shape, int layer) =>
        shape.Operator(layer) is { ReadsImage: true } reader && (layer > 1 || !reader.WritesImage || reader.Margin > 0);

    private static ConvolutionCase At(NetworkShape shape, int layer, int[] own, int images, bool trained) => new(
        images,
        shape.Shared(layer - 1) + own[layer - 1],
        shape.Shared(layer) + own[layer],
        shape.Image(layer).Rows,
        shape.Image(layer).Columns,
        ChannelsLast: true,
        trained);
}
