using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>The members of a part that the last part calls: public, for it is another assembly, but not meant for firmware.</summary>
internal static class PartFace
{
    public static void Write(SourceWriter writer, LoweredProgram program, EmitOptions options)
    {
        foreach (int task in GuardedTasks(program))
        {
            writer.Line(FormattableString.Invariant($"private const int {program.Names[task].Mask} = {1 << task};"));
            writer.Line();
        }

        writer.Line(FormattableString.Invariant($"/// <summary>Runs this part's steps. For {options.ClassName} only, which runs the parts in order and has checked the arguments.</summary>"));
        writer.Line("/// <param name=\"codes\">One window.</param>");
        writer.Line("/// <param name=\"tasks\">Tasks combined with |.</param>");
        writer.Open("public static void Run(byte[] codes, int tasks)");
        PublicFace.WriteSteps(writer, program);
        writer.Close();
    }

    /// <summary>Tasks whose bit decides about a step of this part.</summary>
    private static IEnumerable<int> GuardedTasks(LoweredProgram program) => program.Layers
        .SelectMany(layer => layer.Steps)
        .Select(step => step.Task)
        .Where(task => task >= 0)
        .Concat(program.Heads.Select(head => head.Task))
        .Distinct()
        .OrderBy(task => task);
}
