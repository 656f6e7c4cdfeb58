using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Testing;

/// <summary>Models without padding in time, as streams need them.</summary>
public static class UnpaddedModels
{
    /// <summary>The same weights without padding in time, on a window of as many frames as that needs and some more.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="seed">Of the number of frames.</param>
    public static ModelArtifact Of(ModelArtifact model, int seed)
    {
        ModelArtifact changed = model with
        {
            Shared = model.Shared.Select(Unpadded).ToValueArray(),
            Tasks = model.Tasks.Select(task => task with { Layers = task.Layers.Select(Unpadded).ToValueArray() }).ToValueArray(),
        };
        int fewest = LayerOperators.FewestRows(changed.Shared.Select(layer => layer.Operator));
        return changed with { Input = model.Input with { Frames = fewest + new Random(seed).Next(12) } };
    }

    /// <summary>The same weights with padding in time.</summary>
    public static ModelArtifact Padded(ModelArtifact model) => model with
    {
        Shared = model.Shared.Select(Padded).ToValueArray(),
        Tasks = model.Tasks.Select(task => task with { Layers = task.Layers.Select(Padded).ToValueArray() }).ToValueArray(),
    };

    private static LayerArtifact Padded(LayerArtifact layer) => layer with
    {
        Kind = layer.Kind switch
        {
            LayerKind.ValidConvolution => LayerKind.Convolution,
            LayerKind.ValidGlobalConvolution => LayerKind.GlobalConvolution,
            _ => layer.Kind,
        },
    };

    private static LayerArtifact Unpadded(LayerArtifact layer) => layer with
    {
        Kind = layer.Kind switch
        {
            LayerKind.Convolution => LayerKind.ValidConvolution,
            LayerKind.GlobalConvolution => LayerKind.ValidGlobalConvolution,
            _ => layer.Kind,
        },
    };
}
