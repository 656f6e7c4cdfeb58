using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Lowering.Kernels;

/// <summary>Which copied kernels a program calls; the emitter copies these and no others, the budgets count them.</summary>
public static class KernelSet
{
    /// <summary>Names of the marked sections, in the order of the generated file.</summary>
    public static IEnumerable<string> Of(LoweredProgram program)
    {
        bool convolves = program.Layers.Any(layer => layer.Layer.Kind != LayerKind.Dense);
        bool connects = program.Layers.Any(layer => layer.Layer.Kind == LayerKind.Dense);
        bool classifies = program.Heads.Count > 0;
        if (convolves)
            yield return "Convolve";
        if (connects)
            yield return "Connect";
        if (classifies)
            yield return "Classify";
        if (program.Part.IsLast)
            yield return "Greatest";
        if (connects || classifies)
            yield return "Product";
        if (convolves || connects)
            yield return "Requantise";
    }
}
