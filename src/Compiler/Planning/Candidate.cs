using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Planning;

/// <summary>A kernel for each of the first layers, and at last for all of them and the heads.</summary>
/// <param name="Weighted">Weighted instructions of a window, packing and unpacking between layers included.</param>
/// <param name="IlBytes">IL of layers and heads.</param>
/// <param name="TableBytes">Their tables.</param>
/// <param name="Last">Chosen for the last of them; null before the first.</param>
/// <param name="Before">What was chosen before.</param>
internal sealed record Candidate(long Weighted, long IlBytes, long TableBytes, KernelOption? Last, Candidate? Before)
{
    /// <summary>Nothing chosen yet.</summary>
    public static Candidate None { get; } = new(0, 0, 0, null, null);

    /// <summary>Flash, but for copied kernels.</summary>
    public long Bytes => IlBytes + TableBytes;

    /// <summary>IL of the kernels that it copies, once for all layers.</summary>
    public long CopiedBytes => KernelRegistry.MayCopy(Chain().Select(option => option.Kernel)).Sum(kernel => kernel.Figures.DeviceIlBytes);

    /// <summary>What it takes of flash.</summary>
    public long Flash => Bytes + CopiedBytes;

    /// <summary>With a kernel for the next layer.</summary>
    public Candidate With(KernelOption option, long transition) =>
        new(Weighted + option.Weighted + transition, IlBytes + option.IlBytes, TableBytes + option.TableBytes, option, this);

    /// <summary>The choices in the order of layers.</summary>
    public IEnumerable<KernelOption> Chain() => Last is null ? [] : Before!.Chain().Append(Last);
}
