using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Planning;

/// <summary>
/// What plans may still take. A plan's figures are estimates until its code is built; where one turns out to pass a limit, those that would
/// pass it too are not worth building, so the bounds that follow are closer: by what was over, a hundredth, or some room in every part.
/// </summary>
internal sealed record PlanBounds
{
    /// <summary>IL bytes more that every part keeps free after a plan whose parts passed their limits.</summary>
    private const int MarginStep = 512;

    private PlanBounds(long tableBytes) => TableBytes = tableBytes;

    /// <summary>Estimated IL that a plan in one part may take.</summary>
    public long IlBytes { get; private init; } = long.MaxValue;

    /// <summary>Estimated tables that a plan may take.</summary>
    public long TableBytes { get; private init; }

    /// <summary>IL bytes that are to be kept free in every part of several.</summary>
    public int Margin { get; private init; }

    // Images take as much whatever is in tables, as long as their formats are the same: what is left for tables by those.
    private ValueArray<(string Images, long TableBytes)> TablesByImages { get; init; } = ValueArray<(string, long)>.Empty;

    private ValueArray<string> TooLong { get; init; } = ValueArray<string>.Empty;

    /// <summary>Before anything was tried.</summary>
    /// <param name="memory">Bytes of RAM that a model may take, which tables count towards.</param>
    public static PlanBounds Of(long memory) => new(memory);

    /// <summary>The bounds after a plan was refused.</summary>
    public PlanBounds After(MeasuredPlan plan, Overrun overrun) => overrun.Limit switch
    {
        // Neither do the images or codes of plans that lay them out alike go into one array.
        Limit.Array => this with { TooLong = TooLong.Append(Images(plan.Layers)).ToValueArray() },
        Limit.Memory => this with { TablesByImages = TablesByImages.Append((Images(plan.Layers), plan.TableBytes - Math.Max(1, overrun.Bytes))).ToValueArray() },
        _ when overrun.Limit == Limit.Tables || plan.TableBytes > plan.IlBytes =>
            this with { TableBytes = Math.Min(TableBytes, plan.TableBytes - Math.Max(1, plan.TableBytes / 100)) },
        _ => this with { IlBytes = Math.Min(IlBytes, plan.IlBytes - Math.Max(1, plan.IlBytes / 100)), Margin = Margin + MarginStep },
    };

    /// <summary>Memory does not speak against it, nor do arrays.</summary>
    public bool Allow(IEnumerable<LayerKernel> layers, long tableBytes)
    {
        if (tableBytes > TableBytes)
            return false;
        if (TablesByImages.Count == 0 && TooLong.Count == 0)
            return true;
        string images = Images(layers);
        // What was learnt last counts.
        return !TooLong.Contains(images, StringComparer.Ordinal) && TablesByImages.LastOrDefault(each => each.Images == images) is var (known, most) && (known is null || tableBytes <= most);
    }

    private static string Images(IEnumerable<LayerKernel> layers) =>
        string.Join(" ", layers.Select(kernel => FormattableString.Invariant($"{kernel.Format?.Lanes}{kernel.Format?.Axis}{kernel.Shape}{kernel.UsesTables() || kernel.InTables > 0}")));
}

/// <summary>What a plan may take too much of.</summary>
internal enum Limit
{
    /// <summary>RAM of the device.</summary>
    Memory,

    /// <summary>Size of one array.</summary>
    Array,

    /// <summary>Tables of an assembly.</summary>
    Tables,

    /// <summary>IL of an assembly, or anything else that grows with it.</summary>
    Code,
}

/// <summary>Why a plan was not taken.</summary>
/// <param name="Limit">What it passes, which tells what the next plans need less of.</param>
/// <param name="Bytes">Bytes of RAM over what there is; 0 for other limits.</param>
internal sealed record Overrun(Limit Limit, long Bytes);
