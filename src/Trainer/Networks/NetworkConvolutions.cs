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
    public static IReadOnlyList<ConvolutionCase> Of(NetworkShape shape, int perTask) =>
    [
        .. Enumerable.Range(1, shape.Layers).Where(layer => AsksTorch(shape, layer)).SelectMany(layer => new[]
        {
            At(shape, layer, perTask, trained: true),
            At(shape, layer, Evaluator.Rows, trained: false),
        }).Distinct(),
    ];

    private static bool AsksTorch(NetworkShape shape, int layer) =>
        shape.Operator(layer) is { ReadsImage: true } reader && (layer > 1 || !reader.WritesImage || reader.Margin > 0);

    private static ConvolutionCase At(NetworkShape shape, int layer, int images, bool trained) => new(
        images,
        shape.Shared(layer - 1) + shape.Adapter(layer - 1),
        shape.Shared(layer) + shape.Adapter(layer),
        shape.Image(layer).Rows,
        shape.Image(layer).Columns,
        ChannelsLast: true,
        trained);
}
