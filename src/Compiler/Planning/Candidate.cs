using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Planning;

/// <summary>A kernel for each of the first layers, and at last for all of them and the heads.</summary>
internal sealed class Candidate
{
    private readonly Network network;
    private readonly Lazy<long> copied;

    private Candidate(Network network, Candidate? before, KernelOption? last, long weighted)
    {
        this.network = network;
        Before = before;
        Last = last;
        Weighted = weighted;
        IlBytes = (before?.IlBytes ?? 0) + (last?.IlBytes ?? 0);
        TableBytes = (before?.TableBytes ?? 0) + (last?.TableBytes ?? 0);
        SignatureBytes = (before?.SignatureBytes ?? 0) + (last?.SignatureBytes ?? 0);
        copied = new Lazy<long>(() => KernelRegistry.Copied(network, Called(), isLast: true).Sum(section => section.DeviceIlBytes));
    }

    /// <summary>Some of its figures are estimates.</summary>
    public bool IsEstimate => Last is { IsEstimate: true } || Before is { IsEstimate: true };

    /// <summary>Weighted instructions of a window, packing and unpacking between layers included.</summary>
    public long Weighted { get; }

    /// <summary>IL of layers and heads.</summary>
    public long IlBytes { get; }

    /// <summary>Their tables.</summary>
    public long TableBytes { get; }

    /// <summary>Signatures of their methods.</summary>
    public long SignatureBytes { get; }

    /// <summary>Chosen for the last of them; null before the first.</summary>
    public KernelOption? Last { get; }

    /// <summary>What was chosen before.</summary>
    public Candidate? Before { get; }

    /// <summary>Tables and signatures, which stand in one table of the assembly.</summary>
    public long DataBytes => TableBytes + SignatureBytes;

    /// <summary>IL, copied kernels included.</summary>
    public long AllIlBytes => IlBytes + CopiedBytes;

    /// <summary>The kernels of layers.</summary>
    public IEnumerable<LayerKernel> Layers => Chain().Take(network.Layers.Count).Select(option => option.Kernel);

    /// <summary>Flash, but for copied kernels.</summary>
    public long Bytes => IlBytes + TableBytes;

    /// <summary>IL of the kernels that it copies, once for all layers.</summary>
    public long CopiedBytes => copied.Value;

    /// <summary>What it takes of flash.</summary>
    public long Flash => Bytes + CopiedBytes;

    /// <summary>Nothing chosen yet.</summary>
    public static Candidate None(Network network) => new(network, null, null, 0);

    /// <summary>With a kernel for the next layer.</summary>
    /// <param name="option">The kernel.</param>
    /// <param name="transition">Weighted instructions of packing and unpacking before it.</param>
    public Candidate With(KernelOption option, long transition) => new(network, this, option, Weighted + option.Weighted + transition);

    /// <summary>The choices in the order of layers.</summary>
    public IEnumerable<KernelOption> Chain() => Last is null ? [] : Before!.Chain().Append(Last);

    /// <summary>The same kernels by other figures of theirs.</summary>
    /// <param name="measure">The figures of the choice for a layer, from 0; of the heads after the last.</param>
    public Candidate By(Func<int, KernelOption, KernelOption> measure) => By(measure, Chain().Count() - 1);

    private Candidate By(Func<int, KernelOption, KernelOption> measure, int layer) => Last is null ? this
        : Before!.By(measure, layer - 1).With(measure(layer, Last), Weighted - Before.Weighted - Last.Weighted);

    private IEnumerable<string> Called() => Chain().SelectMany(option => option.Size.Sections).Concat(LaneTransitions.Sections(network, [.. Layers]));
}
