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

    /// <summary>Bytes of a load and an addition.</summary>
    private const int BytesOfTerm = 3;

    private const int CallBytes = 5;

    // No task.
    private const int Shared = -1;

    /// <summary>Of a layer.</summary>
    public static LayerSize Of(ScheduledLayer scheduled, LayerCode code)
    {
        IEnumerable<IEnumerable<int>> tables = scheduled.Steps.Select(step => step.Block.Channels.Select(channel => Piece.TableBytesOf(scheduled, step, channel)));
        if (scheduled.Lanes is not { } lanes)
            return Of(code, scheduled.Steps.Max(step => step.Block.SharedInputs + step.Block.OwnInputs), scheduled.Steps.Select(step => step.Block.Channels.Select(channel => step.InTables ? 0 : Terms(channel.Weights))), tables);
        // What several encoders read is loaded by every method, what an adapter has for itself only by those with channels of its own.
        var patch = new LanePatch(lanes);
        var used = lanes.Whole.ToDictionary(span => span.Block.Task ?? Shared, span => LaneTile.Used(lanes, patch, span));
        var readers = used.Values.SelectMany(elements => elements).GroupBy(element => element).ToDictionary(element => element.Key, element => element.Count());
        int[] shared = [.. readers.Keys.Where(element => readers[element] > 1 || used.TryGetValue(Shared, out int[]? own) && own.Contains(element))];
        return Of(code, shared.Length, scheduled.Steps.Select(step =>
        {
            int own = used.TryGetValue(step.Task ?? Shared, out int[]? elements) && step.Block.Channels.Count > 0 ? elements.Except(shared).Count() * LoadBytes / (BytesOfTerm * lanes.Positions) / step.Block.Channels.Count : 0;
            return step.Block.Channels.Select(channel => step.InTables ? 0 : Terms(channel.Weights) + own);
        }), tables);
    }

    /// <summary>Of the heads.</summary>
    public static LayerSize Of(ValueArray<NetworkTask> tasks, LayerKernel kernel, LayerCode code) => Of(
        code, tasks.Max(task => task.SharedInputs + task.OwnInputs), tasks.Select(task => task.Classes.Select(c => Terms(c.Weights))),
        tasks.Select(task => task.Classes.Select(c => Piece.TableBytesOf(kernel, task, c))));

    // Besides its weights a channel takes about as much as so many of them.
    private static int Terms(ValueArray<sbyte> weights) => weights.Count(weight => weight != 0) + 12;

    private static LayerSize Of(LayerCode code, int elements, IEnumerable<IEnumerable<int>> steps, IEnumerable<IEnumerable<int>> tables)
    {
        int[][] weights = [.. steps.Select(step => step.ToArray())];
        int bytes = code.Methods.Sum(method => method.Figures.DeviceBytes), methods = code.Methods.Count;
        int variables = code.Methods.Select(method => method.Method.Parameters.Count).DefaultIfEmpty(0).Max();
        int loads = methods == 0 ? 0 : Math.Min(bytes / methods / 2, elements * LoadBytes);
        long all = Math.Max(1, weights.Sum(step => step.Sum(size => (long)size))), shared = bytes - (methods * loads);
        // Largest remainders are of no concern: each is rounded up.
        ValueArray<ValueArray<int>> channels = weights.Select(step => step.Select(size => (int)(((shared * size) + all - 1) / all)).ToValueArray()).ToValueArray();
        return new LayerSize(channels, loads + (methods == 0 ? 0 : CallBytes + variables), code.Entry.Figures.DeviceBytes + CallBytes, Math.Max(1, AssemblyLimits.BytesOfMethod - loads),
            tables.Select(step => step.ToValueArray()).ToValueArray(),
            code.Kernels.Select(run => run.Section).Where(section => !LaneSections.IsPacking(section)).Distinct(StringComparer.Ordinal).ToValueArray());
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
