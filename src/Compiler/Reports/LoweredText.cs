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
    public static string ToText(this CodedProgram program)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"program {program.Network.Name}  ram {program.RamBytes}  tables {program.Tables.Bytes}\n"));
        if (program.Plan.Reason.Length > 0)
            text.Append("plan  ").Append(program.Plan.Reason).Append('\n');
        if (program.Part.Count > 1)
            text.Append(FormattableString.Invariant($"part {program.Part.Number} of {program.Part.Count}\n"));
        text.Append(FormattableString.Invariant($"arena {program.Arena.Size}  lower bound {program.Arena.LowerBound}\n"));
        foreach (PlacedBuffer buffer in program.Arena.Buffers)
            text.Append(FormattableString.Invariant($"  {buffer.Offset} + {buffer.Length}  steps {buffer.Birth} to {buffer.Death}  {buffer.Name}\n"));
        if (program.Lanes.Length > 0)
            text.Append(FormattableString.Invariant($"lanes {program.Lanes.Length} longs  lower bound {program.Lanes.LowerBound}\n"));
        foreach (PartLayer layer in program.Layers)
            Append(text, program, layer);
        foreach (PlacedHead head in program.Heads)
        {
            text.Append(FormattableString.Invariant($"head if {program.Names[head.Task].Mask}  reads {Places(head.SharedOffset, head.OwnOffset)}  {program.Plan.Heads.ToText(isDense: true)}"))
                .Append(head.Table is { } rows ? Describe(rows) : "")
                .Append('\n');
        }

        if (program.Heads.Count > 0)
            Append(text, program.Plan.Heads);
        return text.ToString();
    }

    private static void Append(StringBuilder text, CodedProgram program, PartLayer layer)
    {
        text.Append(FormattableString.Invariant($"layer {layer.Layer.Index}  {layer.Kernel.ToText(!layer.Layer.Operator.ReadsImage)}\n"));
        Append(text, layer.Kernel);
        if (layer.Lanes is { } lanes)
        {
            text.Append(FormattableString.Invariant($"  reads lanes from {lanes.InputStart}: {Describe(lanes.Input)}\n  writes lanes from {lanes.OutputStart}: {Describe(lanes.Output)}{(lanes.IsOneMethod ? "  over lines that it has read" : "")}\n"));
            foreach (PlacedStep step in layer.Steps.Where(step => step.Block.Channels.Count > 0))
            {
                ChannelSpan span = layer.SpanOf(step);
                string guard = Guard(program, step);
                ChannelProof[] proofs = [.. span.Block.Proofs.Skip(span.First).Take(span.Count)];
                text.Append(FormattableString.Invariant($"  {guard}  channels from {span.FirstOutput}: {span.Count}  in digits {proofs.Count(proof => proof.Digits > 0)}  ReLU first {proofs.Count(proof => proof.Rule == MaximumRule.ReluFirst)}  clamped {proofs.Count(proof => proof.Clamps)}"));
                text.Append(step.Table is { } rows ? Describe(rows) : "").Append('\n');
            }

            return;
        }

        foreach (PlacedStep step in layer.Steps)
        {
            string guard = Guard(program, step);
            string source = layer.Layer.Index == 1 ? "codes" : Places(step.SharedOffset, step.Task is null ? null : step.OwnOffset);
            text.Append(FormattableString.Invariant($"  {guard}  reads {source}  writes {step.OutputOffset}"))
                .Append(step.Table is { } rows ? Describe(rows) : "")
                .Append('\n');
        }
    }

    private static void Append(StringBuilder text, LayerKernel kernel)
    {
        if (kernel.Reason.Length > 0)
            text.Append("  because ").Append(kernel.Reason).Append('\n');
    }

    private static string Guard(CodedProgram program, BlockStep step) => step.Task is { } task ? "if " + program.Names[task].Mask : "always";

    private static string Places(int? shared, int? own) => own is null ? FormattableString.Invariant($"{shared}") : FormattableString.Invariant($"{shared}, {own}");

    private static string Describe(TablePlace rows) => FormattableString.Invariant($"  weights from {rows.Weight}  channels from {rows.Channel}");

    private static string Describe(LaneImage image) => FormattableString.Invariant($"{image.Lines} lines x {image.Places} places{(image.HasHalo ? " and halo" : "")} x {image.Channels} channels");
}
