using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Lowering;
using AdapterCompiler.Model;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>The table on top of the generated file: what a retrained model costs, before anyone reads further.</summary>
internal static class HeaderComment
{
    public static IEnumerable<string> Lines(LoweredProgram program, EmitOptions options)
    {
        Network network = program.Network;
        yield return $"// {options.ClassName} from {options.SourceName}: {string.Join(", ", network.Tasks.Select(Describe))}.";
        yield return "//";
        foreach (string line in TextTable.Align([.. Rows(program)]))
            yield return "//   " + line;
        yield return "//";
        yield return $"// RAM {TextTable.Number(program.RamBytes)} bytes, all allocated once: activations {TextTable.Number(program.Arena.Size)} "
            + $"(lower bound {TextTable.Number(program.Arena.LowerBound)}), tables {TextTable.Number(program.Tables.Bytes)}, logits the rest.";
    }

    private static string Describe(NetworkTask task) => task.Accuracy is { Slices: > 0 } accuracy
        ? $"{task.Name} ({task.Classes.Count} classes, accuracy {TextTable.Ratio(accuracy.QuantisedCorrect, accuracy.Slices)} on {TextTable.Number(accuracy.Slices)} test slices)"
        : $"{task.Name} ({task.Classes.Count} classes)";

    private static IEnumerable<IReadOnlyList<string>> Rows(LoweredProgram program)
    {
        Network network = program.Network;
        IEnumerable<string> taskNames = network.Tasks.Select(task => task.Name);
        yield return ["layer", "input", "shared", .. taskNames, "kernel", "weights", "zeros", "multiply-accumulates"];

        int inputs = 1;
        long total = 0;
        foreach (LoweredLayer lowered in program.Layers)
        {
            Layer layer = lowered.Layer;
            long macs = lowered.Steps.Sum(step => Macs(layer, step.Block));
            total += macs;
            ValueArray<sbyte>[] weights = lowered.Steps.SelectMany(step => step.Block.Channels).Select(channel => channel.Weights).ToArray();
            yield return
            [
                FormattableString.Invariant($"{layer.Index}"),
                FormattableString.Invariant($"{layer.InputRows} x {layer.InputColumns} x {inputs}"),
                FormattableString.Invariant($"{layer.Shared.Channels.Count}"),
                .. layer.Adapters.Select(block => FormattableString.Invariant($"{block.Channels.Count} of {block.DeclaredChannels}")),
                layer.Kind == LayerKind.Dense ? "dense loop" : "convolution loop",
                WeightBits(lowered),
                Zeros(weights),
                TextTable.Number(macs),
            ];
            inputs = layer.Shared.Channels.Count;
        }

        ValueArray<sbyte>[] heads = network.Tasks.SelectMany(task => task.Classes).Select(c => c.Weights).ToArray();
        long headMacs = heads.Sum(weights => (long)weights.Count);
        yield return
        [
            "heads",
            FormattableString.Invariant($"1 x 1 x {inputs}"),
            "",
            .. network.Tasks.Select(task => FormattableString.Invariant($"{task.Classes.Count}")),
            "dense loop", "", Zeros(heads), TextTable.Number(headMacs),
        ];
        yield return
        [
            "total", "", "", .. taskNames.Select(_ => ""), "", "",
            Zeros(program.Tables.Rows.Select(row => row.Weights)),
            TextTable.Number(total + headMacs),
        ];
    }

    private static long Macs(Layer layer, Block block)
    {
        long positions = layer.Kind == LayerKind.Dense ? 1 : (long)layer.InputRows * layer.InputColumns * 9;
        return positions * block.Channels.Count * (block.SharedInputs + block.OwnInputs);
    }

    private static string WeightBits(LoweredLayer layer)
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
