using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>A task as the network sees it.</summary>
/// <param name="Name">Its name in the model file.</param>
/// <param name="Classes">Width of its softmax.</param>
public sealed record TaskShape(string Name, int Classes);

/// <summary>Sizes of a multi-task network (paper, section 3): a shared encoder, one adapter per task beside it, one head per task.</summary>
/// <param name="Input">Image of codes that it reads.</param>
/// <param name="Channels">Output channels of the shared encoder's convolutions; the dense embedding has as many units as the last one.</param>
/// <param name="Alpha">An adapter's share of the shared channels; null = no adapters, the multi-head baseline.</param>
/// <param name="Tasks">Tasks in file order.</param>
public sealed record NetworkShape(InputSpec Input, ValueArray<int> Channels, decimal? Alpha, ValueArray<TaskShape> Tasks)
{
    /// <summary>Nothing is padded in time: a device computes each row once, whatever windows it is in.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Layers of each encoder, L: the convolutions and the embedding.</summary>
    public int Layers => Channels.Count + 1;

    /// <summary>What layer <paramref name="layer"/>, counted from 1, computes.</summary>
    public LayerKind Kind(int layer) => layer > Channels.Count ? LayerKind.Dense : (layer < Channels.Count, IsStreaming) switch
    {
        (true, false) => LayerKind.Convolution,
        (true, true) => LayerKind.ValidConvolution,
        (false, false) => LayerKind.GlobalConvolution,
        (false, true) => LayerKind.ValidGlobalConvolution,
    };

    /// <summary>C[0, layer]; layer 0 is the input image.</summary>
    public int Shared(int layer) => layer == 0 ? 1 : Channels[Math.Min(layer, Channels.Count) - 1];

    /// <summary>C[k, layer] of every adapter: max(1, floor(alpha * C[0, layer])); 0 below the first layer and without adapters.</summary>
    public int Adapter(int layer) => layer == 0 || Alpha is not { } alpha ? 0 : Math.Max(1, (int)(alpha * Shared(layer)));

    /// <summary>What that means: the compiler's word on taps, shapes and work.</summary>
    public LayerOperator Operator(int layer) => LayerOperators.Of(Kind(layer));

    /// <summary>The image that layer <paramref name="layer"/> reads, Ti x Fi: every pooling before it has halved both sides.</summary>
    public ImageShape Image(int layer) => Enumerable.Range(1, layer - 1).Aggregate(new ImageShape(Input.Frames, Input.Bands), (image, below) => Operator(below).Output(image));

    /// <summary>Adapter channels of all tasks and layers.</summary>
    public int AdapterChannels => Tasks.Count * Enumerable.Range(1, Layers).Sum(Adapter);

    /// <summary>The same sizes without adapters.</summary>
    public NetworkShape MultiHead => this with { Alpha = null };

    /// <summary>What a user would have to change, or null.</summary>
    public string? Problem()
    {
        if (Channels.Count is 0 or >= ArtifactLimits.Layers)
            return $"--channels has {Channels.Count} layers; 1 to {ArtifactLimits.Layers - 1} are possible. Write them as 6,12,24,48,96.";
        if (Channels.FirstOrDefault(c => c is < 1 or > ArtifactLimits.Channels, defaultValue: 1) is var wrong && wrong != 1)
            return $"--channels has {wrong}; a layer has 1 to {ArtifactLimits.Channels} channels.";
        if (Math.Min(Input.Frames, Input.Bands) >> (Channels.Count - 1) == 0)
            return $"--channels has {Channels.Count} layers, but each halves the {Input.Frames} x {Input.Bands} image: too many. Use fewer.";
        if (IsStreaming && LayerOperators.FewestRows(Enumerable.Range(1, Layers).Select(Operator)) is var fewest && fewest > Input.Frames)
            return $"--streaming pads nothing in time, and {Channels.Count} layers then need windows of {fewest} frames; these have {Input.Frames}. Use fewer layers in --channels.";
        if (Alpha is <= 0 or > 4)
            return FormattableString.Invariant($"--alpha is {Alpha}; it must lie above 0 and be 4 at most. The paper uses 0.2.");
        if (Tasks.Count is 0 or > ArtifactLimits.Tasks)
            return $"there are {Tasks.Count} tasks; 1 to {ArtifactLimits.Tasks} are possible.";
        return null;
    }
}
