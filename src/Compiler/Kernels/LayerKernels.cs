using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels;

/// <summary>What the kernel behind a plan's choice says of it.</summary>
public static class LayerKernels
{
    /// <summary>Every form of every kernel, by name: of a layer, from 1. For tests, which force each on all layers that it suits.</summary>
    public static IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms =>
        KernelRegistry.All.SelectMany(kernel => kernel.Forms).ToDictionary(form => form.Key, form => form.Value, StringComparer.Ordinal);

    /// <summary>Its weights, biases and shifts are in tables.</summary>
    public static bool UsesTables(this LayerKernel kernel) => Of(kernel).UsesTables;

    /// <summary>It can compute a layer, provably without overflow.</summary>
    public static bool Suits(this LayerKernel kernel, Network network, Layer layer) => Suits(kernel, new LaneProofs(network), layer);

    /// <summary>The same, with proofs that are there already.</summary>
    public static bool Suits(this LayerKernel kernel, LaneProofs proofs, Layer layer) => Of(kernel).Suits(proofs, layer, kernel);

    /// <summary>Some kernel can compute a layer. On whole windows loops always do.</summary>
    internal static bool AnySuits(LaneProofs proofs, Layer layer) => KernelRegistry.All.SelectMany(kernel => kernel.Choices(proofs)).Any(kernel => kernel.Suits(proofs, layer));

    /// <summary>It can compute all heads, which read no image.</summary>
    public static bool SuitsHeads(this LayerKernel kernel, Network network) => kernel.Format is null && Of(kernel).SuitsHeads(network, kernel);

    /// <summary>For the header's table: "4 lanes, frequency, unrolled".</summary>
    public static string ToText(this LayerKernel kernel, bool isDense) => Of(kernel).ToText(kernel, isDense);

    private static IKernel Of(LayerKernel kernel) => KernelRegistry.Of(kernel);
}
