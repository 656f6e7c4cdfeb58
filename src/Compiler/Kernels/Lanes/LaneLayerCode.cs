using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>A convolution layer on packed lanes: packing where it begins from bytes, the lane methods or loops, halo, unpacking where bytes are read next.</summary>
internal static class LaneLayerCode
{
    /// <summary>Builds it.</summary>
    /// <param name="program">What it belongs to.</param>
    /// <param name="lowered">The layer.</param>
    /// <param name="tables">Adds the calls for the channels whose weights are in tables.</param>
    public static LayerCode Build(PartProgram program, PartLayer lowered, Action<LayerCodeBuilder> tables)
    {
        Layer layer = lowered.Layer;
        PlacedLaneLayer lanes = lowered.Lanes!;
        ChannelSpan[] spans = [.. lowered.Spans];
        StaticField field = StateFields.Lanes(program.Part);
        var names = new LaneNames(field, program.Part.MaskName, task => IdleText.Owner(program.Network, task));
        string name = LayerNames.Method(layer.Index);
        // On a stream rows of bytes are packed when they are written, but for those that the caller gives.
        bool begins = spans[0].FirstOutput == 0, packs = begins && program.Plan.Packs(layer.Index) && (layer.Index == 1 || !layer.IsStreamed);
        var builder = new LayerCodeBuilder(program.Part, packs && layer.Index == 1, lowered.Steps.Any(step => step.Task is not null), packs && layer.Index == 1 && layer.IsStreamed);
        PartLayer? reader = StreamRows.ReaderOf(program, layer);

        foreach (PlacedStep step in lowered.Steps)
            builder.Comment(LayerText.Describe(program.Network, step));
        if (packs && layer.IsStreamed)
            StreamRows.MoveUp(builder, lanes, field);
        if (packs)
            Pack(builder, program, lowered, field);
        if (reader is not null && !program.Plan.Packs(reader.Layer.Index))
            StreamRows.MoveUp(builder, reader.Lanes!, field);
        if (lanes.Input.HasHalo && begins)
            Halo(builder, lanes, field);
        if (lanes.IsPaired && begins)
            Pair(builder, lanes, field);

        int first = spans[0].FirstOutput, channels = spans.Sum(span => span.Count);
        if (lowered.MaximaStart is { } kept)
            StreamMaxima.MoveUp(builder, layer, kept, channels, field);
        // Loops compare with what is there, whatever else does.
        if (lanes.KeepsBest || (lowered.Steps.Any(step => step.InTables) && !lowered.Kernel.IsListed))
        {
            builder.Kernel(
                0, LaneTally.Clear(lanes.Output.Lines, lanes.Output.Places, channels), "Clear", ("lanes", field), ("start", lanes.OutputAt(first)),
                ("stride", lanes.InOutput(1, 0)), ("step", lanes.InOutput(0, 1)), ("channels", Whole(lanes, channels)),
                ("lines", Expressions.Int(lanes.Output.Lines)), ("places", Expressions.Int(lanes.Output.Places)));
        }

        ChannelSpan[] coded = [.. lowered.Steps.Where(step => !step.InTables && step.Block.Channels.Count > 0).Select(lowered.SpanOf)];
        if (coded.Length > 0)
            Tiles(builder, lanes, coded, name, names);
        tables(builder);
        if (layer.MaximumRows > 0)
            StreamMaxima.AtLastRow(builder, program, lowered, field, start => Pool(builder, program, lowered, lanes, spans, field, start));
        else if (lanes.IsGlobal)
            Pool(builder, program, lowered, lanes, spans, field, lanes.OutputAt);
        else if (lanes.KeepsBest && coded.Length > 0)
            builder.Method(LaneTile.Mask(coded), LaneRequantisation.Assemble(lanes, coded, name + "_Codes", names));
        if (!lanes.IsGlobal && program.Plan.WritesBytes(layer))
            Unpack(builder, program, lanes, field, first, channels, program.Part.Output(layer, lowered.Steps[0]));
        if (reader is not null && program.Plan.Packs(reader.Layer.Index))
        {
            StreamRows.MoveUp(builder, reader.Lanes!, field);
            Pack(builder, program, reader, field);
        }

        return builder.Build(name);
    }

    private static void Tiles(LayerCodeBuilder builder, PlacedLaneLayer lanes, ChannelSpan[] spans, string name, LaneNames names)
    {
        ValueArray<LaneTileCode> tiles = LaneTiles.Assemble(lanes, spans, name + "_Lanes", names)
            ?? throw new InvalidOperationException($"layer {lanes.Layer.Index} has a channel that no method can hold");
        foreach (LaneTileCode tile in tiles)
            builder.Method(LaneTile.Mask(tile.Spans), tile.Code);
    }

    // The caller's codes, or what the layers below left in bytes, block by block.
    private static void Pack(LayerCodeBuilder builder, PartProgram program, PartLayer lowered, StaticField field)
    {
        PlacedLaneLayer lanes = lowered.Lanes!;
        int lines = StreamRows.NewLines(lanes);
        IEnumerable<(Expression Codes, Expression From, int Channels)> sources = lowered.Layer.Index == 1
            ? [(builder.Codes, lowered.Layer.IsStreamed ? builder.Offset : Expressions.Int(0), 1)]
            : lowered.Packed.Select(block => ((Expression)StateFields.Arena(program.Part), (Expression)program.Part.Codes(lowered.Layer.Index - 1, block.Task, block.Offset), block.Channels));
        string section = LanePacking.Section(lanes.Format, lanes.Input);
        int channel = 0;
        foreach ((Expression codes, Expression at, int channels) in sources)
        {
            (string, Expression)[] from =
            [
                ("codes", codes), ("from", at), ("channels", Expressions.Int(channels)), ("lanes", field),
                ("start", lanes.InputLine(lanes.Input.Lines - lines, channel)), ("stride", lanes.InInput(1, 0)), ("step", lanes.InInput(0, 1)),
                ("lines", Expressions.Int(lines)), ("places", Expressions.Int(lanes.Input.Places)),
            ];
            builder.Kernel(0, LanePacking.Tally(lanes.Format, lanes.Input, lines, channels), section, [.. from, .. LanePacking.Steps(section, lanes.Format, lanes.Layer.InputColumns)]);
            channel += channels;
        }
    }

    private static void Unpack(LayerCodeBuilder builder, PartProgram program, PlacedLaneLayer lanes, StaticField field, int first, int channels, Literal to)
    {
        string section = LanePacking.Unpacking(lanes.Format);
        (string, Expression)[] from =
        [
            ("lanes", field), ("start", lanes.OutputAt(first)), ("stride", lanes.InOutput(1, 0)), ("step", lanes.InOutput(0, 1)),
            ("channels", Whole(lanes, channels)), ("codes", StateFields.Arena(program.Part)), ("to", to),
            ("lines", Expressions.Int(lanes.Output.Lines)), ("places", Expressions.Int(lanes.Output.Places)),
        ];
        builder.Kernel(0, LanePacking.Unpacked(lanes.Format, lanes.Output, channels), section, [.. from, .. LanePacking.Steps(section, lanes.Format, lanes.Layer.OutputColumns)]);
    }

    private static void Halo(LayerCodeBuilder builder, PlacedLaneLayer lanes, StaticField field) => builder.Kernel(
        0, LaneTally.Halo(lanes.FreshLines, lanes.Input.Channels), "Halo",
        ("lanes", field), ("start", lanes.InputLine(lanes.Input.Lines - lanes.FreshLines)), ("stride", lanes.InInput(1, 0)), ("step", lanes.InInput(0, 1)),
        ("channels", lanes.InInput(0, 1)), ("lines", Expressions.Int(lanes.FreshLines)), ("places", Expressions.Int(lanes.Input.Places)), ("bits", Expressions.Int(lanes.Format.Bits)));

    // The inputs of every encoder apart: adapters have theirs for themselves.
    private static void Pair(LayerCodeBuilder builder, PlacedLaneLayer lanes, StaticField field)
    {
        foreach ((int mask, int first, int count) in lanes.Blocks.Select(block => (block.Mask, block.OwnInput, block.Block.OwnInputs)).Prepend((0, 0, lanes.Layer.Shared.SharedInputs)))
        {
            int channels = count / 2 * 2, places = lanes.Input.Places + (lanes.Input.HasHalo ? 1 : 0);
            if (channels == 0)
                continue;
            builder.Kernel(
                mask, LaneTally.Pair(lanes.FreshLines, places, channels), "Pair",
                ("lanes", field), ("start", lanes.InputLine(lanes.Input.Lines - lanes.FreshLines, first)), ("stride", lanes.InInput(1, 0)), ("step", lanes.InInput(0, 1)),
                ("channels", Expressions.Int(channels)), ("lines", Expressions.Int(lanes.FreshLines)), ("places", Expressions.Int(places)));
        }
    }

    // Channels side by side are the step from place to place: where all are meant, a task more is no other line.
    private static Literal Whole(LaneLayer lanes, int channels) => channels == lanes.Output.Channels ? lanes.InOutput(0, 1) : Expressions.Int(channels);

    // One call for neighbours with the same largest code.
    private static void Pool(LayerCodeBuilder builder, PartProgram program, PartLayer lowered, PlacedLaneLayer lanes, ChannelSpan[] spans, StaticField field, Func<int, Literal> start)
    {
        int before = 0, next = 0;
        while (next < spans.Length)
        {
            int max = spans[next].Block.Block.ActivationMax, first = spans[next].FirstOutput, channels = 0;
            while (next < spans.Length && spans[next].Block.Block.ActivationMax == max)
                channels += spans[next++].Count;
            builder.Kernel(
                0, LaneTally.PoolLanes(channels, lanes.Format.Lanes), "PoolLanes",
                ("lanes", field), ("start", start(first)), ("channels", Whole(lanes, channels)), ("codes", StateFields.Arena(program.Part)), ("to", program.Part.Output(lowered.Layer, lowered.Steps[0], before)),
                ("shifts", StateFields.LaneShifts), ("shift", CodePlaces.At(LayerNames.Method(lowered.Layer.Index), "Shifts", lowered.FirstShift.GetValueOrDefault(), before)), ("max", Expressions.Int(max)),
                ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));
            before += channels;
        }
    }
}
