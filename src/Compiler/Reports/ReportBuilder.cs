using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Reports;

/// <summary>Compiled parts to a report. Blocks that the cut divided are joined again.</summary>
public static class ReportBuilder
{
    private const string Shared = "shared";

    /// <summary>Reports on a model.</summary>
    /// <param name="parts">Every part in order, each without diagnostics; one where the model is not cut.</param>
    /// <param name="options">The options of any of them.</param>
    /// <param name="device">Whose rates and heap are compared with.</param>
    public static Report Build(IReadOnlyList<CompilationResult> parts, CompilationOptions options, DeviceProfile device)
    {
        LoweredProgram[] programs = [.. parts.Select(part => part.Program!)];
        ProgramCost[] costs = [.. programs.Select(ProgramCost.Of)];
        Network network = programs[0].Network;
        var rows = new List<ReportRow>();
        foreach (Layer layer in network.Layers)
        {
            rows.Add(Block(programs, costs, layer, -1, Shared));
            for (int task = 0; task < network.Tasks.Count; task++)
                rows.Add(Block(programs, costs, layer, task, network.Tasks[task].Name));
        }

        for (int task = 0; task < network.Tasks.Count; task++)
            rows.Add(Head(programs, costs, task));
        rows.Add(new ReportRow(
            "other", "", 0, 0, 0,
            costs.Sum(cost => cost.Entry + cost.Layers.Sum(layer => layer.Call) + (cost.Heads?.Call ?? 0)),
            parts.Sum(part => part.Budget!.IlBytes) - rows.Sum(row => row.IlBytes)));

        IEnumerable<ReportChoice> choices = network.Tasks.Select((task, k) => Choice(costs, task.Name, 1 << k, device));
        if (network.Tasks.Count > 1)
            choices = choices.Append(Choice(costs, "all tasks", ProgramCost.AllTasks, device));
        return new Report(
            options.ClassName, options.SourceName, device, rows.ToValueArray(), choices.ToValueArray(),
            parts.Select(part => new ReportAssembly(
                part.Program!.Part.ClassName(options.ClassName), part.Budget!.DeviceIlBytes, part.Budget.DataBytes, part.Budget.StringBytes, part.Budget.RamBytes)).ToValueArray());
    }

    private static ReportChoice Choice(ProgramCost[] costs, string name, int tasks, DeviceProfile device)
    {
        long weighted = costs.Sum(cost => cost.Of(tasks));
        return new ReportChoice(name, weighted, PredictedTime.Of(weighted, device));
    }

    private static ReportRow Block(LoweredProgram[] programs, ProgramCost[] costs, Layer layer, int task, string name)
    {
        Block block = task < 0 ? layer.Shared : layer.Adapters[task];
        int channels = 0, il = 0;
        long weighted = 0;
        foreach ((LoweredProgram program, ProgramCost cost) in programs.Zip(costs, (program, cost) => (program, cost)))
        {
            foreach ((LoweredLayer lowered, GroupCost group) in program.Layers.Zip(cost.Layers, (lowered, group) => (lowered, group)))
            {
                for (int step = 0; step < lowered.Steps.Count; step++)
                {
                    if (lowered.Layer.Index != layer.Index || lowered.Steps[step].Task != task)
                        continue;
                    channels += lowered.Steps[step].Block.Channels.Count;
                    weighted += group.Steps[step].Of(ProgramCost.AllTasks);
                    il += LayerIl(program, lowered, step + 1) - LayerIl(program, lowered, step);
                }
            }
        }

        long positions = layer.Kind == LayerKind.Dense ? 1 : (long)layer.InputRows * layer.InputColumns * 9;
        return new ReportRow(
            layer.Index.ToString(CultureInfo.InvariantCulture), name, channels, block.DeclaredChannels,
            positions * channels * (block.SharedInputs + block.OwnInputs), weighted, il);
    }

    private static ReportRow Head(LoweredProgram[] programs, ProgramCost[] costs, int task)
    {
        NetworkTask described = programs[0].Network.Tasks[task];
        int classes = 0, il = 0;
        long weighted = 0;
        foreach ((LoweredProgram program, ProgramCost cost) in programs.Zip(costs, (program, cost) => (program, cost)))
        {
            for (int step = 0; step < program.Heads.Count; step++)
            {
                if (program.Heads[step].Task != task)
                    continue;
                classes += program.Heads[step].Classes;
                weighted += cost.Heads!.Steps[step].Of(ProgramCost.AllTasks);
                il += HeadIl(program, step + 1) - HeadIl(program, step);
            }
        }

        return new ReportRow("heads", described.Name, classes, described.Classes.Count, (long)classes * (described.SharedInputs + described.OwnInputs), weighted, il);
    }

    // IL of a layer's method if it had its first steps only: a step's IL is the difference to one step fewer.
    private static int LayerIl(LoweredProgram program, LoweredLayer lowered, int steps)
    {
        LoweredLayer first = lowered with { Steps = lowered.Steps.Take(steps).ToValueArray() };
        return LayerCosts.Of(program with { Layers = ValueArray.Of(first), Heads = ValueArray<HeadStep>.Empty }).Sum(method => method.IlBytes);
    }

    private static int HeadIl(LoweredProgram program, int steps) => steps == 0
        ? 1
        : LayerCosts.Of(program with { Layers = ValueArray<LoweredLayer>.Empty, Heads = program.Heads.Take(steps).ToValueArray() }).Sum(method => method.IlBytes);
}
