using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Memory;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Schedule;

/// <summary>Measures sizes on code that was built.</summary>
internal static class LayerSizing
{
    /// <summary>Bytes of loading an element into a variable and moving it on.</summary>
    private const int LoadBytes = 12;

    private const int CallBytes = 5;

    /// <summary>Of a layer.</summary>
    public static LayerSize Of(ScheduledLayer scheduled, LayerCode code) => Of(
        code,
        scheduled.Lanes is { } lanes ? lanes.Whole.SelectMany(span => LaneTile.Used(lanes, new LanePatch(lanes), span)).Distinct().Count() : scheduled.Steps.Max(step => step.Block.SharedInputs + step.Block.OwnInputs),
        scheduled.Steps.Select(step => step.Block.Channels.Select(channel => step.InTables ? null : channel.Weights)),
        scheduled.Steps.Select(step => step.Block.Channels.Select(channel => Piece.TableBytesOf(scheduled, step, channel))));

    /// <summary>Of the heads.</summary>
    public static LayerSize Of(ValueArray<NetworkTask> tasks, LayerKernel kernel, LayerCode code) => Of(
        code, tasks.Max(task => task.SharedInputs + task.OwnInputs), tasks.Select(task => task.Classes.Select(c => (ValueArray<sbyte>?)c.Weights)),
        tasks.Select(task => task.Classes.Select(c => Piece.TableBytesOf(kernel, task, c))));

    private static LayerSize Of(LayerCode code, int elements, IEnumerable<IEnumerable<ValueArray<sbyte>?>> steps, IEnumerable<IEnumerable<int>> tables)
    {
        // Besides its weights a channel takes about as much as so many of them.
        const int others = 12;
        int[][] weights = [.. steps.Select(step => step.Select(channel => channel is { } inCode ? inCode.Count(weight => weight != 0) + others : 0).ToArray())];
        int bytes = code.Methods.Sum(method => method.Figures.DeviceBytes), methods = code.Methods.Count;
        int variables = code.Methods.Select(method => method.Method.Parameters.Count).DefaultIfEmpty(0).Max();
        int loads = methods == 0 ? 0 : Math.Min(bytes / methods / 2, elements * LoadBytes);
        long all = Math.Max(1, weights.Sum(step => step.Sum(size => (long)size))), shared = bytes - (methods * loads);
        // Largest remainders are of no concern: each is rounded up.
        ValueArray<ValueArray<int>> channels = weights.Select(step => step.Select(size => (int)(((shared * size) + all - 1) / all)).ToValueArray()).ToValueArray();
        return new LayerSize(channels, loads + (methods == 0 ? 0 : CallBytes + variables), code.Entry.Figures.DeviceBytes + CallBytes, Math.Max(1, AssemblyLimits.BytesOfMethod - loads),
            tables.Select(step => step.ToValueArray()).ToValueArray());
    }

    /// <summary>Sizes of a program's code: as the planner measured them, or measured here.</summary>
    public static LayerSizes Of(ScheduledProgram whole)
    {
        if (whole.Plan is MeasuredPlan measured)
            return measured.Sizes;
        ValueArray<LayerCode> code = ProgramCode.Build(PartCutter.Whole(Placement.ForMeasuring(whole))).Code;
        return new LayerSizes(code.Select((each, i) => i < whole.Layers.Count ? Of(whole.Layers[i], each) : Of(whole.Network.Tasks, whole.Plan.Heads, each)).ToValueArray());
    }
}
