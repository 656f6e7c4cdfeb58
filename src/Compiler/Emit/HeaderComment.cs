using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>The table on top of the generated file: what a retrained model costs, before anyone reads further.</summary>
internal static class HeaderComment
{
    public static IEnumerable<string> Lines(CodedProgram program, AssemblyBudget budget, EmitOptions options)
    {
        Network network = program.Network;
        PartIdentity part = program.Part;
        var cost = ProgramCost.Of(program);
        string which = part.Count == 1 ? "" : FormattableString.Invariant($", part {part.Number} of {part.Count}");
        yield return $"// {part.Class} from {options.SourceName}{which}: {string.Join(", ", network.Tasks.Select(Describe))}.";
        yield return "//";
        foreach (string line in TextTable.Align([.. Rows(program, budget, cost)]))
            yield return "//   " + line;
        foreach (string line in IdleText.Lines(network))
            yield return "// " + line;
        yield return "//";
        if (part.Count > 1)
            yield return "// The table counts what this part computes.";
        yield return $"// IL {TextTable.Number(budget.IlBytes)} bytes, converted for the device {TextTable.Number(budget.DeviceIlBytes)}; one assembly holds {TextTable.Number(AssemblyLimits.IlBytes)}.";
        string activations = part.IsFirst
            ? $"activations {TextTable.Number(program.ArenaBytes)} (lower bound {TextTable.Number(program.ArenaLowerBound)}), "
            : "";
        string multiples = program.Multiples == 0 ? "" : $"multiples {TextTable.Number(program.Multiples * sizeof(int))}, ";
        yield return $"// RAM {TextTable.Number(budget.RamBytes)} bytes, all allocated once: {activations}tables {TextTable.Number(program.Tables.Bytes)}, {multiples}logits and labels {TextTable.Number(budget.RamBytes - program.Tables.Bytes - (program.Multiples * sizeof(int)) - (part.IsFirst ? program.ArenaBytes : 0))}.";
        string subject = network.Streaming is { } streaming
            ? FormattableString.Invariant($"A decision on {streaming.Frames} frames is due every {streaming.Hop}, {streaming.Latency} after the last that it hears. With the frames since the one before it takes")
            : part.Count == 1 ? "A window takes" : "This part of a window takes";
        string time = PredictedTime.Of(cost.Of(), DeviceProfiles.Find(options.Device)) is { } predicted
            ? $", about {predicted.ToText()} on {options.Device} ({predicted.Kind}; docs/calibration.md)"
            : "";
        yield return $"// {subject} {CostText.Weighted(cost.Of())} weighted instructions{time}.";
        // On a stream rows are computed for all of them.
        if (network.Tasks.Count > 1 && network.Streaming is null)
            yield return $"// Asking for one task runs less: {string.Join(", ", network.Tasks.Select((task, k) => $"{task.Name} alone {CostText.Weighted(cost.Of(1 << k))}"))}.";
        if (part.IsLast)
            yield return $"// One unit of a logit in the trained network's terms: {string.Join(", ", network.Tasks.Select(task => $"{task.Name} {task.LogitScale}"))}.";
        foreach (string line in network.Origin?.Lines ?? [])
            yield return "// " + line;
    }

    private static string Describe(NetworkTask task) => task.Accuracy is { Slices: > 0 } accuracy
        ? $"{task.Name} ({task.Classes.Count} classes, accuracy {TextTable.Ratio(accuracy.QuantisedCorrect, accuracy.Slices)} on {TextTable.Number(accuracy.Slices)} test slices)"
        : $"{task.Name} ({task.Classes.Count} classes)";

    private static IEnumerable<IReadOnlyList<string>> Rows(CodedProgram program, AssemblyBudget budget, ProgramCost cost)
    {
        Network network = program.Network;
        IEnumerable<string> taskNames = network.Tasks.Select(task => task.Name);
        string[] noTasks = [.. network.Tasks.Select(_ => "")];
        yield return ["layer", "input", "shared", .. taskNames, "kernel", "weights", "zeros", "IL bytes", "multiply-accumulates", "weighted instructions"];

        long total = 0;
        int callsIl = 0;
        for (int i = 0; i < program.Layers.Count; i++)
        {
            PartLayer lowered = program.Layers[i];
            Layer layer = lowered.Layer;
            long macs = layer.Runs * lowered.Steps.Sum(step => Macs(layer, step.Block));
            total += macs;
            callsIl += program.Code[i].IlBytes;
            yield return
            [
                FormattableString.Invariant($"{layer.Index}"),
                FormattableString.Invariant($"{layer.InputRows} x {layer.InputColumns} x {InputChannels(network, layer.Index)}"),
                Shared(layer, lowered),
                .. layer.Adapters.Select((block, task) => FormattableString.Invariant($"{Computed(lowered, task)} of {block.DeclaredChannels}")),
                lowered.Kernel.ToText(!layer.Operator.ReadsImage),
                WeightBits(lowered),
                Zeros(lowered.Steps.SelectMany(step => step.Block.Channels).Select(channel => channel.Weights)),
                TextTable.Number(program.Code[i].IlBytes),
                TextTable.Number(macs),
                CostText.Weighted(cost.Layers[i].Of(ProgramCost.AllTasks)),
            ];
        }

        if (program.Heads.Count > 0)
        {
            LayerCode code = program.Code[program.Layers.Count];
            ValueArray<sbyte>[] heads = [.. program.Heads.SelectMany(head => network.Tasks[head.Task].Classes.Skip(head.FirstClass).Take(head.Classes)).Select(c => c.Weights)];
            long macs = heads.Sum(weights => (long)weights.Count);
            total += macs;
            callsIl += code.IlBytes;
            yield return
            [
                "heads",
                FormattableString.Invariant($"1 x 1 x {InputChannels(network, network.Layers.Count + 1)}"),
                "",
                .. network.Tasks.Select((_, task) => FormattableString.Invariant($"{program.Heads.Where(head => head.Task == task).Sum(head => head.Classes)}")),
                program.Plan.Heads.ToText(isDense: true), "", Zeros(heads), TextTable.Number(code.IlBytes), TextTable.Number(macs),
                CostText.Weighted(cost.Layers[program.Layers.Count].Of(ProgramCost.AllTasks)),
            ];
        }

        yield return ["other", "", "", .. noTasks, "loops, members", "", "", TextTable.Number(budget.IlBytes - callsIl), "", CostText.Weighted(cost.Entry)];
        yield return
        [
            "total", "", "", .. noTasks, "", "",
            Zeros(program.Layers.SelectMany(layer => layer.Steps).SelectMany(step => step.Block.Channels).Select(channel => channel.Weights)
                .Concat(program.Heads.SelectMany(head => network.Tasks[head.Task].Classes.Skip(head.FirstClass).Take(head.Classes)).Select(c => c.Weights))),
            TextTable.Number(budget.IlBytes),
            TextTable.Number(total),
            CostText.Weighted(cost.Of()),
        ];
    }

    private static int InputChannels(Network network, int layer) => layer == 1 ? 1 : network.Layers[layer - 2].Shared.Channels.Count;

    // Parts may divide a block, or leave it to another part; channels that do no work are gone.
    private static string Shared(Layer layer, PartLayer lowered)
    {
        int computed = Computed(lowered, null), all = layer.Shared.DeclaredChannels;
        return computed == all ? FormattableString.Invariant($"{all}") : FormattableString.Invariant($"{computed} of {all}");
    }

    private static int Computed(PartLayer lowered, int? task) =>
        lowered.Steps.Where(step => step.Task == task).Sum(step => step.Block.Channels.Count);

    private static long Macs(Layer layer, Block block) =>
        layer.Operator.MultiplyAccumulates(layer.Input, (long)block.Channels.Count * (block.SharedInputs + block.OwnInputs));

    private static string WeightBits(PartLayer layer)
    {
        int[] bits = layer.Steps.Select(step => step.Block.WeightBits).Distinct().OrderBy(b => b).ToArray();
        return string.Join("/", bits.Select(b => FormattableString.Invariant($"{b}"))) + " bit";
    }

    private static string Zeros(IEnumerable<ValueArray<sbyte>> weights)
    {
        int zeros = 0, count = 0;
        foreach (ValueArray<sbyte> row in weights)
        {
            zeros += row.Count(weight => weight == 0);
            count += row.Count;
        }

        return count == 0 ? "" : FormattableString.Invariant($"{((200L * zeros) + count) / (2L * count)} %");
    }
}
