using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;

namespace AdapterCompiler.Planning;

/// <summary>A candidate as a plan, with the reasons that <c>adapterc inspect</c> tells.</summary>
internal static class ChosenPlan
{
    /// <summary>The plan.</summary>
    /// <param name="candidate">A kernel for every layer and the heads.</param>
    /// <param name="space">What it was chosen from.</param>
    /// <param name="passed">Candidates that are better but passed over.</param>
    /// <param name="goal">Better at what.</param>
    public static MeasuredPlan Of(Candidate candidate, PlanSpace space, int passed, Optimize goal)
    {
        KernelOptions options = space.Options;
        int layers = options.Layers.Length;
        KernelOption[] chosen = [.. candidate.Chain()];
        ValueArray<LayerKernel> kernels = chosen.Select((option, i) => option.Kernel with
        {
            Reason = Reason(option, i < layers ? options.Layers[i] : options.Heads, isDense: i >= layers || !space.Network.Layers[i].Operator.ReadsImage),
        }).ToValueArray();
        string name = goal == Optimize.Speed ? "fastest" : goal == Optimize.Size ? "smallest" : "best balanced";
        string place = passed == 0 ? "the " + name : FormattableString.Invariant($"the {name} that keeps the limits, {passed} better ones do not");
        return new MeasuredPlan(
            kernels.Take(layers).ToValueArray(), kernels.Count > layers ? kernels[kernels.Count - 1] : LayerKernel.Loop,
            FormattableString.Invariant($"{place} of {space.Candidates.Count} plans that no other beats in time, IL and tables"),
            new LayerSizes(chosen.Select(option => option.Size).ToValueArray()), candidate.Weighted, candidate.IlBytes, candidate.TableBytes);
    }

    private static string Reason(KernelOption chosen, List<KernelOption> all, bool isDense) => Describe(chosen)
        + string.Concat(all.Where(option => option.Kernel != chosen.Kernel).Select(option => "; " + option.Kernel.ToText(isDense) + " " + Describe(option)));

    private static string Describe(KernelOption option) =>
        CostText.Weighted(option.Weighted) + " weighted, " + TextTable.Number(option.Bytes) + " bytes";
}
