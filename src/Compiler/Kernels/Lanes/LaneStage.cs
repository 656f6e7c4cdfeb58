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
    public static StageCode Build(LoweredProgram program, LoweredLayer lowered)
    {
        Layer layer = lowered.Layer;
        LaneLayer lanes = lowered.Lanes!;
        LaneSlice[] slices = [.. lowered.Slices];
        StaticField field = StateFields.Lanes(program);
        var names = new LaneNames(field, program.MaskName, task => task < 0 ? "shared" : program.Network.Tasks[task].Name);
        string name = LayerNames.Method(layer.Index);
        bool begins = slices[0].FirstOutput == 0, packs = begins && program.Plan.Packs(layer.Index);
        var stage = new StageBuilder(program, packs && layer.Index == 1, lowered.Steps.Any(step => step.Task >= 0));

        foreach (BlockStep step in lowered.Steps)
            stage.Comment(StageText.Describe(program, step));
        if (packs)
            Pack(stage, program, lowered, lanes, field);
        if (lanes.Input.HasHalo && begins)
            Halo(stage, lanes.Input, lanes.Format, field, 0, lanes.Input.Channels);
        if (lanes.IsPaired && begins)
            Pair(stage, lanes, field);

        int first = slices[0].FirstOutput, channels = slices.Sum(slice => slice.Count);
        if (lanes.KeepsBest)
        {
            stage.Kernel(
                0, LaneTally.Clear(lanes.Output.Lines, lanes.Output.Places, channels), "Clear", ("lanes", field), ("start", Expressions.Int(lanes.Output.Start + first)),
                ("stride", Expressions.Int(lanes.Output.Stride)), ("step", Expressions.Int(lanes.Output.Channels)), ("channels", Expressions.Int(channels)),
                ("lines", Expressions.Int(lanes.Output.Lines)), ("places", Expressions.Int(lanes.Output.Places)));
        }

        LaneSlice[] coded = [.. lowered.Steps.Where(step => !step.InTables && step.Block.Channels.Count > 0).Select(lowered.Slice)];
        if (coded.Length > 0)
            Tiles(stage, lanes, coded, name, names);
        LaneLoopStage.Convolve(stage, program, lowered, lanes, field);
        if (lanes.IsGlobal)
            Pool(stage, program, lowered, lanes, slices, field, FirstShift(program, lowered));
        else if (lanes.KeepsBest && coded.Length > 0)
            stage.Method(LaneTile.Mask(coded), LaneRequantisation.Assemble(lanes, coded, name + "_Codes", names));
        if (!lanes.IsGlobal && program.Plan.WritesBytes(layer))
            Unpack(stage, program, lanes, field, first, channels, lowered.Steps[0].OutputOffset);
        return stage.Build(name);
    }

    // Global convolutions have their shifts in a table, in order.
    internal static int FirstShift(LoweredProgram program, LoweredLayer lowered) => program.Layers
        .TakeWhile(layer => !ReferenceEquals(layer, lowered))
        .Where(layer => layer.Lanes is { IsGlobal: true })
        .Sum(layer => layer.Steps.Sum(step => step.Block.Channels.Count));

    private static void Tiles(StageBuilder stage, LaneLayer lanes, LaneSlice[] slices, string name, LaneNames names)
    {
        ValueArray<LaneTileCode> tiles = LaneTiles.Assemble(lanes, slices, name + "_Lanes", names)
            ?? throw new InvalidOperationException($"layer {lanes.Layer.Index} has a channel that no method can hold");
        foreach (LaneTileCode tile in tiles)
            stage.Method(LaneTile.Mask(tile.Slices), tile.Code);
    }

    // The caller's codes, or what the layers below left in bytes, block by block.
    private static void Pack(StageBuilder stage, LoweredProgram program, LoweredLayer lowered, LaneLayer lanes, StaticField field)
    {
        IEnumerable<(Expression Codes, ByteRange Range)> sources = lowered.Layer.Index == 1
            ? [(stage.Codes, new ByteRange(0, 1))]
            : lowered.Packed.Select(range => ((Expression)StateFields.Arena(program), range));
        int channel = 0;
        foreach ((Expression codes, ByteRange range) in sources)
        {
            stage.Kernel(
                0, LaneTally.Pack(lanes.Input.Lines, lanes.Input.Places, range.Channels, lanes.Format.Lanes), LaneSections.Pack,
                ("codes", codes), ("from", Expressions.Int(range.Offset)), ("channels", Expressions.Int(range.Channels)), ("lanes", field),
                ("start", Expressions.Int(lanes.Input.Start + channel)), ("stride", Expressions.Int(lanes.Input.Stride)), ("step", Expressions.Int(lanes.Input.Channels)),
                ("lines", Expressions.Int(lanes.Input.Lines)), ("places", Expressions.Int(lanes.Input.Places)),
                ("lineStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? lanes.Layer.InputColumns : 1)),
                ("placeStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? 1 : lanes.Layer.InputColumns)),
                ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));
            channel += range.Channels;
        }
    }

    private static void Unpack(StageBuilder stage, LoweredProgram program, LaneLayer lanes, StaticField field, int first, int channels, int to) => stage.Kernel(
        0, LaneTally.Unpack(lanes.Output.Lines, lanes.Output.Places, channels, lanes.Format.Lanes), LaneSections.Unpack,
        ("lanes", field), ("start", Expressions.Int(lanes.Output.Start + first)), ("stride", Expressions.Int(lanes.Output.Stride)), ("step", Expressions.Int(lanes.Output.Channels)),
        ("channels", Expressions.Int(channels)), ("codes", StateFields.Arena(program)), ("to", Expressions.Int(to)),
        ("lines", Expressions.Int(lanes.Output.Lines)), ("places", Expressions.Int(lanes.Output.Places)),
        ("lineStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? lanes.Layer.OutputColumns : 1)),
        ("placeStep", Expressions.Int(lanes.Format.Axis == LaneAxis.Frequency ? 1 : lanes.Layer.OutputColumns)),
        ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));

    private static void Halo(StageBuilder stage, LaneImage image, LaneFormat format, StaticField field, int first, int channels) => stage.Kernel(
        0, LaneTally.Halo(image.Lines, channels), "Halo",
        ("lanes", field), ("start", Expressions.Int(image.Start + first)), ("stride", Expressions.Int(image.Stride)), ("step", Expressions.Int(image.Channels)),
        ("channels", Expressions.Int(channels)), ("lines", Expressions.Int(image.Lines)), ("places", Expressions.Int(image.Places)), ("bits", Expressions.Int(format.Bits)));

    // The inputs of every encoder apart: adapters have theirs for themselves.
    private static void Pair(StageBuilder stage, LaneLayer lanes, StaticField field)
    {
        foreach ((int mask, int first, int count) in lanes.Blocks.Select(block => (block.Mask, block.OwnInput, block.Block.OwnInputs)).Prepend((0, 0, lanes.Layer.Shared.SharedInputs)))
        {
            int channels = count / 2 * 2, places = lanes.Input.Places + (lanes.Input.HasHalo ? 1 : 0);
            if (channels == 0)
                continue;
            stage.Kernel(
                mask, LaneTally.Pair(lanes.Input.Lines, places, channels), "Pair",
                ("lanes", field), ("start", Expressions.Int(lanes.Input.Start + first)), ("stride", Expressions.Int(lanes.Input.Stride)), ("step", Expressions.Int(lanes.Input.Channels)),
                ("channels", Expressions.Int(channels)), ("lines", Expressions.Int(lanes.Input.Lines)), ("places", Expressions.Int(places)));
        }
    }

    // One call for neighbours with the same largest code.
    private static void Pool(StageBuilder stage, LoweredProgram program, LoweredLayer lowered, LaneLayer lanes, LaneSlice[] slices, StaticField field, int firstShift)
    {
        int code = lowered.Steps[0].OutputOffset, shift = firstShift, next = 0;
        while (next < slices.Length)
        {
            int max = slices[next].Block.Block.ActivationMax, first = slices[next].FirstOutput, channels = 0;
            while (next < slices.Length && slices[next].Block.Block.ActivationMax == max)
                channels += slices[next++].Count;
            stage.Kernel(
                0, LaneTally.PoolLanes(channels, lanes.Format.Lanes), "PoolLanes",
                ("lanes", field), ("start", Expressions.Int(lanes.Output.Start + first)), ("channels", Expressions.Int(channels)), ("codes", StateFields.Arena(program)), ("to", Expressions.Int(code)),
                ("shifts", StateFields.LaneShifts), ("shift", Expressions.Int(shift)), ("max", Expressions.Int(max)),
                ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)));
            code += channels;
            shift += channels;
        }
    }
}
