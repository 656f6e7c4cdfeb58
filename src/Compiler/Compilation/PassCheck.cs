using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Compilation;

/// <summary>What must hold of a program after each pass, whatever network, plan and cut: checked by tests, and in debug builds on every compilation.</summary>
internal static class PassCheck
{
    /// <summary>After schedule: every channel of every block is in exactly one step, in order, and every task has its head.</summary>
    public static void Scheduled(ScheduledProgram program)
    {
        Hold("schedule", program.Layers.Select(layer => layer.Layer.Index).SequenceEqual(program.Network.Layers.Select(layer => layer.Index)), "a layer is missing or out of order");
        foreach (ScheduledLayer layer in program.Layers)
            Hold("schedule", Numbers(layer.Layer, layer.Steps).SequenceEqual(Expected(layer.Layer)), FormattableString.Invariant($"steps of layer {layer.Layer.Index} are not its channels"));
        Hold("schedule", program.Heads.Select(head => head.Task).SequenceEqual(Enumerable.Range(0, program.Network.Tasks.Count)), "a head is missing or out of order");
    }

    /// <summary>After place: buffers that live at once lie apart and inside the arena, images in front of the sums.</summary>
    public static void Placed(PlacedProgram program)
    {
        Placed(program.Arena);
        Placed(program.Lanes.Images);
        foreach ((int start, LaneImage image) in program.Images.SelectMany(lanes => new[] { (lanes.InputStart, lanes.Input), (lanes.OutputStart, lanes.Output) }))
            Hold("place", start >= 0 && start + image.Length <= program.Lanes.SumsStart, "an image reaches into the sums");
    }

    private static void Placed(ArenaPlan arena)
    {
        for (int i = 0; i < arena.Buffers.Count; i++)
        {
            PlacedBuffer one = arena.Buffers[i];
            Hold("place", one.Offset >= 0 && one.Offset + one.Length <= arena.Size, one.Name + " leaves the arena");
            Hold("place", arena.Buffers.Skip(i + 1).All(one.Suffers), one.Name + " shares elements with what lives beside it");
        }
    }

    /// <summary>After part: the parts together are the whole, each channel, class and table row once, and each task's logits have one owner.</summary>
    public static void Divided(PartProgram whole, IReadOnlyList<PartProgram> parts)
    {
        Hold("part", parts.Select(part => part.Part.Number).SequenceEqual(Enumerable.Range(1, parts.Count)), "parts are out of order");
        Hold("part", Numbers(parts.SelectMany(part => part.Layers)).SequenceEqual(Numbers(whole.Layers)), "parts one after the other do not make up the layers");
        for (int task = 0; task < whole.Network.Tasks.Count; task++)
        {
            int[] classes = [.. parts.SelectMany(part => part.Heads).Where(head => head.Task == task).SelectMany(head => Enumerable.Range(head.FirstClass, head.Classes))];
            Hold("part", classes.SequenceEqual(Enumerable.Range(0, whole.Network.Tasks[task].Classes.Count)), FormattableString.Invariant($"parts do not make up the head of task {task}"));
            Hold("part", parts.Count(part => part.Part.OwnsLogits(task)) == 1, FormattableString.Invariant($"logits of task {task} have not one owner"));
        }

        Hold("part", parts.Sum(part => part.Tables.Rows.Count) == whole.Tables.Rows.Count, "rows of tables were lost or doubled");
    }

    /// <summary>After code: every layer and the heads have theirs, methods have names of their own, and steps read rows that there are.</summary>
    public static void Coded(CodedProgram program)
    {
        Hold("code", program.Code.Count == program.Layers.Count + (program.Heads.Count > 0 ? 1 : 0), "a layer or the heads have no code");
        string[] names = [.. program.Code.SelectMany(code => code.Methods.Prepend(code.Entry)).Select(method => method.Method.Name)];
        Hold("code", names.Distinct(StringComparer.Ordinal).Count() == names.Length, "two methods have one name");
        foreach (PlacedStep step in program.Layers.SelectMany(layer => layer.Steps))
            Hold("code", step.InTables == step.Table.HasValue && (step.Table is not { } table || table.Channel + step.Block.Channels.Count <= program.Tables.Rows.Count), "a step reads rows behind the tables");
    }

    // Layer, task and number of every channel, as computed: the tasks' order is the schedule's.
    private static IEnumerable<(int Layer, int? Task, int Number)> Numbers(IEnumerable<PartLayer> layers) => layers.SelectMany(layer => Numbers(layer.Layer, layer.Steps));

    private static IEnumerable<(int Layer, int? Task, int Number)> Numbers(Layer layer, IEnumerable<BlockStep> steps) =>
        steps.SelectMany(step => step.Block.Channels.Select(channel => (layer.Index, step.Task, channel.Number)));

    private static IEnumerable<(int Layer, int? Task, int Number)> Expected(Layer layer) => layer.Blocks.SelectMany(each => each.Block.Channels.Select(channel => (layer.Index, each.Task, channel.Number)));

    private static void Hold(string pass, bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"after pass '{pass}': {what}");
    }
}
