using System;
using System.Linq;
using AdapterCompiler.Kernels;

namespace AdapterCompiler.Planning;

/// <summary>
/// What plans may still take. A plan's figures are those of layers that were measured apart; where the code of one turns out to pass a limit, those that would
/// pass it too are not worth building, so the bounds that follow are closer: by what was over, at most and where that is not known a hundredth, or some room in every part.
/// </summary>
internal sealed record PlanBounds
{
    /// <summary>IL bytes more that every part keeps free after a plan whose parts passed their limits.</summary>
    private const int MarginStep = 512;

    private PlanBounds(long tableBytes) => TableBytes = tableBytes;

    /// <summary>IL that a plan in one part may take, copied kernels included.</summary>
    public long IlBytes { get; private init; } = long.MaxValue;

    /// <summary>Tables that a plan may take.</summary>
    public long TableBytes { get; private init; }

    /// <summary>Tables and signatures that a plan in one part may take.</summary>
    public long DataBytes { get; private init; } = long.MaxValue;

    /// <summary>IL bytes that are to be kept free in every part of several.</summary>
    public int Margin { get; private init; }

    // Images take as much whatever is in tables, as long as their formats are the same: what is left for tables by those.
    private ValueArray<(string Images, long TableBytes)> TablesByImages { get; init; } = ValueArray<(string, long)>.Empty;

    private ValueArray<string> TooLong { get; init; } = ValueArray<string>.Empty;

    /// <summary>Before anything was tried.</summary>
    /// <param name="memory">Bytes of RAM that a model may take, which tables count towards.</param>
    public static PlanBounds Of(long memory) => new(memory);

    /// <summary>The bounds after a plan was refused.</summary>
    public PlanBounds After(Candidate plan, Overrun overrun) => overrun.Limit switch
    {
        // Neither do the images or codes of plans that lay them out alike go into one array.
        Limit.Array => this with { TooLong = TooLong.Append(Images(plan)).ToValueArray() },
        Limit.Memory => this with { TablesByImages = TablesByImages.Append((Images(plan), plan.TableBytes - Math.Max(1, overrun.Bytes))).ToValueArray() },
        Limit.Tables when overrun.Bytes > 0 => this with { DataBytes = Math.Min(DataBytes, plan.DataBytes - Math.Min(overrun.Bytes, plan.DataBytes / 100)) },
        Limit.Code when overrun.Bytes > 0 => this with { IlBytes = Math.Min(IlBytes, plan.AllIlBytes - Math.Min(overrun.Bytes, plan.AllIlBytes / 100)) },
        _ when overrun.Limit == Limit.Tables || plan.TableBytes > plan.IlBytes =>
            this with { TableBytes = Math.Min(TableBytes, plan.TableBytes - Math.Max(1, plan.TableBytes / 100)) },
        _ => this with { IlBytes = Math.Min(IlBytes, plan.AllIlBytes - Math.Max(1, plan.AllIlBytes / 100)), Margin = Margin + MarginStep },
    };

    /// <summary>Memory does not speak against it, nor do arrays or limits of one part.</summary>
    /// <param name="plan">What may be tried.</param>
    /// <param name="parts">Assemblies that may be filled.</param>
    /// <param name="uncertainty">Bytes that its code and signatures may be off by.</param>
    public bool Allow(Candidate plan, int parts, long uncertainty)
    {
        if (plan.TableBytes > TableBytes || (parts == 1 && (plan.AllIlBytes - uncertainty > IlBytes || plan.DataBytes - uncertainty > DataBytes)))
            return false;
        if (TablesByImages.Count == 0 && TooLong.Count == 0)
            return true;
        string images = Images(plan);
        // What was learnt last counts.
        return !TooLong.Contains(images, StringComparer.Ordinal) && TablesByImages.LastOrDefault(each => each.Images == images) is var (known, most) && (known is null || plan.TableBytes <= most);
    }

    private static string Images(Candidate plan) =>
        string.Join(" ", plan.Layers.Select(kernel => FormattableString.Invariant($"{kernel.Format?.Lanes}{kernel.Format?.Axis}{kernel.Shape}{kernel.UsesTables() || kernel.InTables > 0}")));
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
/// <param name="Bytes">Bytes over what there is, of RAM, or of an assembly's tables or IL; 0 where it is no matter of bytes, or of several assemblies.</param>
internal sealed record Overrun(Limit Limit, long Bytes);
