using System;
using System.Text;

namespace AdapterCompiler.Lowering;

/// <summary>A stable dump of a lowered program for snapshots and <c>adapterc inspect --stage lowered</c>.</summary>
public static class LoweredText
{
    /// <summary>Steps with their places, buffers with their lives, bytes.</summary>
    public static string ToText(this LoweredProgram program)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"program {program.Network.Name}  ram {program.RamBytes}  tables {program.Tables.Bytes}\n"));
        if (program.Part.Count > 1)
            text.Append(FormattableString.Invariant($"part {program.Part.Number} of {program.Part.Count}\n"));
        text.Append(FormattableString.Invariant($"arena {program.Arena.Size}  lower bound {program.Arena.LowerBound}\n"));
        foreach (Buffer buffer in program.Arena.Buffers)
            text.Append(FormattableString.Invariant($"  {buffer.Offset} + {buffer.Length}  steps {buffer.Birth} to {buffer.Death}  {buffer.Name}\n"));
        foreach (LoweredLayer layer in program.Layers)
        {
            text.Append(FormattableString.Invariant($"layer {layer.Layer.Index}\n"));
            foreach (BlockStep step in layer.Steps)
            {
                string guard = step.Task < 0 ? "always" : "if " + program.Names[step.Task].Mask;
                string source = step.SharedOffset < 0 ? "codes" : FormattableString.Invariant($"{step.SharedOffset}");
                text.Append(FormattableString.Invariant($"  {guard}  reads {source}, {step.OwnOffset}  writes {step.OutputOffset}  weights from {step.FirstWeight}  channels from {step.FirstChannel}\n"));
            }
        }

        foreach (HeadStep head in program.Heads)
            text.Append(FormattableString.Invariant($"head if {program.Names[head.Task].Mask}  reads {head.SharedOffset}, {head.OwnOffset}  weights from {head.FirstWeight}  channels from {head.FirstChannel}\n"));
        return text.ToString();
    }
}
