using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;

namespace AdapterCompiler.Lowering.Planning;

/// <summary>
/// What plans may still take. A plan's figures are estimates until its code is built; where one turns out to pass a limit, those that take
/// hardly less are not worth building, so the limit is drawn closer: by what was over, or a hundredth.
/// </summary>
/// <param name="memory">Bytes of RAM that a model may take, which tables count towards.</param>
public sealed class PlanLimits(long memory)
{
    private readonly HashSet<ValueArray<(LaneFormat? Format, LaneShape Shape, bool HasLaneLoops)>> tooLong = [];

    /// <summary>Estimated IL that a plan may take.</summary>
    internal long IlBytes { get; private set; } = long.MaxValue;

    /// <summary>Estimated tables that a plan may take.</summary>
    internal long TableBytes { get; private set; } = memory;

    /// <summary>A plan passed a limit of memory.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="over">Bytes over it.</param>
    internal void TooMuchMemory(KernelPlan plan, long over) => TableBytes = Math.Min(TableBytes, plan.TableBytes - Math.Max(1, over / 2));

    /// <summary>A plan passed the limit of tables of its assemblies.</summary>
    internal void TooManyTables(KernelPlan plan) => TableBytes = Math.Min(TableBytes, plan.TableBytes - Math.Max(1, plan.TableBytes / 100));

    /// <summary>A plan passed another limit of them.</summary>
    internal void TooLarge(KernelPlan plan) => IlBytes = Math.Min(IlBytes, plan.IlBytes - Math.Max(1, plan.IlBytes / 100));

    /// <summary>A plan's images or codes do not go into one array: neither do those of plans that lay them out alike.</summary>
    internal void TooLongArray(KernelPlan plan) => tooLong.Add(Images(plan.Layers));

    /// <summary>Kernels of all layers that no such plan has.</summary>
    internal bool Allow(IEnumerable<LayerKernel> layers) => tooLong.Count == 0 || !tooLong.Contains(Images(layers));

    private static ValueArray<(LaneFormat? Format, LaneShape Shape, bool HasLaneLoops)> Images(IEnumerable<LayerKernel> layers) =>
        layers.Select(kernel => (kernel.Format, kernel.Shape, kernel.HasLaneLoops)).ToValueArray();

    /// <summary>Worth building.</summary>
    internal bool Allow(long ilBytes, long tableBytes) => ilBytes <= IlBytes && tableBytes <= TableBytes;
}
