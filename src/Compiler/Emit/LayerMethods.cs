using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Lowering;
using AdapterCompiler.Model;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>One method per layer, each a few kernel calls with every place and shape written out.</summary>
internal static class LayerMethods
{
    public static void Write(SourceWriter writer, LoweredProgram program, EmitOptions options)
    {
        foreach (LoweredLayer layer in program.Layers)
        {
            writer.Line();
            WriteLayer(writer, program, layer, StateNames.Arena(program, options));
        }

        if (program.Heads.Count == 0)
            return;
        writer.Line();
        WriteHeads(writer, program, options);
    }

    private static void WriteLayer(SourceWriter writer, LoweredProgram program, LoweredLayer lowered, string arena)
    {
        Layer layer = lowered.Layer;
        writer.Line("// " + Describe(layer));
        bool guarded = lowered.Steps.Any(step => step.Task >= 0);
        string parameters = string.Join(", ", new[] { layer.Index == 1 ? "byte[] codes" : "", guarded ? "int tasks" : "" }.Where(p => p.Length > 0));
        writer.Open($"private static void {Lowerer.LayerMethod(layer.Index)}({parameters})");
        foreach (BlockStep step in lowered.Steps)
        {
            string inputs = step.Task < 0
                ? FormattableString.Invariant($"{step.Block.SharedInputs}")
                : FormattableString.Invariant($"{step.Block.SharedInputs} shared + {step.Block.OwnInputs} own");
            if (step != lowered.Steps[0])
                writer.Line();
            writer.Line(FormattableString.Invariant($"// {(step.Task < 0 ? "shared" : program.Network.Tasks[step.Task].Name)}: {inputs} -> {Channels(step)}, codes 0 to {step.Block.ActivationMax}, {step.Block.WeightBits}-bit weights"));
            if (step.Task >= 0)
                writer.Open($"if ((tasks & {program.Names[step.Task].Mask}) != 0)");
            writer.Line(layer.Kind == LayerKind.Dense ? Connect(step, arena) : Convolve(layer, step, arena));
            if (step.Task >= 0)
                writer.Close();
        }

        writer.Close();
    }

    private static string Describe(Layer layer) => FormattableString.Invariant($"Layer {layer.Index}: ") + layer.Kind switch
    {
        LayerKind.Convolution => FormattableString.Invariant($"{layer.InputRows} x {layer.InputColumns} -> {layer.OutputRows} x {layer.OutputColumns}. 3x3 convolution, 2x2 max-pool, ReLU, shift to codes."),
        LayerKind.GlobalConvolution => FormattableString.Invariant($"{layer.InputRows} x {layer.InputColumns} -> 1 x 1. 3x3 convolution, maximum over all positions, ReLU, shift to codes."),
        _ => "embedding. Fully connected, ReLU, shift to codes.",
    };

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

    private static string Convolve(Layer layer, BlockStep step, string arena)
    {
        bool first = step.SharedOffset < 0;
        int poolRows = layer.InputRows / layer.OutputRows, poolColumns = layer.InputColumns / layer.OutputColumns;
        return FormattableString.Invariant($"""
            Convolve(
                shared: {(first ? "codes" : arena)}, sharedStart: {(first ? 0 : step.SharedOffset)}, sharedChannels: {step.Block.SharedInputs}, own: {arena}, ownStart: {step.OwnOffset}, ownChannels: {step.Block.OwnInputs},
                rows: {layer.InputRows}, columns: {layer.InputColumns}, poolRows: {poolRows}, poolColumns: {poolColumns},
                weights: Weights, weight: {step.FirstWeight}, biases: Biases, shifts: Shifts, channel: {step.FirstChannel}, channels: {step.Block.Channels.Count}, max: {step.Block.ActivationMax},
                output: {arena}, next: {step.OutputOffset});
            """);
    }

    private static string Connect(BlockStep step, string arena) => FormattableString.Invariant($"""
        Connect(
            codes: {arena}, sharedStart: {step.SharedOffset}, sharedChannels: {step.Block.SharedInputs}, ownStart: {step.OwnOffset}, ownChannels: {step.Block.OwnInputs},
            weights: Weights, weight: {step.FirstWeight}, biases: Biases, shifts: Shifts, channel: {step.FirstChannel}, channels: {step.Block.Channels.Count}, max: {step.Block.ActivationMax}, next: {step.OutputOffset});
        """);

    private static void WriteHeads(SourceWriter writer, LoweredProgram program, EmitOptions options)
    {
        string arena = StateNames.Arena(program, options);
        writer.Line("// Heads: raw logits over the shared and the task's own embedding.");
        writer.Open("private static void Heads(int tasks)");
        foreach (HeadStep head in program.Heads)
        {
            NetworkTask task = program.Network.Tasks[head.Task];
            TaskNames names = program.Names[head.Task];
            if (head != program.Heads[0])
                writer.Line();
            writer.Line(FormattableString.Invariant($"// {task.Name}: {task.SharedInputs} shared + {task.OwnInputs} own -> {Classes(head, task)}"));
            writer.Open($"if ((tasks & {names.Mask}) != 0)");
            writer.Line(FormattableString.Invariant($"""
                Classify(
                    codes: {arena}, sharedStart: {head.SharedOffset}, sharedChannels: {task.SharedInputs}, ownStart: {head.OwnOffset}, ownChannels: {task.OwnInputs},
                    weights: Weights, weight: {head.FirstWeight}, biases: Biases, channel: {head.FirstChannel}, classes: {head.Classes}, logits: {StateNames.Logits(program, options, head.Task)}, next: {head.FirstClass});
                """));
            writer.Close();
        }

        writer.Close();
    }
}
