using System;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels;

/// <summary>What stands above the code of a layer, for the reviewer.</summary>
internal static class LayerText
{
    public static string Describe(Network network, BlockStep step)
    {
        string inputs = step.Task is null
            ? FormattableString.Invariant($"{step.Block.SharedInputs}")
            : FormattableString.Invariant($"{step.Block.SharedInputs} shared + {step.Block.OwnInputs} own");
        return FormattableString.Invariant($"{IdleText.Owner(network, step.Task)}: {inputs} -> {Channels(step)}, codes 0 to {step.Block.ActivationMax}, {step.Block.WeightBits}-bit weights");
    }

    public static string Describe(Network network, HeadStep head)
    {
        NetworkTask task = network.Tasks[head.Task];
        return FormattableString.Invariant($"{task.Name}: {task.SharedInputs} shared + {task.OwnInputs} own -> {Classes(head, task)}");
    }

    // "4 channels"; "channels 5 to 8" where another part computes the others. Numbers are the model file's.
    private static string Channels(BlockStep step)
    {
        ValueArray<Channel> channels = step.Block.Channels;
        return step.IsWhole
            ? Wording.Count(channels.Count, "channel")
            : (channels.Count == 1 ? "channel " : "channels ") + Wording.Range(channels[0].Number, channels[channels.Count - 1].Number);
    }

    private static string Classes(HeadStep head, NetworkTask task) => head.Classes == task.Classes.Count
        ? FormattableString.Invariant($"{head.Classes} classes")
        : (head.Classes == 1 ? "class " : "classes ") + Wording.Range(head.FirstClass, head.FirstClass + head.Classes - 1);
}
