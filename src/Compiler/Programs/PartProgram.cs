using System;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Programs;

/// <summary>What one class computes, everything placed: the steps of a part of a model, or of all of it, and their tables.</summary>
/// <param name="Network">The whole network.</param>
/// <param name="Plan">The kernels.</param>
/// <param name="Arena">Where codes live, a byte each.</param>
/// <param name="Lanes">Where packed images live.</param>
/// <param name="Part">Which part of the model this is.</param>
/// <param name="Layers">Steps in order of execution, those of this part.</param>
/// <param name="Heads">After the layers, those of this part.</param>
/// <param name="Tables">Weights, biases and shifts in the order that the steps read them.</param>
public record PartProgram(
    Network Network, KernelPlan Plan, ArenaPlan Arena, LaneArena Lanes, PartIdentity Part, ValueArray<PartLayer> Layers, ValueArray<PlacedHead> Heads, WeightTables Tables)
{
    /// <summary>
    /// What one label takes on the device: a reference in an array and 24 bytes of a string object; its characters stay in flash (by the
    /// interpreter's object layout).
    /// </summary>
    public const int BytesPerLabel = DeviceLimits.SlotBytes + 24;

    /// <summary>Ints for multiples of inputs.</summary>
    public int Multiples { get; init; }

    /// <summary>C# names of the tasks.</summary>
    public ValueArray<TaskNames> Names => Part.Names;

    /// <summary>Bytes of both arenas.</summary>
    public int ArenaBytes => Arena.Size + (Lanes.Length * sizeof(long));

    /// <summary>Bytes of both arenas that no plan could do without.</summary>
    public int ArenaLowerBound => Arena.LowerBound + (Lanes.LowerBound * sizeof(long));

    /// <summary>Bytes that the static constructor allocates: elements of arenas, tables and logits, as far as this part owns them, and labels.</summary>
    public int RamBytes => (Part.IsFirst ? ArenaBytes : 0) + Tables.Bytes + (Multiples * sizeof(int))
        + Network.Tasks.Where((_, task) => Part.OwnsLogits(task)).Sum(task => task.Classes.Count * sizeof(int))
        + (Part.IsLast ? Network.Tasks.Sum(task => (task.Labels.Count * BytesPerLabel) + ((task.RecentLength + (task.Detection?.Thresholds.Count ?? 0)) * sizeof(int))) : 0);

    /// <summary>The part has an arena of longs to allocate.</summary>
    public bool OwnsLanes => Part.IsFirst && Lanes.Length > 0;

    /// <summary>The part has an arena of bytes to allocate.</summary>
    public bool OwnsArena => Part.IsFirst && Arena.Size > 0;
}

/// <summary>The steps of one depth that a part computes.</summary>
/// <param name="Layer">Kind and shapes.</param>
/// <param name="Kernel">How they are computed.</param>
/// <param name="Steps">In order.</param>
/// <param name="Lanes">The layer on packed lanes, whole even where a part computes some of it; null for kernels that work on bytes.</param>
/// <param name="Packed">Where the blocks below left their codes, in order, where the layer begins with packing those.</param>
/// <param name="FirstShift">Index of its first channel in the shifts of lanes; null unless it is a global convolution on lanes.</param>
public sealed record PartLayer(Layer Layer, LayerKernel Kernel, ValueArray<PlacedStep> Steps, PlacedLaneLayer? Lanes, ValueArray<PackedBlock> Packed, int? FirstShift)
{
    /// <summary>Where it keeps the maxima of its rows on a stream; null for others.</summary>
    public int? MaximaStart { get; init; }

    /// <summary>What is computed here of a lane layer.</summary>
    public ValueArray<ChannelSpan> Spans => Steps.Where(step => step.Block.Channels.Count > 0).Select(SpanOf).ToValueArray();

    /// <summary>What a step computes of a lane layer.</summary>
    public ChannelSpan SpanOf(PlacedStep step) => new(Lanes!.Blocks.First(block => block.Task == step.Task), step.First, step.Block.Channels.Count);
}

/// <summary>Codes of a block in the arena of bytes, to be packed.</summary>
/// <param name="Task">Index of the block's task; null for the shared encoder.</param>
/// <param name="Offset">Its first code.</param>
/// <param name="Channels">Its channels.</param>
public sealed record PackedBlock(int? Task, int Offset, int Channels);

/// <summary>A step with its places.</summary>
/// <param name="Task">As of a <see cref="BlockStep"/>.</param>
/// <param name="Block">As there.</param>
/// <param name="First">As there.</param>
/// <param name="IsWhole">As there.</param>
/// <param name="InTables">As there.</param>
/// <param name="SharedOffset">Where the shared encoder's codes start in the arena; null where there are none: the step reads the caller's codes, or packed images.</param>
/// <param name="OwnOffset">Where the codes of its own encoder start, which of the shared one are the same; null where there are none.</param>
/// <param name="OutputOffset">Where its own go; null where packed images take them.</param>
/// <param name="Table">Its rows in the tables; null where it has none.</param>
public sealed record PlacedStep(
    int? Task, Block Block, int First, bool IsWhole, bool InTables, int? SharedOffset, int? OwnOffset, int? OutputOffset, TablePlace? Table)
    : BlockStep(Task, Block, First, IsWhole, InTables)
{
    /// <summary>Where its codes go as bytes, for kernels that leave them there.</summary>
    public int Output => OutputOffset ?? throw new InvalidOperationException("the step leaves its codes in packed images");
}

/// <summary>A head with its places.</summary>
/// <param name="Task">As of a <see cref="HeadStep"/>.</param>
/// <param name="FirstClass">As there.</param>
/// <param name="Classes">As there.</param>
/// <param name="SharedOffset">Where the shared embedding starts in the arena.</param>
/// <param name="OwnOffset">Where the adapter's embedding starts; null where it has no channels.</param>
/// <param name="Table">Its rows in the tables; null where weights are code.</param>
public sealed record PlacedHead(int Task, int FirstClass, int Classes, int SharedOffset, int? OwnOffset, TablePlace? Table) : HeadStep(Task, FirstClass, Classes);

/// <summary>Where a step's rows start in the tables.</summary>
/// <param name="Weight">Index of the first weight, or of the first number in the table of wide rows.</param>
/// <param name="Channel">Index of the first channel or class in the tables of biases and shifts.</param>
public readonly record struct TablePlace(int Weight, int Channel);
