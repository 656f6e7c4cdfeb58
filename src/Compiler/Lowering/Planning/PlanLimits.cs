using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Lowering.Planning;

/// <summary>
/// What plans may still take. A plan's figures are estimates until its code is built; where one turns out to pass a limit, those that would
/// pass it too are not worth building, so the limit is drawn closer: by what was over, a hundredth, or some room in every part.
/// </summary>
/// <param name="memory">Bytes of RAM that a model may take, which tables count towards.</param>
public sealed class PlanLimits(long memory)
{
    /// <summary>IL bytes more that every part keeps free after a plan whose parts passed their limits.</summary>
    private const int MarginStep = 512;

    // Images take as much whatever is in tables, as long as their formats are the same: what is left for tables by those.
    private readonly Dictionary<string, long> tablesByImages = new(StringComparer.Ordinal);

    private readonly HashSet<string> tooLong = new(StringComparer.Ordinal);

    /// <summary>Estimated IL that a plan in one part may take.</summary>
    internal long IlBytes { get; private set; } = long.MaxValue;

    /// <summary>Estimated tables that a plan may take.</summary>
    internal long TableBytes { get; private set; } = memory;

    /// <summary>IL bytes that are to be kept free in every part of several.</summary>
    internal int Margin { get; private set; }

    /// <summary>A plan passed a limit of memory.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="over">Bytes over it.</param>
    internal void TooMuchMemory(KernelPlan plan, long over) => tablesByImages[Images(plan.Layers)] = plan.TableBytes - Math.Max(1, over);

    /// <summary>A plan passed the limit of tables of its assemblies.</summary>
    internal void TooManyTables(KernelPlan plan) => TableBytes = Math.Min(TableBytes, plan.TableBytes - Math.Max(1, plan.TableBytes / 100));

    /// <summary>A plan passed another limit of them.</summary>
    internal void TooLarge(KernelPlan plan)
    {
        IlBytes = Math.Min(IlBytes, plan.IlBytes - Math.Max(1, plan.IlBytes / 100));
        Margin += MarginStep;
    }

    /// <summary>A plan's images or codes do not go into one array: neither do those of plans that lay them out alike.</summary>
    internal void TooLongArray(KernelPlan plan) => tooLong.Add(Images(plan.Layers));

    /// <summary>Memory does not speak against it, nor do arrays.</summary>
    internal bool Allow(IEnumerable<LayerKernel> layers, long tableBytes)
    {
        if (tableBytes > TableBytes)
            return false;
        if (tablesByImages.Count == 0 && tooLong.Count == 0)
            return true;
        string images = Images(layers);
        return !tooLong.Contains(images) && (!tablesByImages.TryGetValue(images, out long most) || tableBytes <= most);
    }

    private static string Images(IEnumerable<LayerKernel> layers) =>
        string.Join(" ", layers.Select(kernel => FormattableString.Invariant($"{kernel.Format?.Lanes}{kernel.Format?.Axis}{kernel.Shape}{kernel.HasLaneLoops}{kernel.UsesTables && kernel.Format is null}")));
}
