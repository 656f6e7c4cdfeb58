using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>What a layer made of a part of the batch.</summary>
/// <param name="Activations">ReLU outputs, pooled, before norm and gate.</param>
/// <param name="Statistics">Theirs.</param>
internal sealed record LayerOutput(Tensor Activations, ChannelStatistics Statistics)
{
    /// <summary>Outputs whose statistics are not known yet.</summary>
    public static LayerOutput Of(Tensor activations) => new(activations, ChannelStatistics.Of(activations));
}
