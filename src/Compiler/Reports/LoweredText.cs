using System;
using System.Linq;
using System.Text;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Reports;

/// <summary>A stable dump of a lowered program for snapshots and <c>adapterc inspect --stage lowered</c>.</summary>
public static class LoweredText
{
    /// <summary>Steps with their places, buffers with their lives, bytes.</summary>
    public static string ToText(this LoweredProgram program)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"program {program.Network.Name}  ram {program.RamBytes}  tables {program.Tables.Bytes}\n"));
        if (program.Plan.Reason.Length > 0)
            text.Append("plan  ").Append(program.Plan.Reason).Append('\n');
        if (program.Part.Count > 1)
            text.Append(FormattableString.Invariant($"part {program.Part.Number} of {program.Part.Count}\n"));
        text.Append(FormattableString.Invariant($"arena {program.Arena.Size}  lower bound {program.Arena.LowerBound}\n"));
        foreach (CodeBuffer buffer in program.Arena.Buffers)
            text.Append(FormattableString.Invariant($"  {buffer.Offset} + {buffer.Length}  steps {buffer.Birth} to {buffer.Death}  {buffer.Name}\n"));
        if (program.Lanes.Length > 0)
            text.Append(FormattableString.Invariant($"lanes {program.Lanes.Length} longs  lower bound {program.Lanes.LowerBound}\n"));
        foreach (LoweredLayer layer in program.Layers)
            Append(text, program, layer);
        foreach (HeadStep head in program.Heads)
        {
            text.Append(FormattableString.Invariant($"head if {program.Names[head.Task].Mask}  reads {head.SharedOffset}, {head.OwnOffset}  {program.Plan.Heads.ToText(isDense: true)}"))
                .Append(program.Plan.Heads.UsesTables() ? FormattableString.Invariant($"  weights from {head.FirstWeight}  channels from {head.FirstChannel}") : "")
                .Append('\n');
        }

        if (program.Heads.Count > 0)
            Append(text, program.Plan.Heads);
        return text.ToString();
    }

    private static void Append(StringBuilder text, LoweredProgram program, LoweredLayer layer)
    {
        text.Append(FormattableString.Invariant($"layer {layer.Layer.Index}  {layer.Kernel.ToText(!layer.Layer.Operator.ReadsImage)}\n"));
        Append(text, layer.Kernel);
        if (layer.Lanes is { } lanes)
        {
            text.Append(FormattableString.Invariant($"  reads lanes from {lanes.Input.Start}: {Describe(lanes.Input)}\n  writes lanes from {lanes.Output.Start}: {Describe(lanes.Output)}{(lanes.IsOneMethod ? "  over lines that it has read" : "")}\n"));
            foreach (BlockStep step in layer.Steps.Where(step => step.Block.Channels.Count > 0))
            {
                LaneSlice slice = layer.Slice(step);
                string guard = slice.Block.Task < 0 ? "always" : "if " + program.Names[slice.Block.Task].Mask;
                ChannelProof[] proofs = [.. slice.Block.Proofs.Skip(slice.First).Take(slice.Count)];
                text.Append(FormattableString.Invariant($"  {guard}  channels from {slice.FirstOutput}: {slice.Count}  in digits {proofs.Count(proof => proof.Digits > 0)}  ReLU first {proofs.Count(proof => proof.Rule == MaximumRule.ReluFirst)}  clamped {proofs.Count(proof => proof.Clamps)}"));
                text.Append(step.InTables ? FormattableString.Invariant($"  weights from {step.FirstWeight}  channels from {step.FirstChannel}\n") : "\n");
            }

            return;
        }

        foreach (BlockStep step in layer.Steps)
        {
            string guard = step.Task < 0 ? "always" : "if " + program.Names[step.Task].Mask;
            string source = step.SharedOffset < 0 ? "codes" : FormattableString.Invariant($"{step.SharedOffset}");
            text.Append(FormattableString.Invariant($"  {guard}  reads {source}, {step.OwnOffset}  writes {step.OutputOffset}"))
                .Append(layer.Kernel.UsesTables() ? FormattableString.Invariant($"  weights from {step.FirstWeight}  channels from {step.FirstChannel}") : "")
                .Append('\n');
        }
    }

    private static void Append(StringBuilder text, LayerKernel kernel)
    {
        if (kernel.Reason.Length > 0)
            text.Append("  because ").Append(kernel.Reason).Append('\n');
    }

    private static string Describe(LaneImage image) => FormattableString.Invariant($"{image.Lines} lines x {image.Places} places{(image.HasHalo ? " and halo" : "")} x {image.Channels} channels");
}
