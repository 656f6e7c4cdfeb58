using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Gives the steps of a class their places: in the arenas, where the program has them, and in tables, which it lays out.</summary>
internal sealed class TableLayout
{
    private readonly PlacedProgram placed;
    private readonly List<TableRow> rows = [];
    private readonly List<LaneShiftRow> laneShifts = [];
    private int weights, terms;

    private TableLayout(PlacedProgram placed) => this.placed = placed;

    /// <summary>Some steps of a program as one class.</summary>
    /// <param name="placed">The program.</param>
    /// <param name="part">The class.</param>
    /// <param name="layers">What it computes.</param>
    /// <param name="heads">What it computes after that.</param>
    public static PartProgram Build(PlacedProgram placed, PartIdentity part, IEnumerable<ScheduledLayer> layers, IEnumerable<HeadStep> heads)
    {
        var layout = new TableLayout(placed);
        ValueArray<PartLayer> placedLayers = layers.Select(layout.Layer).ToValueArray();
        ValueArray<PlacedHead> placedHeads = heads.Select(layout.Head).ToValueArray();
        return new PartProgram(
            placed.Network, placed.Plan, placed.Arena, placed.Lanes, part, placedLayers, placedHeads, new WeightTables(layout.rows.ToValueArray(), layout.laneShifts.ToValueArray()))
        {
            Multiples = placedLayers.Select(layer => KernelRegistry.Of(layer.Kernel).Multiples(layer.Kernel, layer.Layer))
                .Append(placedHeads.Count == 0 ? 0 : KernelRegistry.Of(placed.Plan.Heads).HeadMultiples(placed.Plan.Heads, placed.Network)).Max(),
        };
    }

    private PartLayer Layer(ScheduledLayer scheduled)
    {
        Layer layer = scheduled.Layer;
        ValueArray<PackedBlock> packed = layer.Index > 1 && placed.Plan.Packs(layer.Index)
            ? placed.Blocks.Where(block => block.Layer == layer.Index - 1)
                .Select(block => new PackedBlock(block.Task, block.Offset, placed.Network.Layers[layer.Index - 2].BlockOf(block.Task).Channels.Count)).ToValueArray()
            : ValueArray<PackedBlock>.Empty;
        int? firstShift = scheduled.Lanes is { IsGlobal: true } ? laneShifts.Sum(block => block.Shifts.Count) : null;
        var placedLayer = new PartLayer(layer, scheduled.Kernel, scheduled.Steps.Select(step => Step(scheduled, step)).ToValueArray(), placed.ImagesOf(layer.Index), packed, firstShift)
        {
            MaximaStart = layer.MaximumRows > 1 ? placed.MaximaStart : null,
        };
        if (firstShift is not null)
        {
            laneShifts.AddRange(placedLayer.Spans.Select(span => new LaneShiftRow(
                LayerNames.Section(placed.Network, layer, span.Block.Task), span.Block.Proofs.Skip(span.First).Take(span.Count).Select(proof => proof.Shift).ToValueArray())));
        }

        return placedLayer;
    }

    private PlacedStep Step(ScheduledLayer scheduled, BlockStep step)
    {
        Layer layer = scheduled.Layer;
        string section = LayerNames.Section(placed.Network, layer, step.Task);
        TablePlace? table = !step.InTables ? null : Add(step.Block.Channels.Select(channel =>
        {
            (ValueArray<sbyte> weights, int shift) = KernelRegistry.Of(scheduled.Kernel).Row(scheduled, channel);
            return new TableRow(section, channel.Number, checked((int)channel.Bias), shift, weights, KernelRegistry.Of(scheduled.Kernel).HasWideRows);
        }));
        return new PlacedStep(
            step.Task, step.Block, step.First, step.IsWhole, step.InTables,
            placed.CodesOf(layer.Index - 1, null), placed.CodesOf(layer.Index - 1, step.Task), placed.CodesOf(layer.Index, step.Task) + (step.First * layer.OutputRows * layer.OutputColumns), table);
    }

    private PlacedHead Head(HeadStep head)
    {
        int top = placed.Network.Layers.Count;
        NetworkTask task = placed.Network.Tasks[head.Task];
        LayerKernel kernel = placed.Plan.Heads;
        TablePlace? table = !kernel.UsesTables() ? null : Add(task.Classes
            .Select((each, i) => new TableRow(task.Name + ", head", i + 1, checked((int)each.Bias), null, KernelRegistry.Of(kernel).HeadRow(kernel, task, each), KernelRegistry.Of(kernel).HasWideRows)).Skip(head.FirstClass).Take(head.Classes));
        return new PlacedHead(head.Task, head.FirstClass, head.Classes, placed.CodesOf(top, null) ?? throw new InvalidOperationException("the last layer leaves no bytes"), placed.CodesOf(top, head.Task), table);
    }

    private TablePlace Add(IEnumerable<TableRow> more)
    {
        int first = rows.Count, firstWeight = weights, firstTerm = terms;
        foreach (TableRow row in more)
        {
            rows.Add(row);
            if (row.IsWide)
                terms += row.Weights.Count / 2;
            else
                weights += row.Weights.Count;
        }

        return new TablePlace(terms > firstTerm ? firstTerm : firstWeight, first);
    }
}
