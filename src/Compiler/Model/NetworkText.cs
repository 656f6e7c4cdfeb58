using System;
using System.Linq;
using System.Text;

namespace AdapterCompiler.Model;

/// <summary>A stable dump of a network for snapshots and <c>adapterc inspect --stage network</c>.</summary>
public static class NetworkText
{
    /// <summary>Shapes, widths and biases; weights as their count and sum of magnitudes.</summary>
    public static string ToText(this Network network)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"network {network.Name}  input {network.Input.Frames} x {network.Input.Bands}, {network.Input.Bits} bit\n"));
        foreach (string line in IdleText.Lines(network))
            text.Append(line).Append('\n');
        foreach (Layer layer in network.Layers)
        {
            text.Append(FormattableString.Invariant($"layer {layer.Index}  {layer.Operator.Name}  {layer.InputRows} x {layer.InputColumns} -> {layer.OutputRows} x {layer.OutputColumns}\n"));
            AppendBlock(text, "shared", layer.Shared);
            for (int k = 0; k < network.Tasks.Count; k++)
                AppendBlock(text, network.Tasks[k].Name, layer.Adapters[k]);
        }

        foreach (NetworkTask task in network.Tasks)
        {
            text.Append(FormattableString.Invariant($"head {task.Name}  inputs {task.SharedInputs} + {task.OwnInputs}\n"));
            for (int c = 0; c < task.Classes.Count; c++)
                text.Append(FormattableString.Invariant($"    class {c + 1}  bias {task.Classes[c].Bias}  {Summary(task.Classes[c].Weights)}  {task.Labels[c]}\n"));
        }

        return text.ToString();
    }

    private static void AppendBlock(StringBuilder text, string owner, Block block)
    {
        text.Append(FormattableString.Invariant($"  {owner}  inputs {block.SharedInputs} + {block.OwnInputs}  channels {block.Channels.Count} of {block.DeclaredChannels}  weights {block.WeightBits} bit  codes 0 to {block.ActivationMax}\n"));
        foreach (Channel channel in block.Channels)
            text.Append(FormattableString.Invariant($"    channel {channel.Number}  bias {channel.Bias}  shift {channel.Shift}  {Summary(channel.Weights)}\n"));
    }

    private static string Summary(ValueArray<sbyte> weights) =>
        FormattableString.Invariant($"weights {weights.Count}  zeros {weights.Count(w => w == 0)}  sum of magnitudes {weights.Sum(w => Math.Abs((int)w))}");
}
