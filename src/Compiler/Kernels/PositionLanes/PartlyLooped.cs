using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.PositionLanes;

/// <summary>
/// Options between position lanes and lane loops: a layer's last channels are looped, adapters first. A few of them are built and measured; the figures of the others follow
/// from those of the two, channel by channel, corrected by what the measured ones next to them turned out to be off by.
/// </summary>
internal static class PartlyLooped
{
    /// <summary>Code that is worth a choice.</summary>
    private const int LeastBytes = 4_096;

    /// <summary>Cuts within the shared block.</summary>
    private const int Steps = 24, StepsOfLists = 24;

    /// <summary>One of so many is measured.</summary>
    private const int Measured = 8;

    /// <summary>Options with more and more channels looped.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="code">It as position lanes, single.</param>
    /// <param name="loops">It as lane loops in the same format, of any width.</param>
    /// <param name="measure">Builds and measures one.</param>
    public static IEnumerable<KernelOption> Of(Layer layer, KernelOption code, IReadOnlyList<KernelOption> loops, Func<LayerKernel, KernelOption> measure)
    {
        if (code.IlBytes < LeastBytes || loops.Count == 0)
            return [];
        Block[] blocks = [.. layer.Adapters.Prepend(layer.Shared).Where((block, b) => b == 0 || block.Channels.Count > 0)];
        int all = blocks.Sum(block => block.Channels.Count);
        // Code is the same whatever the width of weights in tables: it is measured with the first.
        (int Looped, KernelOption Estimate)[] first = [.. Of(loops[0])];
        (int Looped, long Weighted, int IlBytes, int SignatureBytes)[] off =
        [
            (0, 0, 0, 0),
            .. first.Where((_, i) => i % Measured == Measured / 2).Select(each =>
            {
                KernelOption built = measure(each.Estimate.Kernel);
                return (each.Looped, built.Weighted - each.Estimate.Weighted, built.IlBytes - each.Estimate.IlBytes, built.SignatureBytes - each.Estimate.SignatureBytes);
            }),
            (all, 0, 0, 0),
        ];
        return loops.SelectMany(Of).Select(each => Corrected(each.Looped, each.Estimate));

        IEnumerable<(int Looped, KernelOption Estimate)> Of(KernelOption loop) =>
            Cuts(blocks, loop.Kernel.IsListed).Where(looped => looped > 0 && looped < all).Select(looped => (looped, Mixed(layer, blocks, code, loop, looped)));

        KernelOption Corrected(int looped, KernelOption estimate)
        {
            int next = Array.FindIndex(off, each => each.Looped >= looped);
            var (before, after) = (off[next - 1], off[next]);
            int done = looped - before.Looped, span = after.Looped - before.Looped;
            return estimate with
            {
                Weighted = estimate.Weighted + before.Weighted + ((after.Weighted - before.Weighted) * done / span),
                IlBytes = estimate.IlBytes + before.IlBytes + ((after.IlBytes - before.IlBytes) * done / span),
                SignatureBytes = estimate.SignatureBytes + before.SignatureBytes + ((after.SignatureBytes - before.SignatureBytes) * done / span),
            };
        }
    }

    private static IEnumerable<int> Cuts(Block[] blocks, bool isListed)
    {
        int looped = 0;
        for (int b = blocks.Length - 1; b > 0; b--)
            yield return looped += blocks[b].Channels.Count;
        int shared = blocks[0].Channels.Count, last = looped;
        int steps = isListed ? StepsOfLists : Steps, group = isListed ? 1 : LaneLoopLayerCode.Group;
        for (int step = 1; step < steps; step++)
        {
            // Lane loops compute four channels at a time, lists each by itself.
            int cut = looped + (shared * step / steps / group * group);
            if (cut > last)
                yield return last = cut;
        }
    }

    private static KernelOption Mixed(Layer layer, Block[] blocks, KernelOption code, KernelOption loop, int inTables)
    {
        int all = blocks.Sum(block => block.Channels.Count), coded = all - inTables, tables = 0;
        long codedBytes = 0, allBytes = 0, loopedWork = 0, allWork = 0;
        int global = layer.Operator.WritesImage ? 0 : 1;
        var channels = new List<ValueArray<int>>();
        var rowsInTables = new List<ValueArray<int>>();
        for (int b = 0; b < blocks.Length; b++)
        {
            int[] sizes = [.. code.Size.Channels[b]];
            int here = Math.Max(0, Math.Min(sizes.Length, coded));
            coded -= sizes.Length;
            allBytes += sizes.Sum(size => (long)size);
            codedBytes += sizes.Take(here).Sum(size => (long)size);
            // Weights, bias and shift of every channel; of a global convolution one shift more, which all channels have.
            int[] rows = [.. loop.Size.Tables[b].Select(row => row - global)];
            int looped = rows.Skip(here).Sum();
            tables += looped;
            allWork += rows.Sum();
            loopedWork += looped;
            // As the steps are: a block in which the loop begins is two.
            if (here > 0 || sizes.Length == 0)
                Add(sizes.Take(here), sizes.Take(here).Select(_ => global));
            if (here < sizes.Length)
                Add(sizes.Skip(here).Select(_ => 0), rows.Skip(here).Select(row => row + global));
        }

        LayerSize size = code.Size with
        {
            Channels = channels.ToValueArray(),
            Tables = rowsInTables.ToValueArray(),
            Entry = code.Size.Entry + loop.Size.Entry,
            Sections = code.Size.Sections.Concat(loop.Size.Sections).Distinct(StringComparer.Ordinal).ToValueArray(),
        };
        int methods = (int)(1 + ((Math.Max(1, codedBytes) - 1) / code.Size.MostMethodBytes));
        return new KernelOption(
            code.Kernel with { InTables = inTables, Width = loop.Kernel.Width, IsListed = loop.Kernel.IsListed },
            Share(code.Weighted, codedBytes, allBytes) + Share(loop.Weighted, loopedWork, allWork),
            (int)codedBytes + (methods * code.Size.Loads) + size.Entry,
            tables + (global * all), (int)Share(code.SignatureBytes, codedBytes, allBytes) + loop.SignatureBytes, size)
        {
            IsEstimate = true,
        };

        void Add(IEnumerable<int> bytes, IEnumerable<int> table)
        {
            channels.Add(bytes.ToValueArray());
            rowsInTables.Add(table.ToValueArray());
        }
    }

    // In whole multiples first, so that nothing overflows.
    private static long Share(long value, long part, long whole) => (value / whole * part) + (value % whole * part / whole);
}
