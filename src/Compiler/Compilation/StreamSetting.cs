using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;

namespace AdapterCompiler.Compilation;

/// <summary>The setting <c>Streaming</c> of an AdapterModel item, and <c>Hop</c> with it.</summary>
internal static class StreamSetting
{
    private const string Name = "Streaming", Yes = "true";

    /// <summary>Mistakes that show without the model.</summary>
    public static IEnumerable<Diagnostic> Mistakes(CompilationOptions options)
    {
        if (options.Streaming is not ("" or Yes or "false"))
            yield return Wrong(Name, options.Streaming, "it is \"true\" for a class that computes each row of a stream once, or \"false\"");
        else if (options.Streams && options.Parts > 1)
            yield return Wrong(Name, Yes, "a stream runs in one assembly; leave Part out, with Optimize=\"balanced\" where it does not fit");
    }

    /// <summary>Frames from one decision to the next, or a mistake.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Streaming.</param>
    public static (int Hop, Diagnostic? Mistake) HopOf(ModelArtifact model, CompilationOptions options)
    {
        if (model.Shared.Any(layer => layer.Operator.ReadsImage && layer.Operator.Margin == 0))
            return (0, Wrong(Name, Yes, "the model pads its windows in time, so their rows differ from those of a stream; train it with --streaming"));
        int layers = model.Shared.Count(layer => layer.Operator.WritesImage), step = 1 << layers, frames = model.Input.Frames;
        if (layers == 0)
            return (0, Wrong(Name, Yes, "the model has no conv-valid layer whose rows windows could share; leave Streaming out"));
        if (options.Hop.Length == 0)
            return (Math.Max(step, frames / 2 / step * step), null);
        return int.TryParse(options.Hop, NumberStyles.None, CultureInfo.InvariantCulture, out int hop) && hop > 0 && hop % step == 0 && hop <= frames
            ? (hop, null)
            : (0, Wrong("Hop", options.Hop, FormattableString.Invariant($"windows of {Wording.Count(layers, "conv-valid layer")} share their rows where it is a multiple of {step} frames, at most {frames}")));
    }

    /// <summary>The network of a step, or a mistake.</summary>
    /// <param name="network">Of whole windows.</param>
    /// <param name="hop">Frames from one decision to the next.</param>
    public static (Network? Network, Diagnostic? Mistake) Of(Network network, int hop)
    {
        Network step = Streaming.Of(network, hop);
        var proofs = new LaneProofs(step);
        return step.Layers.FirstOrDefault(layer => layer.IsStreamed && !LayerKernels.AnySuits(proofs, layer)) is { } none
            ? (null, Wrong(Name, Yes, FormattableString.Invariant($"layer {none.Index} has {none.InputColumns} columns, which cannot be cut into strips for the lanes of a long: a stream has no other kernel. Train it on a multiple of {4 << Streaming.PooledLayers(network)} bands")))
            : (step, null);
    }

    private static Diagnostic Wrong(string name, string value, string what) => DiagnosticCatalogue.InvalidMetadata.At(default, name, value, what);
}
