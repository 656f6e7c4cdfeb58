using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>A convolution layer on packed lanes: packing where it begins from bytes, the lane methods or loops, halo, unpacking where bytes are read next.</summary>
internal static class LaneStage
{
    public static StageCode Build(PartProgram program, PartLayer lowered)
    {
        Layer layer = lowered.Layer;
        PlacedLaneLayer lanes = lowered.Lanes!;
        LaneSlice[] slices = [.. lowered.Slices];
        StaticField field = StateFields.Lanes(program.Part);
        var names = new LaneNames(field, program.Part.MaskName, task => IdleText.Owner(program.Network, task));
        string name = LayerNames.Method(layer.Index);
        bool begins = slices[0].FirstOutput == 0, packs = begins && program.Plan.Packs(layer.Index);
        var stage = new StageBuilder(program.Part, packs && layer.Index == 1, lowered.Steps.Any(step => step.Task is not null));

        foreach (PlacedStep step in lowered.Steps)
            stage.Comment(StageText.Describe(program.Network, step));
        if (packs)
            Pack(stage, program, lowered, lanes, field);
        if (lanes.Input.HasHalo && begins)
            Halo(stage, lanes, field);
        if (lanes.IsPaired && begins)
            Pair(stage, lanes, field);

        int first = slices[0].FirstOutput, channels = slices.Sum(slice => slice.Count);
        if (lanes.KeepsBest)
        {
            stage.Kernel(
                0, LaneTally.Clear(lanes.Output.Lines, lanes.Output.Places, channels), "Clear", ("lanes", field), ("start", Expressions.Int(lanes.OutputStart + first)),
                ("stride", Expressions.Int(lanes.Output.Stride)), ("step", Expressions.Int(lanes.Output.Channels)), ("channels", Expressions.Int(channels)),
                ("lines", Expressions.Int(lanes.Output.Lines)), ("places", Expressions.Int(lanes.Output.Places)));
        }

        LaneSlice[] coded = [.. lowered.Steps.Where(step => !step.InTables && step.Block.Channels.Count > 0).Select(lowered.Slice)];
        if (coded.Length > 0)
            Tiles(stage, lanes, coded, name, names);
        LaneLoopStage.Convolve(stage, program, lowered, lanes, field);
        if (lanes.IsGlobal)
            Pool(stage, program, lowered, lanes, slices, field);
        else if (lanes.KeepsBest && coded.Length > 0)
            stage.Method(LaneTile.Mask(coded), LaneRequantisation.Assemble(lanes, coded, name + "_Codes", names));
        if (!lanes.IsGlobal && program.Plan.WritesBytes(layer))
            Unpack(stage, program, lanes, field, first, channels, lowered.Steps[0].Output);
        return stage.Build(name);
    }

    private static void Tiles(StageBuilder stage, PlacedLaneLayer lanes, LaneSlice[] slices, string name, LaneNames names)
    {
        ValueArray<LaneTileCode> tiles = LaneTiles.Assemble(lanes, slices, name + "_Lanes", names)
            ?? throw new InvalidOperationException($"layer {lanes.Layer.Index} has a channel that no method can hold");
        foreach (LaneTileCode tile in tiles)
            stage.Method(LaneTile.Mask(tile.Slices), tile.Code);
    }

    // The caller's codes, or what the layers below left in bytes, block by block.
    private static void Pack(StageBuilder stage, PartProgram program, PartLayer lowered, PlacedLaneLayer lanes, StaticField field)
    {
        IEnumerable<(Expression Codes, ByteRange Range)> sources = lowered.Layer.Index == 1
            ? [(stage.Codes, new ByteRange(0, 1))]
            : lowered.Packed.Select(range => ((Expression)StateFields.Arena(program.Part), range));
        int channel = 0;
        foreach ((Expression codes, ByteRange range) in sources)
        {
            stage.Kernel(
                0, LaneTally.Pack(lanes.Input.Lines, lanes.Input.Places, range.Channels, lanes.Format.Lanes), LaneSections.Pack,
                ("codes", codes), ("from", Expressions.Int(range.Offset)), ("channels", Expressions.Int(range.Channels)), ("lanes", field),
                ("start", Expressions.Int(lanes.InputStart + channel)), ("stride", Expressions.Int(lanes.Input.Stride)), ("step", Expressions.Int(lanes.Input.Channels)),
                ("lines", Expressions.Int(lanes.Input.Lines)), ("places", Expressions.Int(lanes.Input.Places)),
                ("lineStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? lanes.Layer.InputColumns : 1)),
                ("placeStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? 1 : lanes.Layer.InputColumns)),
                ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));
            channel += range.Channels;
        }
    }

    private static void Unpack(StageBuilder stage, PartProgram program, PlacedLaneLayer lanes, StaticField field, int first, int channels, int to) => stage.Kernel(
        0, LaneTally.Unpack(lanes.Output.Lines, lanes.Output.Places, channels, lanes.Format.Lanes), LaneSections.Unpack,
        ("lanes", field), ("start", Expressions.Int(lanes.OutputStart + first)), ("stride", Expressions.Int(lanes.Output.Stride)), ("step", Expressions.Int(lanes.Output.Channels)),
        ("channels", Expressions.Int(channels)), ("codes", StateFields.Arena(program.Part)), ("to", Expressions.Int(to)),
        ("lines", Expressions.Int(lanes.Output.Lines)), ("places", Expressions.Int(lanes.Output.Places)),
        ("lineStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? lanes.Layer.OutputColumns : 1)),
        ("placeStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? 1 : lanes.Layer.OutputColumns)),
        ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));

    private static void Halo(StageBuilder stage, PlacedLaneLayer lanes, StaticField field) => stage.Kernel(
        0, LaneTally.Halo(lanes.Input.Lines, lanes.Input.Channels), "Halo",
        ("lanes", field), ("start", Expressions.Int(lanes.InputStart)), ("stride", Expressions.Int(lanes.Input.Stride)), ("step", Expressions.Int(lanes.Input.Channels)),
        ("channels", Expressions.Int(lanes.Input.Channels)), ("lines", Expressions.Int(lanes.Input.Lines)), ("places", Expressions.Int(lanes.Input.Places)), ("bits", Expressions.Int(lanes.Format.Bits)));

    // The inputs of every encoder apart: adapters have theirs for themselves.
    private static void Pair(StageBuilder stage, PlacedLaneLayer lanes, StaticField field)
    {
        foreach ((int mask, int first, int count) in lanes.Blocks.Select(block => (block.Mask, block.OwnInput, block.Block.OwnInputs)).Prepend((0, 0, lanes.Layer.Shared.SharedInputs)))
        {
            int channels = count / 2 * 2, places = lanes.Input.Places + (lanes.Input.HasHalo ? 1 : 0);
            if (channels == 0)
                continue;
            stage.Kernel(
                mask, LaneTally.Pair(lanes.Input.Lines, places, channels), "Pair",
                ("lanes", field), ("start", Expressions.Int(lanes.InputStart + first)), ("stride", Expressions.Int(lanes.Input.Stride)), ("step", Expressions.Int(lanes.Input.Channels)),
                ("channels", Expressions.Int(channels)), ("lines", Expressions.Int(lanes.Input.Lines)), ("places", Expressions.Int(places)));
        }
    }

    // One call for neighbours with the same largest code.
    private static void Pool(StageBuilder stage, PartProgram program, PartLayer lowered, PlacedLaneLayer lanes, LaneSlice[] slices, StaticField field)
    {
        int code = lowered.Steps[0].Output, shift = lowered.FirstShift.GetValueOrDefault(), next = 0;
        while (next < slices.Length)
        {
            int max = slices[next].Block.Block.ActivationMax, first = slices[next].FirstOutput, channels = 0;
            while (next < slices.Length && slices[next].Block.Block.ActivationMax == max)
                channels += slices[next++].Count;
            stage.Kernel(
                0, LaneTally.PoolLanes(channels, lanes.Format.Lanes), "PoolLanes",
                ("lanes", field), ("start", Expressions.Int(lanes.OutputStart + first)), ("channels", Expressions.Int(channels)), ("codes", StateFields.Arena(program.Part)), ("to", Expressions.Int(code)),
                ("shifts", StateFields.LaneShifts), ("shift", Expressions.Int(shift)), ("max", Expressions.Int(max)),
                ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));
            code += channels;
            shift += channels;
        }
    }
}
