using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>Constants of a class: bits of the tasks, sizes of a window. They take neither IL nor RAM.</summary>
internal static class ConstantsText
{
    /// <summary>Those of the public face; of a part before the last the bits that its steps ask for.</summary>
    public static void Write(SourceWriter writer, CodedProgram program)
    {
        Network network = program.Network;
        if (!program.Part.IsLast)
        {
            foreach (int task in GuardedTasks(program))
                Constant(writer, null, "private", program.Names[task].Mask, FormattableString.Invariant($"{1 << task}"));
            return;
        }

        for (int k = 0; k < network.Tasks.Count; k++)
            Constant(writer, $"Asks for {network.Tasks[k].Name}, {network.Tasks[k].Classes.Count} classes.", "public", program.Names[k].Mask, FormattableString.Invariant($"{1 << k}"));
        Constant(writer, "Asks for every task.", "public", "AllTasks", string.Join(" | ", program.Names.Select(name => name.Mask)));
        Constant(writer, "Rows of a window: one frame each.", "public", "Frames", FormattableString.Invariant($"{network.Input.Frames}"));
        Constant(writer, "Columns of a window: one mel band each.", "public", "Bands", FormattableString.Invariant($"{network.Input.Bands}"));
        Constant(writer, "Codes of a window.", "public", "InputLength", "Frames * Bands");
    }

    private static void Constant(SourceWriter writer, string? summary, string access, string name, string value)
    {
        if (summary is not null)
            writer.Line("/// <summary>" + summary + "</summary>");
        writer.Line($"{access} const int {name} = {value};");
        writer.Line();
    }

    // Tasks whose bit decides about a step of this part.
    private static IEnumerable<int> GuardedTasks(CodedProgram program) => program.Layers
        .SelectMany(layer => layer.Steps)
        .Select(step => step.Task)
        .OfType<int>()
        .Concat(program.Heads.Select(head => head.Task))
        .Distinct()
        .OrderBy(task => task);
}
