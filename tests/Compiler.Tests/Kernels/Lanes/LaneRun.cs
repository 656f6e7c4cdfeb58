using System;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing.Following;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>One layer of a generated class, with images put where it reads and codes taken from where it writes.</summary>
/// <param name="program">What was generated.</param>
/// <param name="layer">A lane layer of it.</param>
/// <param name="type">The class; its lanes are longs or followed.</param>
internal sealed class LaneRun(CodedProgram program, PartLayer layer, Type type)
{
    private readonly PlacedLaneLayer lanes = layer.Lanes!;
    private readonly byte[]? arena = (byte[]?)Field("arena", type);
    private readonly object packed = Field("lanes", type)!;
    private readonly MethodInfo method = type.GetMethod(LayerNames.Method(layer.Layer.Index), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Runs the layer for all tasks.</summary>
    /// <param name="image">Every channel of its input.</param>
    public void Run(int[][] image)
    {
        byte[] codes = [.. image.SelectMany(channel => channel).Select(code => (byte)code)];
        int size = layer.Layer.InputRows * layer.Layer.InputColumns;
        if (!program.Plan.Packs(layer.Layer.Index))
            Pack(codes);
        int channel = 0;
        foreach (PackedBlock block in layer.Packed)
        {
            Array.Copy(codes, channel * size, arena!, block.Offset, block.Channels * size);
            channel += block.Channels;
        }

        FollowedLanes.Begin(lanes.Format);
        method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(parameter => parameter.Name == "codes" ? (object)codes : -1)], null);
    }

    /// <summary>Codes of a channel of a block, where the next layer reads them: from lanes, from bytes, or both.</summary>
    public int[][] Codes(LaneBlock block, int channel)
    {
        int positions = layer.Layer.OutputRows * layer.Layer.OutputColumns;
        PlacedStep step = layer.Steps.First(each => each.Task == block.Task);
        int[][] bytes = program.Plan.WritesBytes(layer.Layer)
            ? [[.. arena!.Skip(step.Output + (channel * positions)).Take(positions).Select(code => (int)code)]]
            : [];
        return lanes.IsGlobal ? bytes : [Unpack(block.FirstOutput + channel, positions), .. bytes];
    }

    private static object? Field(string name, Type type) => type.GetField(name, BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null);

    private void Pack(byte[] codes)
    {
        LaneImage image = lanes.Input;
        long[] target = packed as long[] ?? new long[program.Lanes.Length];
        (int lineStep, int placeStep) = lanes.Format.Axis == LaneAxis.Frequency ? (layer.Layer.InputColumns, 1) : (1, layer.Layer.InputColumns);
        if (lanes.Format.Lanes == LaneFormat.MostLanes)
            LaneKernels.PackSix(codes, 0, image.Channels, target, lanes.InputStart, image.Stride, image.Channels, image.Lines, image.Places, lineStep, placeStep);
        else
            LaneKernels.Pack(codes, 0, image.Channels, target, lanes.InputStart, image.Stride, image.Channels, image.Lines, image.Places, lineStep, placeStep, lanes.Format.Lanes, lanes.Format.Bits);
        if (packed is not FollowedArena followed)
            return;
        FollowedLanes.Begin(lanes.Format);
        for (int i = lanes.InputStart; i < lanes.InputStart + image.Length; i++)
            followed[i] = target[i];
    }

    private int[] Unpack(int channel, int positions)
    {
        LaneImage image = lanes.Output;
        int columns = layer.Layer.OutputColumns;
        return [.. Enumerable.Range(0, positions).Select(position =>
        {
            (int line, int along) = lanes.Format.Axis == LaneAxis.Frequency ? (position / columns, position % columns) : (position % columns, position / columns);
            int index = lanes.OutputStart + image.At(line, along % image.Places) + channel, lane = along / image.Places;
            return packed is FollowedArena followed
                ? (int)followed[index].Lanes[lane]
                : (int)((((long[])packed)[index] >> (lane * lanes.Format.Bits)) & (lanes.Format.GuardValue - 1));
        })];
    }
}
