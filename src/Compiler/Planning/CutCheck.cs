using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;

namespace AdapterCompiler.Planning;

/// <summary>
/// Whether the layers of a plan can be cut so that every part keeps its limits, by measured sizes, without lowering the plan. That all of it is no more
/// than so many assemblies hold is not enough: a part takes what follows in the order of execution, and of IL and tables one may be full while
/// the other is empty.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="face">Methods of the public face.</param>
internal sealed class CutCheck(Network network, IReadOnlyList<MethodCost> face)
{
    /// <summary>Cuts between any two channels are enough.</summary>
    /// <param name="chosen">Kernels of layers and heads.</param>
    /// <param name="parts">Parts that there may be.</param>
    /// <param name="margin">IL bytes to be kept free in every part.</param>
    /// <param name="room">IL bytes to be kept free in the last part beside.</param>
    public bool Fits(IReadOnlyList<KernelOption> chosen, int parts, int margin, int room)
    {
        LayerKernel[] kernels = [.. chosen.Select(option => option.Kernel)];
        bool hasMultiples = KernelRegistry.HasMultiples(kernels);
        PartLoad inner = PartLoad.Empty([.. Copied(isLast: false)], network.Tasks.Count, parts, margin, hasMultiples), last = PartLoad.Empty([.. Copied(isLast: true), .. face], network.Tasks.Count, parts, margin + room, hasMultiples);
        var sizes = new LayerSizes(chosen.Select(option => option.Size).ToValueArray());
        int part = 1;
        PartFill filled = new(sizes);
        foreach (Piece piece in Piece.Channels(sizes))
        {
            PartFill more = filled.With(piece);
            if (more.Load(part == parts ? last : inner) > PartLoad.Full)
            {
                part++;
                more = new PartFill(sizes).With(piece);
                if (part > parts || more.Load(part == parts ? last : inner) > PartLoad.Full)
                    return false;
            }

            filled = more;
        }

        return true;

        IEnumerable<MethodCost> Copied(bool isLast) => KernelRegistry.MayCopy(network, kernels, chosen.Select(option => option.Size), isLast).Select(method => method.Figures);
    }
}
