using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Reports;

/// <summary>Compiled parts to a report. Blocks that the cut divided are joined again.</summary>
public static class ReportBuilder
{
    private const string Shared = "shared", Heads = "heads";

    /// <summary>Reports on a model.</summary>
    /// <param name="parts">Every part in order, each without diagnostics; one where the model is not cut.</param>
    /// <param name="options">The options of any of them.</param>
    /// <param name="device">Whose rates and heap are compared with.</param>
    public static Report Build(IReadOnlyList<CompilationResult> parts, CompilationOptions options, DeviceProfile device)
    {
        CodedProgram[] programs = [.. parts.Select(part => part.Program!)];
        ProgramCost[] costs = [.. programs.Select(ProgramCost.Of)];
        Network network = programs[0].Network;
        var rows = new List<ReportRow>();
        foreach (Layer layer in network.Layers)
        {
            rows.Add(Block(programs, costs, layer, null, Shared));
            for (int task = 0; task < network.Tasks.Count; task++)
                rows.Add(Block(programs, costs, layer, task, network.Tasks[task].Name));
        }

        for (int task = 0; task < network.Tasks.Count; task++)
            rows.Add(Head(programs, costs, task));
        // Hearing comes first, and is counted from one decision to the next.
        HearingCost? hearing = parts[parts.Count - 1].Hearing;
        if (hearing is not null)
            rows.Insert(0, new ReportRow("sound", "", 0, 0, 0, hearing.Frames * hearing.WeightedPerFrame, hearing.Budget.IlBytes));
        int apart = hearing is { IsHere: false } ? hearing.Budget.IlBytes : 0;
        rows.Add(new ReportRow(
            "other", "", 0, 0, 0,
            costs.Sum(cost => cost.Entry),
            parts.Sum(part => part.Budget!.IlBytes) + apart - rows.Sum(row => row.IlBytes)));

        IEnumerable<ReportChoice> choices = network.Tasks.Select((task, k) => Choice(costs, task.Name, 1 << k, device));
        if (network.Tasks.Count > 1)
            choices = choices.Append(Choice(costs, "all tasks", ProgramCost.AllTasks, device));
        return new Report(
            options.ClassName, options.SourceName, device, rows.ToValueArray(), choices.ToValueArray(),
            parts.Select(part => Assembly(part.Program!.Part.Class, part.Budget!))
                .Concat(hearing is { IsHere: false } ? [Assembly(hearing.ClassName, hearing.Budget)] : []).ToValueArray(),
            network.Idle.Select(idle => new ReportIdle(idle.Layer, IdleText.Owner(network, idle.Task), idle.Number, idle.Reason)).ToValueArray())
        {
            Origin = network.Origin,
            Kernels = network.Layers.Select(layer => new ReportKernel(Wording.Number(layer.Index), programs[0].Plan.Of(layer.Index).ToText(!layer.Operator.ReadsImage)))
                .Append(new ReportKernel(Heads, programs[0].Plan.Heads.ToText(isDense: true))).ToValueArray(),
            Confusions = network.Tasks.Where(task => task.Accuracy is { Confusion.Count: > 0 })
                .Select(task => new ReportConfusion(task.Name, task.Labels, task.Accuracy!.Confusion)).ToValueArray(),
            Detections = network.Tasks.Where(task => task.Detection is not null).Select(task => new ReportDetection(task.Name, task.Labels, task.Detection!)).ToValueArray(),
            Plan = new ReportPlan(programs[0].Plan.Reason, options.Optimize, parts.Count, IsBuilt: true) { ProgramRoom = options.ProgramRoomBytes },
        };
    }

    private static ReportAssembly Assembly(string className, AssemblyBudget budget) => new(className, budget.DeviceIlBytes, budget.DataBytes, budget.StringBytes, budget.RamBytes);

    private static ReportChoice Choice(ProgramCost[] costs, string name, int tasks, DeviceProfile device)
    {
        long weighted = costs.Sum(cost => cost.Of(tasks));
        return new ReportChoice(name, weighted, PredictedTime.Of(weighted, device));
    }

    private static ReportRow Block(CodedProgram[] programs, ProgramCost[] costs, Layer layer, int? task, string name)
    {
        Block block = layer.BlockOf(task);
        int channels = 0, il = 0;
        long weighted = 0;
        foreach ((CodedProgram program, ProgramCost cost) in programs.Zip(costs, (program, cost) => (program, cost)))
        {
            for (int l = 0; l < program.Layers.Count; l++)
            {
                if (program.Layers[l].Layer.Index != layer.Index)
                    continue;
                channels += program.Layers[l].Steps.Where(step => step.Task == task).Sum(step => step.Block.Channels.Count);
                weighted += cost.Layers[l].OfTask(task);
                il += IlOf(program.Code[l], task);
            }
        }

        return new ReportRow(
            layer.Index.ToString(CultureInfo.InvariantCulture), name, channels, block.DeclaredChannels,
            layer.Runs * layer.Operator.MultiplyAccumulates(layer.Input, (long)channels * (block.SharedInputs + block.OwnInputs)), weighted, il);
    }

    private static ReportRow Head(CodedProgram[] programs, ProgramCost[] costs, int task)
    {
        NetworkTask described = programs[0].Network.Tasks[task];
        int classes = 0, il = 0;
        long weighted = 0;
        foreach ((CodedProgram program, ProgramCost cost) in programs.Zip(costs, (program, cost) => (program, cost)))
        {
            if (program.Heads.Count == 0)
                continue;
            // What the heads share, their method's call, counts with the first.
            int last = program.Layers.Count;
            classes += program.Heads.Where(head => head.Task == task).Sum(head => head.Classes);
            weighted += cost.Layers[last].OfTask(task) + (task == 0 ? cost.Layers[last].OfTask(null) : 0);
            il += IlOf(program.Code[last], task) + (task == 0 ? IlOf(program.Code[last], null) : 0);
        }

        return new ReportRow(Heads, described.Name, classes, described.Classes.Count, (long)classes * (described.SharedInputs + described.OwnInputs), weighted, il);
    }

    private static int IlOf(LayerCode code, int? task) => (int)code.Bytes.Where(bytes => LayerCost.OwnerOf(bytes.Asked) == task).Sum(bytes => bytes.Weighted);
}
