using System;
using System.Collections.Generic;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels;

/// <summary>
/// A way to compute a layer, or the heads, that gives the interpreter's integers and whose size and cost are known before any C# exists. Everything that depends
/// on which one it is stands behind this, in the kernel's folder; <see cref="KernelRegistry"/> has one line for each.
/// </summary>
internal interface IKernel
{
    /// <summary>What plans call it.</summary>
    KernelKind Kind { get; }

    /// <summary>What it is and when it pays, for the table in docs/kernels.md.</summary>
    string Summary { get; }

    /// <summary>Every form that tests force on all layers which it suits, by name: of a layer, from 1.</summary>
    IReadOnlyDictionary<string, Func<int, LayerKernel>> Forms { get; }

    /// <summary>Weights, biases and shifts are in tables, read by a copied kernel.</summary>
    bool UsesTables { get; }

    /// <summary>Numbers of its rows in the tables are places, of two bytes each; weights are of one.</summary>
    bool HasWideRows { get; }

    /// <summary>For the header's column: unique and short, reviewers search for it.</summary>
    string ToText(LayerKernel kernel, bool isDense);

    /// <summary>True only where every sum provably stays inside what holds it, and a method can hold every channel.</summary>
    bool Suits(LaneProofs proofs, Layer layer, LayerKernel kernel);

    /// <summary>The same for all heads.</summary>
    bool SuitsHeads(Network network, LayerKernel kernel);

    /// <summary>Forms that are worth measuring on a network's layers.</summary>
    IEnumerable<LayerKernel> Choices(LaneProofs proofs);

    /// <summary>Of those that suit a layer, whether one is worth measuring there.</summary>
    bool IsWorth(LaneProofs proofs, Layer layer, LayerKernel kernel);

    /// <summary>Copied sections that the code of a part of a layer may call where that of the whole does not.</summary>
    IEnumerable<string> Sections(LayerKernel kernel);

    /// <summary>Longs that it sums up in, besides images.</summary>
    int Sums(ScheduledLayer layer);

    /// <summary>Ints for multiples of a layer's inputs.</summary>
    int Multiples(LayerKernel kernel, Layer layer);

    /// <summary>The same of the heads.</summary>
    int HeadMultiples(LayerKernel kernel, Network network);

    /// <summary>A channel's row where weights are in tables: weights as its code reads them, and the shift.</summary>
    (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel);

    /// <summary>The same of a class of a head, which has no shift.</summary>
    ValueArray<sbyte> HeadRow(LayerKernel kernel, NetworkTask task, HeadClass output);

    /// <summary>Options that lie between those measured on a layer, figures that follow from theirs: for choices too many to build the code of each.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="measured">Its options.</param>
    /// <param name="measure">Builds the code of one more and measures it, for some of those between.</param>
    IEnumerable<KernelOption> Between(Layer layer, IReadOnlyList<KernelOption> measured, Func<LayerKernel, KernelOption> measure);

    /// <summary>The code of a layer.</summary>
    LayerCode Build(PartProgram program, PartLayer layer);

    /// <summary>The code of the heads.</summary>
    LayerCode BuildHeads(PartProgram program);
}
