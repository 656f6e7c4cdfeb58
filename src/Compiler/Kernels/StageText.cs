using System;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels;

/// <summary>What stands above the code of a layer, for the reviewer.</summary>
internal static class StageText
{
    public static string Describe(LoweredLayer lowered) => lowered.Lanes is null
        ? Describe(lowered.Layer)
        : FormattableString.Invariant($"{Describe(lowered.Layer)} {lowered.Kernel.ToText(isDense: false)}.");

    private static string Describe(Layer layer) => FormattableString.Invariant($"Layer {layer.Index}: {layer.Operator.Describe(layer.Input)}, ReLU, shift to codes.");

    public static string Describe(LoweredProgram program, BlockStep step)
    {
        string inputs = step.Task < 0
            ? FormattableString.Invariant($"{step.Block.SharedInputs}")
            : FormattableString.Invariant($"{step.Block.SharedInputs} shared + {step.Block.OwnInputs} own");
        return FormattableString.Invariant($"{(step.Task < 0 ? "shared" : program.Network.Tasks[step.Task].Name)}: {inputs} -> {Channels(step)}, codes 0 to {step.Block.ActivationMax}, {step.Block.WeightBits}-bit weights");
    }

    public static string Describe(LoweredProgram program, HeadStep head)
    {
        NetworkTask task = program.Network.Tasks[head.Task];
        return FormattableString.Invariant($"{task.Name}: {task.SharedInputs} shared + {task.OwnInputs} own -> {Classes(head, task)}");
    }

    // "4 channels"; "channels 5 to 8" where another part computes the others. Numbers are the model file's.
    private static string Channels(BlockStep step)
    {
        ValueArray<Channel> channels = step.Block.Channels;
        return step.IsWhole
            ? Wording.Count(channels.Count, "channel")
            : FormattableString.Invariant($"channels {channels[0].Number} to {channels[channels.Count - 1].Number}");
    }

    private static string Classes(HeadStep head, NetworkTask task) => head.Classes == task.Classes.Count
        ? FormattableString.Invariant($"{head.Classes} classes")
        : FormattableString.Invariant($"classes {head.FirstClass} to {head.FirstClass + head.Classes - 1}");
}
